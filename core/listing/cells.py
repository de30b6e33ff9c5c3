"""How one value of a list is written on the screen and in an export."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.template.context_processors import csrf
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core import display
from core.listing.columns import Column
from core.markup import escaped
from core.templatetags.formats import ago

_WRITERS: dict[str, Callable[[Any], str]] = {
    "number": display.number_text,
    "percent": display.percent_text,
    "minutes": display.minutes_text,
    "day": display.day_text,
    "moment": display.moment_text,
    "ago": ago,
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Pen:
    """Draws the cells of one column; what is the same for all its rows is worked out once."""

    def __init__(self, column: Column[Any], request: HttpRequest) -> None:
        self.column = column
        self._opening = format_html('<td class="{}" data-label="{}">', column.look, column.label)
        self._drawn: dict[Hashable, SafeString] = {}
        if column.cell:
            self._template = get_template(column.cell).template  # type: ignore[attr-defined]  # Django's
            self._context = Context(csrf(request))

    def draw(self, row: object, currency: str, url: str) -> SafeString:
        """Return the cell of a row, with its element."""
        return SafeString(f"{self._opening}{self.shown(row, currency, url)}</td>")  # both are safe

    def shown(self, row: object, currency: str, url: str) -> SafeString:
        """Return the HTML in a cell; one that is a template may hold a form of its own."""
        column = self.column
        if column.alike:
            key = column.alike(row)
            if key not in self._drawn:
                self._drawn[key] = self._by_template(row)
            return self._drawn[key]
        if column.draw:
            return column.draw(row)
        if column.cell:
            return self._by_template(row)
        text = written(column, column.of(row), currency)
        if column.link and url:
            return SafeString(f'<a class="cell-link" href="{escaped(url)}">{escaped(text)}</a>')
        return SafeString(escaped(text))

    def _by_template(self, row: object) -> SafeString:
        with self._context.push(row=row, value=self.column.of(row)):
            return SafeString(self._template.render(self._context))


class Box:
    """Draws the box by which a row is selected."""

    def __init__(self, dom_id: str) -> None:
        self._form, self._select = f"{dom_id}-bulk", gettext("Select")

    def draw(self, row: Any) -> SafeString:  # noqa: ANN401  (a row of any model)
        """Return the cell of a row."""
        return SafeString(
            '<td class="cell-check"><input class="form-check-input" type="checkbox" name="selected"'
            f' value="{escaped(row.pk)}" form="{self._form}"'
            f' aria-label="{escaped(f"{self._select} {row}")}"></td>'
        )


def written(column: Column[Any], value: object, currency: str) -> str:
    """Return a value as the reader expects it, nothing for None."""
    if value is None or value == "":
        return ""
    if column.kind == "money":
        return display.money_text(Decimal(str(value)), currency or "EUR")
    if column.kind == "flag":
        return gettext("yes") if value else ""
    writer = _WRITERS.get(column.kind)
    return writer(value) if writer else str(value)


def exported(value: object) -> Any:  # noqa: ANN401  (what a spreadsheet cell can hold)
    """Return a value for a spreadsheet: numbers and dates as such, texts never as formulas."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | Decimal) or hasattr(value, "isoformat"):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def side_by_side(drawn: Iterable[SafeString]) -> SafeString:
    """Return the cells of a row."""
    return SafeString("".join(drawn))  # each is safe


def joined(texts: list[str]) -> SafeString:
    """Return texts one under the other."""
    return format_html_join(mark_safe("<br>"), "{}", ((text,) for text in texts))
