"""A firm with prices and clients with something due, made for tests of the run.

A client of ``busy_client`` owes as of 1 April 2026: 12 x 24.90 = 298.80 in advance for April (March
is billed elsewhere), 45 min billed of 37 worked at 84.00 = 63.00, and 91 m of cable at 0.0350 =
3.19; 364.99 net, 73.00 tax (72.998), 437.99 in all.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import BillingRun
from billing.operations.bill_batch import bill_batch
from billing.operations.start_run import start_run
from catalog.tests.factories import FirmRateCardFactory, TaxRateFactory
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory, LegalEntityFactory
from contracts.tests.factories import ContractLineFactory
from tickets.tests.factories import PartUsedFactory, TicketFactory, TimeEntryFactory

APRIL = date(2026, 4, 1)


def open_firm() -> LegalEntity:
    """Make the firm with its tax and its rates, once."""
    TaxRateFactory.create()
    FirmRateCardFactory.create()
    firm: LegalEntity = LegalEntityFactory.create()
    return firm


def busy_client(**fields: Any) -> Client:
    """Make a client who owes 364.99 net."""
    client: Client = ClientFactory.create(**fields)
    ContractLineFactory.create(
        contract__client=client,
        quantity=12,
        unit_price=Decimal("24.9000"),
        billed_through_on=date(2026, 3, 31),
    )
    ticket = TicketFactory.create(client=client)
    TimeEntryFactory.create(ticket=ticket, minutes=37)
    PartUsedFactory.create(ticket=ticket, quantity=Decimal(91), unit_price=Decimal("0.0350"))
    return client


def bill(as_of: date = APRIL, **fields: Any) -> BillingRun:
    """Start a run and work through its batches here."""
    run = start_run(as_of_on=as_of, is_handed_out=False, **fields)
    for batch in run.batches.all():
        bill_batch(batch_id=batch.pk)
    run.refresh_from_db()
    return run
