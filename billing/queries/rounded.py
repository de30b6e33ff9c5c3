"""What live charges already carry of work that is rounded together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import F, Q, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from billing.domain.agreements import Contract, RateTable
from billing.domain.evidence import RoundedBefore
from billing.domain.terms import RoundingScope, Treatment, Unit
from billing.models import Claim

PAID_FOR = (Treatment.BILLED, Treatment.COVERED, Treatment.DRAWN)
SHARED = (RoundingScope.TICKET, RoundingScope.DAY)


class Group(NamedTuple):
    """What is rounded together: work of one type on one ticket, perhaps of one day, by one rule."""

    ticket_id: int
    work_type_id: int
    worked_on: Any
    rule: str


def rounds_together(contracts: Iterable[Contract], rates: RateTable) -> bool:
    """Whether any work of a client may be rounded together with other work."""
    terms = [rates.own.rounding, rates.firm.rounding, *(one.rounding for one in contracts)]
    return any(said.scope in SHARED for said in terms)


def rounded_on(ticket_ids: Collection[int]) -> Mapping[int, list[RoundedBefore]]:
    """Return, by client, what is billed of groups on these tickets; two queries.

    An entry that was wholly taken back leaves its group, as if it had never been there.
    """
    gone = _taken_back(ticket_ids)
    worked: dict[tuple[int, Group], int] = defaultdict(int)
    billed: dict[tuple[int, Group], int] = defaultdict(int)
    for row in _billed_entries(ticket_ids):
        if gone.get(row["time_entry_id"], 0) >= row["billed"] > 0:
            continue
        key = (row["client_id"], _group_of(row))
        worked[key] += row["billable"]
        billed[key] += row["billed"]
    found: dict[int, list[RoundedBefore]] = defaultdict(list)
    for (client_id, group), minutes in worked.items():
        found[client_id].append(
            RoundedBefore(*group[:3], minutes, billed[client_id, group], group.rule)
        )
    return found


def _group_of(row: Mapping[str, Any]) -> Group:
    is_of_day = row["rule"].startswith(RoundingScope.DAY)
    day = row["worked_on"] if is_of_day else None
    return Group(row["ticket_id"], row["work_type_id"], day, row["rule"])


def _billed_entries(ticket_ids: Collection[int]) -> Iterable[Mapping[str, Any]]:
    """Return the entries with a live charge by the clock, each with the minutes it bills."""
    claims = Claim.objects.filter(
        time_entry__ticket__in=ticket_ids,
        released_at=None,
        charge__treatment__in=PAID_FOR,
        charge__unit=Unit.MINUTE,
    )
    shared = Q()
    for scope in SHARED:
        shared |= Q(rule__startswith=f"{scope}/")
    return (
        claims.annotate(rule=KeyTextTransform("rounding", "charge__basis"))
        .filter(shared)
        .values(
            "time_entry_id",
            "rule",
            client_id=F("charge__client_id"),
            ticket_id=F("time_entry__ticket_id"),
            work_type_id=F("time_entry__work_type_id"),
            worked_on=F("time_entry__worked_on"),
            billable=Coalesce("time_entry__billable_minutes", "time_entry__minutes"),
        )
        .annotate(billed=Coalesce(Sum("billed_minutes"), 0))
        .order_by()
    )


def _taken_back(ticket_ids: Collection[int]) -> dict[int, int]:
    """Return, by entry, the minutes of it that were taken back."""
    rows = (
        Claim.objects.filter(time_correction__time_entry__ticket__in=ticket_ids, released_at=None)
        .values_list("time_correction__time_entry_id")
        .annotate(Sum("billed_minutes"))
        .order_by()
    )
    return {entry_id: -(minutes or 0) for entry_id, minutes in rows}
