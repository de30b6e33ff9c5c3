"""What a cell says: numbers, days, moments and codes as French systems write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

SPACES = " \u00a0\u202f\u2009"
PLACES = 4
FIRST_YEAR, LAST_YEAR = 1900, 2099
NO_END_YEAR = 9999
NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?: \d{3})+)(?:,(\d+))?")
POINTED = re.compile(r"-?(?:\d+|\d{1,3}(?: \d{3})+)\.(\d{1,2}|\d{4,})")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
MOMENT = re.compile(r"(\S+)[ T]+(\d{1,2})[:h](\d{2})(?::00)?")
NOT_A_COUNTRY = frozenset({"EU", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA"})
_TENDERS = get_global("territory_currencies")
COUNTRIES = frozenset(
    country
    for country, tenders in _TENDERS.items()
    if country not in NOT_A_COUNTRY and any(end is None for _code, _start, end, _legal in tenders)
)
CURRENCIES = frozenset(
    code
    for tenders in _TENDERS.values()
    for code, _start, end, is_legal in tenders
    if end is None and is_legal
)


class Unreadable(Exception):
    """A cell does not say what its column asks for."""


def clean(text: str) -> str:
    """Return the text without spaces around it, accents composed."""
    return unicodedata.normalize("NFC", text).strip().strip(SPACES)


def read_number(text: str) -> Decimal:
    """Return the number: ``1 234,50``, ``-1``, ``0,0350``; a point only where it is no doubt.

    :raises Unreadable: it is none, or has more than four decimals
    """
    plain = text
    for space in SPACES:
        plain = plain.replace(space, " ")
    match = NUMBER.fullmatch(plain) or POINTED.fullmatch(plain)
    if match is None:
        raise Unreadable(f"“{text}” is not a number")
    if len((match[1] or "").rstrip("0")) > PLACES:
        raise Unreadable(f"{text} has more than {PLACES} decimals")
    return Decimal(plain.replace(" ", "").replace(",", "."))


def read_whole(text: str) -> int:
    """Return the whole number that is not negative.

    :raises Unreadable: it is none
    """
    number = read_number(text)
    if number != number.to_integral_value() or number < 0:
        raise Unreadable(f"“{text}” is not a whole number from 0 up")
    return int(number)


def read_day(text: str) -> date:
    """Return the day written as ``31/03/2026``.

    :raises Unreadable: it is none, or no such day exists
    """
    match = DAY.fullmatch(text)
    if match is None:
        raise Unreadable(f"“{text}” is not a date (dd/mm/yyyy)")
    day, month, year = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"{text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(f"{text} is not a day that exists") from error


def read_clock(text: str) -> tuple[date, time | None]:
    """Return the day and the time of day of ``31/03/2026 14:05``, or of a day alone.

    :raises Unreadable: it is neither, or does not exist
    """
    match = MOMENT.fullmatch(text)
    if match is None:
        return read_day(text), None
    day = read_day(match[1])
    try:
        return day, time(int(match[2]), int(match[3]))
    except ValueError as error:
        raise Unreadable(f"{text} is not a time that exists") from error


def at_local(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return the instant of a local time, and whether the clock skipped that time.

    A time that occurs twice is the first of the two; one that was skipped is read with the offset
    that held before.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    instant = local.astimezone(UTC)
    return instant, instant.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)


def minutes_between(start: datetime, end: datetime) -> int:
    """Return the real minutes from one instant to another."""
    return (end - start) // timedelta(minutes=1)


def read_country(text: str) -> str:
    """Return the ISO 3166 code of the country.

    :raises Unreadable: there is none of that code
    """
    if text.upper() not in COUNTRIES:
        raise Unreadable(f"“{text}” is not an ISO country code")
    return text.upper()


def read_currency(text: str) -> str:
    """Return the ISO 4217 code of the currency.

    :raises Unreadable: there is none of that code
    """
    if text.upper() not in CURRENCIES:
        raise Unreadable(f"“{text}” is not an ISO 4217 currency")
    return text.upper()


def read_email(text: str) -> str:
    """Return the e-mail address.

    :raises Unreadable: it is none
    """
    try:
        validate_email(text)
    except ValidationError as error:
        raise Unreadable(f"“{text}” is not an e-mail address") from error
    return text


def read_zone(text: str) -> ZoneInfo:
    """Return the time zone of that name.

    :raises Unreadable: there is none
    """
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise Unreadable(f"“{text}” is not a time zone") from error
