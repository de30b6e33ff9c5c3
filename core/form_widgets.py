"""Widgets of forms that Django does not have."""

import re
from typing import Any

from django import forms

from core.display import reader_locale

# Attributes that only a browser's own field for numbers knows.
_OF_NUMBERS = frozenset({"min", "max", "step"})
_PLAIN = re.compile(r"(?P<whole>-?\d+)(?:\.(?P<places>\d+))?")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3})")
_WITH_COMMA = re.compile(r"-?\d+,\d*")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?")


class ChosenSelect(forms.Select):
    """A list in which something is always chosen, since no option of it is empty.

    Django reads the first option to find that out, which costs a query where options are rows.
    """

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ANN401, ARG002  (Django's own)
        """Say no: a browser cannot find it empty."""
        return False


class DecimalInput(forms.TextInput):
    """A number as the reader writes it: 12.5 or 12,5, and as it was typed when it was refused.

    A browser's own field for numbers takes no comma where the browser speaks another language than
    the page, and shows nothing at all of what it cannot read.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        kept = {name: value for name, value in (attrs or {}).items() if name not in _OF_NUMBERS}
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **kept})

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401  (Django's own)
        """Return what stands in the field."""
        return None if value is None or value == "" else written(value)


def written(value: object) -> str:
    """Return a number as the reader would type it; what is none stays as it was typed."""
    found = _PLAIN.fullmatch(str(value))
    if found is None:
        return str(value)
    whole, places = found["whole"], (found["places"] or "").rstrip("0")
    point = "," if reader_locale().language == "fr" else "."
    return f"{whole}{point}{places:0<2}" if places else whole


def accept_commas() -> None:
    """Let each decimal field of a form read numbers as the reader writes them."""
    as_django_reads = forms.DecimalField.to_python

    def to_python(self: forms.DecimalField, value: Any) -> Any:  # noqa: ANN401  (Django's own)
        return as_django_reads(self, plainly(value) if isinstance(value, str) else value)

    forms.DecimalField.to_python = to_python  # type: ignore[method-assign]  # all forms at once


def plainly(typed: str) -> str:
    """Return a typed number without spaces and with a point; what is unclear stays as it is."""
    number = _SPACES.sub("", typed.strip())
    if reader_locale().language == "fr":
        return number.replace(",", ".") if _WITH_COMMA.fullmatch(number) else number
    return number.replace(",", "") if _THOUSANDS.fullmatch(number) else number
