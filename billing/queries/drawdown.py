"""What was drawn from an allowance or a block, piece by piece, with its ticket and its invoice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.domain.charge import RatedCharge
from billing.explain import explain
from billing.models import Claim, Invoice
from billing.queries.balances import HoursBalance
from tickets.models import Ticket, TimeEntry


@dataclass(frozen=True)
class Draw:
    """Work that was paid for with hours; negative where it was given back.

    ``invoice`` is empty for settled work and for open work.
    """

    day: date
    ticket: Ticket | None
    what: str
    who: str
    quantity: Decimal
    minutes: int
    bucket_on: date | None
    note: str
    invoice: Invoice | None = None
    is_open: bool = False


def drawdown(balance: HoursBalance) -> list[Draw]:
    """Return all that was drawn, the latest first; whoever may see the hours may see it."""
    live = [_of_claim(claim) for claim in _claims(balance)]
    return sorted([*live, *_open(balance.open_charges)], key=lambda one: one.day, reverse=True)


def _claims(balance: HoursBalance) -> Iterable[Claim]:
    name = "drawn_block" if balance.is_block else "allowance"
    return (
        Claim.objects.filter(**{name: balance.row}, released_at=None)
        .select_related(
            "charge__ticket__client",
            "charge__invoice",
            "time_entry__technician",
            "time_entry__work_type",
            "time_correction__time_entry__technician",
            "time_correction__time_entry__work_type",
        )
        .order_by("pk")
    )


def _of_claim(claim: Claim) -> Draw:
    charge = claim.charge
    correction = claim.time_correction
    entry = claim.time_entry or (correction.time_entry if correction else None)
    return Draw(
        day=charge.starts_on,
        ticket=charge.ticket,
        what=str(entry.work_type) if entry else charge.description,
        who=str(entry.technician) if entry else "",
        quantity=claim.drawn_quantity,
        minutes=claim.billed_minutes or 0,
        bucket_on=claim.bucket_on,
        note=explain(charge),
        invoice=charge.invoice,
    )


def _open(charges: Iterable[RatedCharge]) -> Iterator[Draw]:
    found = list(charges)
    entry_ids = [one.source.time_entry_id for one in found if one.source.time_entry_id]
    rows = TimeEntry.objects.select_related("ticket__client", "technician").in_bulk(entry_ids)
    for charge in found:
        entry = rows.get(charge.source.time_entry_id or 0)
        yield Draw(
            day=charge.period.start,
            ticket=entry.ticket if entry else None,
            what=charge.subject,
            who=str(entry.technician) if entry else "",
            quantity=charge.source.drawn_quantity,
            minutes=charge.source.billed_minutes or 0,
            bucket_on=charge.source.bucket_on,
            note=explain(charge),
            is_open=True,
        )
