"""How often promises were kept: verdicts counted by client, contract, board, technician, month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Client
from contracts.models import Contract
from core.display import month_text
from tickets.models import Outcome, ServiceBoard, SLAVerdict, VerdictKind


class GroupBy(StrEnum):
    """What verdicts are counted by."""

    MONTH = "month"
    CLIENT = "client"
    CONTRACT = "contract"
    BOARD = "board"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises of one kind were kept and missed."""

    met: int
    missed: int

    @property
    def total(self) -> int:
        """How many were judged."""
        return self.met + self.missed

    @property
    def per_mille(self) -> int | None:
        """How many of a thousand were kept, rounded half up; none where none was judged."""
        return (self.met * 2000 + self.total) // (2 * self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Attainment:
    """The promises of one client, contract, board, technician or month."""

    key: str
    label: str
    response: Kept
    first_resolution: Kept
    resolution: Kept


def verdicts_between(
    verdicts: QuerySet[SLAVerdict], first: date | None, last: date | None, zone: ZoneInfo
) -> QuerySet[SLAVerdict]:
    """Keep the verdicts that fell on these days by the firm's clock, both included."""
    if first is not None:
        verdicts = verdicts.filter(judged_at__gte=datetime.combine(first, time(0), zone))
    if last is not None:
        after = datetime.combine(date.fromordinal(last.toordinal() + 1), time(0), zone)
        verdicts = verdicts.filter(judged_at__lt=after)
    return verdicts


def attainment(verdicts: QuerySet[SLAVerdict], group: GroupBy, zone: ZoneInfo) -> list[Attainment]:
    """Count the verdicts by group, in the order of their names or months; two queries."""
    by: Any = F(f"{group}_id")
    if group == GroupBy.MONTH:
        by = TruncMonth("judged_at", tzinfo=zone)
    counted = list(verdicts.order_by().values(group_key=by).annotate(**_counts()))
    labels = _labels(group, [row["group_key"] for row in counted], zone)
    found = [_row(dict(row), group, labels) for row in counted]
    if group == GroupBy.MONTH:
        return sorted(found, key=lambda one: one.key, reverse=True)
    return sorted(found, key=lambda one: (not one.key, one.label.casefold()))


def overall(verdicts: QuerySet[SLAVerdict]) -> Attainment:
    """Count all of the verdicts; one query."""
    counted = verdicts.order_by().aggregate(**_counts())
    return Attainment("", "", *_kept(counted))


def _counts() -> dict[str, Count]:
    return {
        f"{kind.value}_{outcome.value}": Count("pk", filter=Q(kind=kind, outcome=outcome))
        for kind in VerdictKind
        for outcome in Outcome
    }


def _kept(row: dict[str, Any]) -> list[Kept]:
    return [Kept(row[f"{kind.value}_met"], row[f"{kind.value}_missed"]) for kind in VerdictKind]


def _row(row: dict[str, Any], group: GroupBy, labels: dict[Any, str]) -> Attainment:
    key = row["group_key"]
    written = f"{key:%Y-%m}" if group == GroupBy.MONTH else str(key or "")
    return Attainment(written, labels.get(key, _NOBODY[group]()), *_kept(row))


def _labels(group: GroupBy, keys: Iterable[Any], zone: ZoneInfo) -> dict[Any, str]:
    wanted = [key for key in keys if key is not None]
    if group == GroupBy.MONTH:
        return {key: month_text(key.astimezone(zone).date()) for key in wanted}
    rows: QuerySet[Any] = _NAMED[group].objects.filter(pk__in=wanted)
    return {row.pk: str(row) for row in rows}


_NAMED: dict[GroupBy, Any] = {
    GroupBy.CLIENT: Client,
    GroupBy.CONTRACT: Contract,
    GroupBy.BOARD: ServiceBoard,
    GroupBy.TECHNICIAN: User,
}
_NOBODY: dict[GroupBy, Callable[[], str]] = {
    GroupBy.MONTH: lambda: "",
    GroupBy.CLIENT: lambda: "",
    GroupBy.CONTRACT: lambda: _("without a contract"),
    GroupBy.BOARD: lambda: "",
    GroupBy.TECHNICIAN: lambda: _("nobody"),
}
