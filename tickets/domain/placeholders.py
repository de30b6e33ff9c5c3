"""Places in a prepared text that are filled in when it is used."""

import re
from collections.abc import Mapping

NAMES = ("contact", "first_name", "client", "ticket", "subject", "technician", "firm")
_PLACE = re.compile(r"\{(?P<name>[A-Za-z_]+)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each known place filled in; what is not known stays as it is written."""
    return _PLACE.sub(lambda found: values.get(found["name"], found[0]), text)


def unknown_places(text: str) -> list[str]:
    """Return the places that nothing fills, in the order in which they stand."""
    named = (found["name"] for found in _PLACE.finditer(text))
    return [name for name in dict.fromkeys(named) if name not in NAMES]
