"""How amounts, days and durations are written for the reader, in the language of the page."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from core.periods import Period

# English is read by people who trade in Europe: day before month, 24 hours.
_LOCALES = {"en": Locale("en", "GB"), "fr": Locale("fr", "FR")}
_MINUTES_PER_HOUR = 60
_GROUP = 4
_FIRST_OF_MONTH = re.compile(r"\b1 (?=[^\W\d])")


def reader_locale() -> Locale:
    """Return the locale of the language that this page is written in."""
    return _LOCALES.get((get_language() or "en")[:2], _LOCALES["en"])


def money_text(amount: Decimal | int, currency: str) -> str:
    """Write an amount with its currency: €1,234.50 or 1 234,50 €."""
    return _money(amount + 0, currency, reader_locale())  # nothing is owed "minus nothing"


def colon_text() -> str:
    """Write a colon as the language sets it after a word: French keeps a space before it."""
    return "\u00a0:" if reader_locale().language == "fr" else ":"


def labelled_text(label: object, text: object) -> str:
    """Write what something is called and what it says: Remote work: 2 h."""
    return f"{label}{colon_text()} {text}"


def joined_text(parts: Iterable[str]) -> str:
    """Write several statements in a row, parted as the language does it."""
    return ("\u202f; " if reader_locale().language == "fr" else "; ").join(parts)


def grouped_text(number: str) -> str:
    """Write a long number in groups of four, as people read an IBAN."""
    return " ".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def number_text(number: Decimal | int) -> str:
    """Write a quantity with no more places than it needs: 1.5, 12, 1,250."""
    return _number(number + 0, reader_locale())


def typed_number(number: Decimal | int) -> str:
    """Write a quantity as the reader would type it: 1250.5 or 1250,5."""
    return str(format_decimal(number + 0, format="0.####", locale=reader_locale()))


def percent_text(rate: Decimal) -> str:
    """Write a rate given in percent: 20 %, 5.5 %."""
    form = "#,##0.##\u00a0%" if reader_locale().language == "fr" else "#,##0.##%"
    return str(format_percent(rate / 100, format=form, locale=reader_locale()))


def day_text(day: date) -> str:
    """Write a day: 31 Mar 2026 or 31 mars 2026."""
    return _date(_local_day(day), "medium", reader_locale())


def long_day_text(day: date) -> str:
    """Write a day with its name: Tuesday, 31 March 2026."""
    return _date(_local_day(day), "full", reader_locale())


def document_day_text(day: date, language: str = "") -> str:
    """Write a day as documents do, in their language: 1 April 2026 or 1er avril 2026."""
    return _date(day, "long", _LOCALES.get(language[:2], reader_locale()))


def month_text(day: date) -> str:
    """Write the month of a day: March 2026."""
    return str(format_skeleton("yMMMM", _local_day(day), locale=reader_locale()))


def short_month_text(day: date) -> str:
    """Write the month of a day for an axis: Mar 26."""
    return _date(_local_day(day), "MMM yy", reader_locale())


def moment_text(moment: datetime) -> str:
    """Write a moment in the reader's time zone: 31 Mar 2026, 14:05."""
    local = timezone.localtime(moment)
    return f"{_date(local.date(), 'medium', reader_locale())}, {clock_text(local.time())}"


def clock_text(at: time | datetime) -> str:
    """Write a time of day: 14:05."""
    local = timezone.localtime(at).time() if isinstance(at, datetime) else at
    return f"{local:%H:%M}"


def minutes_text(minutes: int) -> str:
    """Write a duration as people say it: 35 min, 2 h, 1 h 05."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), _MINUTES_PER_HOUR)
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest:02d}" if rest else f"{sign}{hours} h"


def period_text(period: Period) -> str:
    """Write a half-open period by its first and last day: 1 – 31 Mar 2026."""
    return days_text(period.start, period.last_day)


def days_text(first: date, last: date | None) -> str:
    """Write the days from ``first`` to ``last``, both included; without a last day, "from"."""
    if last is None:
        return gettext("from %(day)s") % {"day": day_text(first)}
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        start = _date(first, "d MMM", reader_locale()).split()[0]
        return f"{start} – {day_text(last)}"
    if first.year == last.year:
        start = _date(first, "d MMM", reader_locale())
        return f"{start} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def ago_text(moment: datetime, now: datetime) -> str:
    """Write how long ago something was, in its largest unit: 5 min, 3 h, 2 days."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return gettext("just now")
    if minutes < _MINUTES_PER_HOUR:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    hours = minutes // _MINUTES_PER_HOUR
    if hours < 24:  # noqa: PLR2004  (hours of a day)
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def machine_moment(moment: datetime) -> str:
    """Write a moment for the ``datetime`` attribute of a ``<time>`` element."""
    return moment.isoformat(timespec="seconds")


# The same days and amounts stand on every page; writing one by the rules of its language takes as
# long as a dozen cells.
@lru_cache(maxsize=4_000)
def _date(day: date, form: str, locale: Locale) -> str:
    written = str(format_date(day, format=form, locale=locale))
    # French counts the first day of a month, and that day alone: 1er mars, 2 mars.
    return _FIRST_OF_MONTH.sub("1er ", written) if locale.language == "fr" else written


@lru_cache(maxsize=8_000)
def _money(amount: Decimal | int, currency: str, locale: Locale) -> str:
    return str(format_currency(amount, currency, locale=locale))


@lru_cache(maxsize=8_000)
def _number(number: Decimal | int, locale: Locale) -> str:
    return str(format_decimal(number, format="#,##0.####", locale=locale))


def _local_day(day: date) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day
