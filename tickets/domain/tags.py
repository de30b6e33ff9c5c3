"""How tags are written."""

from collections.abc import Iterable

MOST_TAGS = 20


def tag_names(typed: Iterable[str]) -> list[str]:
    """Return the tags in what was typed: small letters, single blanks, each once, in order."""
    parts = (part for text in typed for part in text.split(","))
    names = (" ".join(part.lower().split()).removeprefix("#") for part in parts)
    return list(dict.fromkeys(name for name in names if name))
