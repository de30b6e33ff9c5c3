"""What clients said, counted per technician and per client."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from tickets.models import Rating, Score, Ticket

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each word was said, of whom."""

    name: str
    good: int
    fair: int
    bad: int
    pk: int | None = None

    @property
    def count(self) -> int:
        """How many answered."""
        return self.good + self.fair + self.bad

    @property
    def share_good(self) -> Decimal | None:
        """How many of a hundred were content; nothing where nobody answered."""
        return (HUNDRED * self.good / self.count).quantize(Decimal(1)) if self.count else None


def given_between(
    ratings: "QuerySet[Rating]", first: date, last: date, zone: ZoneInfo
) -> "QuerySet[Rating]":
    """Return what was said from the first day through the last, by the firm's days."""
    begin = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return ratings.filter(given_at__gte=begin, given_at__lt=end)


def in_all(ratings: "QuerySet[Rating]") -> Tally:
    """Return all of them together."""
    return _tally("", ratings.aggregate(**_counts()))


def by_technician(ratings: "QuerySet[Rating]") -> list[Tally]:
    """Return a line for each technician, the most rated first."""
    names = ("technician", "technician__first_name", "technician__last_name")
    rows = ratings.order_by().values(*names).annotate(**_counts())
    found = [
        _tally(f"{row[names[1]] or ''} {row[names[2]] or ''}".strip(), row, row["technician"])
        for row in rows
    ]
    return sorted(found, key=lambda tally: (-tally.count, tally.name))


def by_client(ratings: "QuerySet[Rating]") -> list[Tally]:
    """Return a line for each client, the most rated first."""
    names = ("ticket__client", "ticket__client__name")
    rows = ratings.order_by().values(*names).annotate(**_counts())
    found = [_tally(row[names[1]], row, row[names[0]]) for row in rows]
    return sorted(found, key=lambda tally: (-tally.count, tally.name))


def closed_between(tickets: "QuerySet[Ticket]", first: date, last: date, zone: ZoneInfo) -> int:
    """Return how many tickets were closed in these days: those who could have answered."""
    begin = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return tickets.filter(closed_at__gte=begin, closed_at__lt=end).count()


def _counts() -> dict[str, Any]:
    return {score.name.lower(): Count("pk", filter=Q(score=score)) for score in Score}


def _tally(name: str, row: dict[str, Any], pk: int | None = None) -> Tally:
    return Tally(name, row["good"], row["fair"], row["bad"], pk)
