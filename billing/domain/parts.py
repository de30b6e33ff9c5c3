"""Parts: quantity x price, on top of whatever the work on the ticket costs."""

from collections.abc import Iterator
from datetime import date

from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence, PartUsed
from billing.domain.terms import BillingMode, Kind, Treatment, Unit
from core.money import ZERO, round_money
from core.periods import Period


def charge_parts(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield a charge for every part used before the day."""
    for part in evidence.parts:
        if part.used_on < as_of:
            yield rate_part(part, evidence.firm.currency)


def rate_part(part: PartUsed, currency: str = "EUR") -> RatedCharge:
    """Return the charge of one part; on a ticket that is free of charge it is waived."""
    is_billable = part.is_billable and part.waiver is None
    is_billed = is_billable and part.ticket.mode != BillingMode.FREE
    price = round_money(part.quantity * part.unit_price, currency)
    return RatedCharge(
        kind=Kind.PART,
        treatment=Treatment.BILLED if is_billed else Treatment.WAIVED,
        source=Source(
            part_used_id=part.id,
            evidence_version=part.version,
            ticket_version=part.ticket.version,
        ),
        subject=part.description,
        period=Period.through(part.used_on, part.used_on),
        quantity=part.quantity,
        unit=Unit.PIECE,
        unit_price=part.unit_price if is_billed else ZERO,
        amount=price if is_billed else ZERO,
        list_amount=price,
        tax_code=part.tax_code,
        ledger_account=part.ledger_account,
        ticket=part.ticket,
        destination=part.ticket.destination,
        basis={
            "rule": "part/1",
            "currency": currency,
            "ticket": part.ticket.number,
            "ticket_mode": part.ticket.mode.value,
            "quantity": str(part.quantity),
            "unit_price": str(part.unit_price),
            **({"waiver": part.waiver.value} if part.waiver else {}),
        },
    )
