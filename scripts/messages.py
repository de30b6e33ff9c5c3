"""Compile the translations: ``locale/*/LC_MESSAGES/*.po`` into the ``.mo`` beside each.

Babel does it, so that no gettext tools are needed. A text whose placeholders differ from the
original's is refused, since it would fail in front of a reader.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def main(arguments: list[str]) -> int:
    """Compile every catalogue; 1 when one has a fault."""
    if arguments != ["compile"]:
        print("usage: messages.py compile", file=sys.stderr)
        return 2
    return max(
        (compile_catalogue(path) for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))), default=0
    )


def compile_catalogue(path: Path) -> int:
    """Write the compiled form; name the texts that cannot be used."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name, domain=path.stem)
    faults = [(text, error) for text, errors in catalogue.check() for error in errors]
    for text, error in faults:
        print(f"{path.relative_to(LOCALE.parent)}:{text.lineno}: {error}", file=sys.stderr)
    if faults:
        return 1
    unfinished = path.with_suffix(".mo.unfinished")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(path.with_suffix(".mo"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
