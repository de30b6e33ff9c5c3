"""Work that live charges have drawn from hours, written down without the billing run."""

from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import Charge, Claim, Invoice, Treatment
from billing.tests.factories import ChargeFactory
from clients.models import Client
from contracts.models import Allowance, PrepaidBlock
from tickets.models import Ticket


def drawn(
    hours: Allowance | PrepaidBlock,
    minutes: int,
    on: date,
    invoice: Invoice | None = None,
    **fields: Any,
) -> Claim:
    """Let minutes of work of a day take as much from an allowance's month or from a block.

    Without an invoice the work is settled. ``month`` is the first day of another month to take
    from, ``quantity`` another quantity, ``ticket`` the ticket worked on.
    """
    month: date = fields.pop("month", on.replace(day=1))
    quantity: Decimal = fields.pop("quantity", Decimal(minutes))
    charge = _charge(_client_of(hours), minutes, on, invoice, fields.pop("ticket", None))
    entry = charge.ticket.time_entries.latest("pk")  # type: ignore[union-attr]  # the factory made one
    given: dict[str, Any] = (
        {"allowance": hours, "bucket_on": month}
        if isinstance(hours, Allowance)
        else {"drawn_block": hours}
    )
    claim: Claim = Claim.objects.create(
        charge=charge,
        time_entry=entry,
        minutes=minutes,
        billed_minutes=minutes,
        drawn_quantity=quantity,
        evidence_version=entry.version,
        ticket_version=entry.ticket.rating_version,
        **given,
    )
    return claim


def _client_of(hours: Allowance | PrepaidBlock) -> Client:
    client: Client = hours.contract.client if isinstance(hours, Allowance) else hours.client
    return client


def _charge(
    client: Client, minutes: int, on: date, invoice: Invoice | None, ticket: Ticket | None
) -> Charge:
    charge: Charge = ChargeFactory.create(
        client=client,
        invoice=invoice,
        position=invoice.charges.count() + 1 if invoice else None,
        treatment=Treatment.DRAWN,
        quantity=Decimal(minutes),
        unit_price=Decimal(0),
        amount=Decimal("0.00"),
        starts_on=on,
        last_day_on=on,
        entry__minutes=minutes,
        entry__worked_on=on,
        claim=False,
        **({"entry__ticket": ticket} if ticket else {}),
    )
    return charge
