"""How one value of a list is written on the screen and in an export."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template.context_processors import csrf
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core import display
from core.listing.columns import Column
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


def shown(
    column: Column[Any], row: object, currency: str, url: str, request: HttpRequest
) -> SafeString:
    """Return the HTML of a cell; one that is a template may hold a form of its own."""
    value = column.of(row)
    if column.cell:
        context = {"row": row, "value": value, **csrf(request)}
        return SafeString(get_template(column.cell).render(context))
    text = written(column, value, currency)
    if column.link and url:
        return format_html('<a class="cell-link" href="{}">{}</a>', url, text)
    return format_html("{}", text)


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


def joined(texts: list[str]) -> SafeString:
    """Return texts one under the other."""
    return format_html_join(mark_safe("<br>"), "{}", ((text,) for text in texts))
