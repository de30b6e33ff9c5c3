"""At which rate a late payment bears interest on a day, by what was agreed and what the law has.

Reference rates hold for half a year: that of the European Central Bank as it was on 1 January or
1 July, and the French legal rate between professionals. A half-year without its rate is never
taken for the one before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from collecting.domain.interest import DatedRate, RateMissing

JULY = 7
LEAST_TIMES_LEGAL = Decimal(3)
POINTS_OF_FRENCH_LAW = Decimal(10)


class RateKind(StrEnum):
    """Whose rate of a half-year it is."""

    ECB = "ecb"
    LEGAL = "legal"


class Basis(StrEnum):
    """How the rate is found."""

    ECB_PLUS = "ecb_plus"
    TIMES_LEGAL = "times_legal"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed: ``number`` is points, times, or the yearly rate itself.

    ``is_french`` says that a rate agreed may not be below three times the legal one.
    """

    basis: Basis
    number: Decimal
    is_french: bool = True

    @property
    def has_floor(self) -> bool:
        """Whether the least rate of the law is looked at; the law's own default is none agreed."""
        is_default = self.basis == Basis.ECB_PLUS and self.number == POINTS_OF_FRENCH_LAW
        return self.is_french and not is_default


Known = Mapping[tuple[RateKind, date], Decimal]


def half_year_of(day: date) -> date:
    """Return the first day of the half-year."""
    return date(day.year, JULY if day.month >= JULY else 1, 1)


def rates_between(terms: Terms, known: Known, first_on: date, last_on: date) -> list[DatedRate]:
    """Return the rate of each half-year that the days touch.

    :raises RateMissing: the rate of one of them is not known
    """
    return [
        DatedRate(half, _percent(terms, known, half)) for half in _half_years(first_on, last_on)
    ]


def _half_years(first_on: date, last_on: date) -> Iterator[date]:
    half = half_year_of(first_on)
    while half <= last_on:
        yield half
        half = date(half.year, JULY, 1) if half.month == 1 else date(half.year + 1, 1, 1)


def _percent(terms: Terms, known: Known, half: date) -> Decimal:
    percent = terms.number
    if terms.basis == Basis.ECB_PLUS:
        percent += _known(known, RateKind.ECB, half)
    elif terms.basis == Basis.TIMES_LEGAL:
        percent *= _known(known, RateKind.LEGAL, half)
    if terms.has_floor:
        percent = max(percent, LEAST_TIMES_LEGAL * _known(known, RateKind.LEGAL, half))
    return percent


def _known(known: Known, kind: RateKind, half: date) -> Decimal:
    if (kind, half) not in known:
        raise RateMissing(half, kind)
    return known[kind, half]
