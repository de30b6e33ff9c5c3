"""Public holidays of a country and region, with the days a firm adds or takes away."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from holidays.holiday_base import HolidayBase

ALPHA_2 = re.compile(r"[A-Z]{2}")


class UnknownCountry(Exception):
    """Nothing is known about the holidays of this country."""


class UnknownRegion(Exception):
    """The country has no such region with holidays of its own."""


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """The days a firm keeps as holidays; without a country only those that it added."""

    country: str = ""
    region: str = ""
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def dates(self, years: Iterable[int]) -> frozenset[date]:
        """Return the holidays of the years.

        :raises UnknownCountry: the country is not known
        :raises UnknownRegion: the country has no such region
        """
        wanted = frozenset(years)
        public = public_holidays(self.country, self.region, wanted) if self.country else {}
        added = {day for day in self.added if day.year in wanted}
        return (frozenset(public) | added) - self.removed


def public_holidays(
    country: str, region: str, years: Iterable[int], language: str = "en_US"
) -> dict[date, str]:
    """Return the public holidays of the years, each with its name, in order.

    A holiday that is kept on another day because it falls on a weekend appears on both, where the
    country's law says so.

    :raises UnknownCountry: the country (ISO 3166-1, two letters) is not known
    :raises UnknownRegion: the country has no such region (ISO 3166-2)
    """
    by_year = [_of_year(country, region, year, language) for year in sorted(set(years))]
    return {day: name for year in by_year for day, name in year}


def countries() -> dict[str, list[str]]:
    """Return the countries whose holidays are known, each with its regions."""
    return holidays.list_supported_countries(include_aliases=False)


def is_known(country: str, region: str = "") -> bool:
    """Whether the holidays of the country and its region are known; without a country they are."""
    if not country:
        return True
    try:
        known = _regions(country)
    except UnknownCountry:
        return False
    return not region or region in known


@lru_cache(maxsize=1024)
def _of_year(country: str, region: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    known = _regions(country)
    if region and region not in known:
        raise UnknownRegion(f"{country} has no region {region}")
    days = _calendar(country, region or None, year, language)
    return tuple(sorted(days.items()))


def _regions(country: str) -> tuple[str, ...]:
    if not (ALPHA_2.fullmatch(country) and hasattr(holidays, country)):
        raise UnknownCountry(f"no holidays are known for {country}")
    return tuple(_calendar(country).subdivisions)


def _calendar(
    country: str, region: str | None = None, year: int | None = None, language: str = "en_US"
) -> HolidayBase:
    return holidays.country_holidays(
        country, subdiv=region, years=year, expand=False, language=language
    )
