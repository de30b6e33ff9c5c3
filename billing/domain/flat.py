"""Flat rates: a known job for a fixed price, due once its ticket is closed."""

from collections.abc import Iterator
from datetime import date

from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence, FlatRatePerformed
from billing.domain.terms import BillingMode, Kind, Treatment, Unit
from core.money import ZERO, round_money
from core.periods import Period


def charge_flat_rates(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield a charge for every flat-rate job whose ticket was closed before the day."""
    for job in evidence.flat_rates:
        closed_on = job.ticket.closed_on
        if closed_on is not None and closed_on < as_of:
            yield rate_flat(job, closed_on, evidence.firm.currency)


def rate_flat(job: FlatRatePerformed, done_on: date, currency: str = "EUR") -> RatedCharge:
    """Return the charge of one flat-rate job; on a ticket that is free of charge it is waived."""
    is_billed = job.ticket.mode != BillingMode.FREE
    price = round_money(job.quantity * job.price, currency)
    return RatedCharge(
        kind=Kind.FLAT,
        treatment=Treatment.BILLED if is_billed else Treatment.WAIVED,
        source=Source(
            flat_rate_item_id=job.id,
            evidence_version=job.version,
            ticket_version=job.ticket.version,
        ),
        subject=job.description,
        period=Period.through(done_on, done_on),
        quantity=job.quantity,
        unit=Unit.PIECE,
        unit_price=job.price if is_billed else ZERO,
        amount=price if is_billed else ZERO,
        list_amount=price,
        tax_code=job.tax_code,
        ledger_account=job.ledger_account,
        ticket=job.ticket,
        destination=job.ticket.destination,
        basis={
            "rule": "flat/1",
            "currency": currency,
            "ticket": job.ticket.number,
            "ticket_mode": job.ticket.mode.value,
            "quantity": str(job.quantity),
            "unit_price": str(job.price),
            "closed_on": done_on.isoformat(),
        },
    )
