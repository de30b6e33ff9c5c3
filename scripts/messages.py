"""Look after the translations.

compile   ``locale/*/LC_MESSAGES/*.po`` into the ``.mo`` beside each
merge     ``locale/parts/*.fr.po`` into the French catalogue; texts no longer used are left out
missing   list the texts that the French catalogue lacks; 1 when there are any

Babel does it, so that no gettext tools are needed. A text whose placeholders differ from the
original's is refused, since it would fail in front of a reader.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

LOCALE = CHECKOUT / "locale"
PARTS = LOCALE / "parts"
FRENCH = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
HEADER = """\
# The French texts of Fixpoint; scripts/messages.py merges them.
msgid ""
msgstr ""
"Project-Id-Version: Fixpoint\\n"
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


def main(arguments: list[str]) -> int:
    """Do one of the three; 1 when something is wrong."""
    commands = {"compile": compile_all, "merge": merge, "missing": list_missing}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("usage: messages.py compile | merge | missing", file=sys.stderr)
        return 2
    return commands[arguments[0]]()


def compile_all() -> int:
    """Compile every catalogue."""
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


def merge() -> int:
    """Bring the parts into the catalogue, in a stable order."""
    from scripts.texts import all_texts  # noqa: PLC0415  (needs Django, which compiling does not)

    known = _known()
    merged = Catalog(locale="fr")
    for text in sorted(all_texts()):
        translated = known.get((text.text, text.context))
        if translated is not None:
            merged.add(_id(text.text, text.plural), _set(translated), context=text.context or None)
    written = io.BytesIO()
    write_po(written, merged, omit_header=True, no_location=True, sort_output=True, width=100)
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    FRENCH.write_text(HEADER + written.getvalue().decode(), encoding="utf-8")
    print(f"{len(merged)} texts in {FRENCH.relative_to(CHECKOUT)}")
    return 0


def list_missing() -> int:
    """Name the texts without a translation, and where they stand."""
    missing = missing_texts()
    for line in missing:
        print(line)
    return 1 if missing else 0


def missing_texts() -> list[str]:
    """Return a line for each text that the French catalogue lacks."""
    from scripts.texts import all_texts  # noqa: PLC0415  (needs Django, which compiling does not)

    known = _translations(FRENCH) if FRENCH.exists() else {}
    return [
        f"{places[0].path}:{places[0].line}: {text.text!r}"
        + (f" (as in {text.context})" if text.context else "")
        for text, places in sorted(all_texts().items(), key=lambda item: item[1][0].path)
        if not _is_complete(known.get((text.text, text.context)), has_plural=bool(text.plural))
    ]


# What French sets between a word and a sign, where people type a plain space or quote.
_SIGNS = (
    (re.compile(r" (?=[;!?]|%%|%(?![(]))"), "\u202f"),
    (re.compile(r" (?=[:»])|(?<=«) "), "\u00a0"),
    (re.compile(r"(?<=\w)'(?=\w|%\()"), "’"),
)


def set_in_french(text: str) -> str:
    """Return a text with the spaces that no line breaks at, and with real apostrophes."""
    for sign, kept in _SIGNS:
        text = sign.sub(kept, text)
    return text


Translation = str | tuple[str, ...]


def _set(translated: Translation) -> Translation:
    if isinstance(translated, str):
        return set_in_french(translated)
    return tuple(set_in_french(form) for form in translated)


def _known() -> dict[tuple[str, str], Translation]:
    """Return what is translated, by text and context; parts win over the catalogue."""
    known = _translations(FRENCH) if FRENCH.exists() else {}
    origin: dict[tuple[str, str], tuple[Path, Translation]] = {}
    for path in sorted(PARTS.glob("*.fr.po")):
        for key, translated in _translations(path).items():
            before = origin.setdefault(key, (path, translated))
            if before[1] != translated:
                print(f"{path.name}: {key[0]!r} is {before[1]!r} in {before[0].name}")
            else:
                known[key] = translated
    return known


def _translations(path: Path) -> dict[tuple[str, str], Translation]:
    with path.open("rb") as source:
        catalogue = read_po(source, locale="fr")
    found: dict[tuple[str, str], Translation] = {}
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string
        translated = forms if isinstance(forms, str) else tuple(forms or ())
        if text and not message.fuzzy and _is_complete(translated, has_plural=False):
            found[text, message.context or ""] = translated
    return found


def _is_complete(translated: Translation | None, *, has_plural: bool) -> bool:
    if not translated:
        return False
    forms = (translated,) if isinstance(translated, str) else translated
    return all(forms) and (len(forms) > 1 or not has_plural)


def _id(text: str, plural: str) -> str | tuple[str, str]:
    return (text, plural) if plural else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
