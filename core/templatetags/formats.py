"""Filters that write amounts, days and durations for the reader; empty values stay empty."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from core import display
from core.markup import escaped
from core.periods import Period

register = template.Library()


def _unless_empty(write: Callable[[Any], str]) -> Callable[[Any], str]:
    def written(value: object) -> str:
        return "" if value is None or value == "" else write(value)

    written.__doc__ = write.__doc__
    return written


_WRITERS: dict[str, Callable[[Any], str]] = {
    "number": display.number_text,
    "percent": display.percent_text,
    "day": display.day_text,
    "long_day": display.long_day_text,
    "month": display.month_text,
    "moment": display.moment_text,
    "clock": display.clock_text,
    "minutes": display.minutes_text,
}
for _name, _write in _WRITERS.items():
    register.filter(_name, _unless_empty(_write))


@register.filter
def iban(number: str) -> str:
    """Write an IBAN in groups of four, as people compare it."""
    return display.grouped_text(number)


@register.simple_tag
def colon() -> str:
    """Write a colon after a word, as the language of the page sets it."""
    return display.colon_text()


@register.filter
def money(amount: Decimal | int | None, currency: str = "EUR") -> str:
    """Write an amount with its currency: {{ invoice.total|money:invoice.currency }}."""
    return "" if amount in (None, "") else display.money_text(Decimal(str(amount)), currency)


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """Write how long ago something was, the exact moment in the tooltip."""
    if moment is None:
        return ""
    return SafeString(
        f'<time datetime="{display.machine_moment(moment)}"'
        f' title="{escaped(display.moment_text(moment))}">'
        f"{escaped(display.ago_text(moment, timezone.now()))}</time>"
    )


@register.simple_tag
def period(first: date | Period | None, last: date | None = None) -> str:
    """Write a period by its first and last day: {% period line.starts_on line.last_day_on %}."""
    if first is None:
        return ""
    if isinstance(first, Period):
        return display.period_text(first)
    return display.days_text(first, last)
