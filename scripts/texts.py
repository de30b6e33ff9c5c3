"""Find every text that is meant to be translated, in Python code and in templates.

Nothing but Python and Django is needed, so that a machine without gettext finds the same.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
ROOMS = (
    "accounts", "billing", "catalog", "clients", "collecting", "contracts", "core", "dashboards",
    "ledger", "payments", "portal", "psa", "tickets",
)  # fmt: skip
# Which arguments of a call are context, text and plural.
CALLS = {
    "_": (None, 0, None),
    "__": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL_IN_TEMPLATE = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")


@dataclass(frozen=True, order=True)
class Text:
    """A text to translate; texts with the same words in another context are others."""

    text: str
    context: str = ""
    plural: str = ""


@dataclass(frozen=True)
class Place:
    """Where a text stands."""

    path: str
    line: int


def all_texts() -> dict[Text, list[Place]]:
    """Return every text of the project with the places where it stands."""
    found: dict[Text, list[Place]] = {}
    for path in source_files():
        source = path.read_text(encoding="utf-8")
        texts = template_texts(source) if path.suffix in {".html", ".txt"} else code_texts(source)
        for text, line in texts:
            place = Place(str(path.relative_to(CHECKOUT)), line)
            found.setdefault(text, []).append(place)
    return found


def source_files() -> Iterator[Path]:
    """Yield the files that may hold texts."""
    for room in ROOMS:
        for path in sorted((CHECKOUT / room).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path
    for kind in ("*.html", "*.txt"):
        yield from sorted((CHECKOUT / "templates").rglob(kind))


def code_texts(source: str) -> Iterator[tuple[Text, int]]:
    """Yield the texts in Python code, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            text = _text_of(node)
            if text:
                yield text, node.lineno


def template_texts(source: str) -> Iterator[tuple[Text, int]]:
    """Yield the texts in a template, with their lines."""
    code = templatize(source)
    for match in CALL_IN_TEMPLATE.finditer(code):
        call = _whole_call(code[match.start() :])
        try:
            node = ast.parse(call, mode="eval").body
        except SyntaxError:
            continue
        text = _text_of(node) if isinstance(node, ast.Call) else None
        if text:
            yield text, code.count("\n", 0, match.start()) + 1


def _text_of(call: ast.Call) -> Text | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else None
    name = call.func.id if isinstance(call.func, ast.Name) else name
    if name not in CALLS:
        return None
    context, text, plural = (_constant(call, place) for place in CALLS[name])
    return Text(text, context, plural) if text else None


def _constant(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    argument = call.args[place]
    value = argument.value if isinstance(argument, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def _whole_call(code: str) -> str:
    """Return the call that the code begins with, up to the bracket that closes it."""
    depth = 0
    lines = code.splitlines(keepends=True)
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            depth += {"(": 1, ")": -1}.get(token.string, 0)
            if token.string == ")" and depth == 0:
                row, column = token.end
                return "".join(lines[: row - 1]) + lines[row - 1][:column]
    except (tokenize.TokenError, IndentationError):
        pass
    return ""
