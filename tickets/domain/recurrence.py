"""On which days something comes round: RFC 5545 rules of days, and the usual ones in words.

Only whole days: a rule with hours, or one that comes more often than daily, is refused.
"""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from dateutil.rrule import rrule, rrulestr

LONGEST_RULE = 200
LONGEST_WAIT = timedelta(days=12 * 366)
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
PARTS = {
    "FREQ", "INTERVAL", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS",
    "BYYEARDAY", "BYWEEKNO",
}  # fmt: skip
INTERVAL = re.compile(r"[1-9]\d{0,2}")
UNTIL = re.compile(r"\d{8}(T\d{6})?")
LAST_DAYS_OF_MONTHS = 28
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class ImpossibleRule(ValueError):
    """The text is no rule of days, or its days never come."""


class Rhythm(StrEnum):
    """How often, as people say it."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Kind(StrEnum):
    """Which day of a month: the same date, or the same weekday, as the first Monday."""

    DATE = "date"
    WEEKDAY = "weekday"


WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}


def rule_of(rhythm: Rhythm, kind: Kind, first: date) -> str:
    """Return the rule of a rhythm from a first day on.

    What falls on the 29th, 30th or 31st comes on the last day of a shorter month; the weekday that
    is the fifth of its month counts as the last one.
    """
    if rhythm in WEEKS:
        return f"FREQ=WEEKLY;INTERVAL={WEEKS[rhythm]};BYDAY={WEEKDAYS[first.weekday()]}"
    start = f"FREQ=MONTHLY;INTERVAL={MONTHS[rhythm]}"
    if kind == Kind.WEEKDAY:
        nth = (first.day - 1) // 7 + 1
        return f"{start};BYDAY={nth if nth < 5 else -1}{WEEKDAYS[first.weekday()]}"  # noqa: PLR2004 -- weeks of a month
    if first.day <= LAST_DAYS_OF_MONTHS:
        return f"{start};BYMONTHDAY={first.day}"
    days = ",".join(map(str, range(LAST_DAYS_OF_MONTHS, first.day + 1)))
    return f"{start};BYMONTHDAY={days};BYSETPOS=-1"


def rhythm_of(rule: str, first: date) -> tuple[Rhythm, Kind] | None:
    """Return the rhythm that a rule stands for, None where it is a rule of its own."""
    usual = ((rhythm, kind) for rhythm in Rhythm for kind in Kind)
    return next((one for one in usual if rule_of(*one, first) == rule), None)


def check_rule(text: str, first: date) -> None:
    """Refuse a text that is no rule of days.

    :raises ImpossibleRule: it is none, or has no day within twelve years
    """
    if not days_between(text, first, first, first + LONGEST_WAIT, most=1):
        raise ImpossibleRule(text)


def days_between(text: str, first: date, start: date, end: date, *, most: int) -> list[date]:
    """Return the days of a rule from ``start`` through ``end``, no more than ``most``.

    :raises ImpossibleRule: the text is no rule of days
    """
    if end < first:
        return []
    rule = _parsed(text, first, end)
    return [moment.date() for moment in islice(rule.xafter(_midnight(start), inc=True), most)]


def _parsed(text: str, first: date, end: date) -> rrule:
    parts = _parts(text)
    last = f"{end:%Y%m%d}"
    # Without an end the search for a day that never comes would not end either.
    parts["UNTIL"] = min(parts.get("UNTIL", last)[:8], last)
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        found = rrulestr(rule, dtstart=_midnight(first))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ImpossibleRule(text) from error
    if not isinstance(found, rrule):
        raise ImpossibleRule(text)
    return found


def _parts(text: str) -> dict[str, str]:
    """Return the parts of a rule, refusing those that are not about days."""
    pairs = [part.partition("=") for part in text.strip().upper().split(";")]
    parts = {name: value for name, _, value in pairs}
    is_plain = len(text) <= LONGEST_RULE and len(parts) == len(pairs) and all(parts.values())
    if not is_plain or not PARTS.issuperset(parts) or parts.get("FREQ") not in FREQUENCIES:
        raise ImpossibleRule(text)
    if not INTERVAL.fullmatch(parts.get("INTERVAL", "1")):
        raise ImpossibleRule(text)
    if not UNTIL.fullmatch(parts.get("UNTIL", "20260101")):
        raise ImpossibleRule(text)
    return parts


def _midnight(day: date) -> datetime:
    """Return the day as a moment without a zone: rules of days know none."""
    return datetime.combine(day, time())
