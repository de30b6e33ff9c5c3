"""Drafts, lines and what ties them to their evidence, made for tests without the billing run.

``DraftFactory()`` is a draft of 424.80 net and 509.76 in all with two lines: twelve workstations at
24.90 for March 2026 (298.80), and an hour and a half of remote work at 84.00 (126.00).
"""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from billing.models import (
    Charge,
    ChargeKind,
    Claim,
    Invoice,
    TaxLine,
    TaxSituation,
    Treatment,
    Unit,
)
from clients.tests.factories import ClientFactory, LegalEntityFactory
from contracts.tests.factories import ContractLineFactory
from tickets.tests.factories import TimeEntryFactory


class ChargeFactory(factory.django.DjangoModelFactory[Charge]):
    """An hour and a half of remote work on 10 March 2026 at 84.00: 126.00, with its claim."""

    class Meta:
        model = Charge
        skip_postgeneration_save = True

    class Params:
        entry = factory.SubFactory(
            TimeEntryFactory,
            ticket__client=factory.SelfAttribute("...client"),
            minutes=90,
        )
        settled = factory.Trait(
            invoice=None,
            position=None,
            treatment=Treatment.WAIVED,
            amount=Decimal("0.00"),
        )

    client = factory.LazyAttribute(
        lambda charge: charge.invoice.client if charge.invoice else ClientFactory()
    )
    invoice: Any = factory.SubFactory("billing.tests.factories.DraftFactory", lines=False)
    position: Any = 1
    kind = ChargeKind.TIME
    treatment = Treatment.BILLED
    description = "Remote, 10 March 2026"
    starts_on = date(2026, 3, 10)
    last_day_on = date(2026, 3, 10)
    quantity = Decimal("90.0000")
    unit = Unit.MINUTE
    unit_price = Decimal("84.0000")
    price_base = 60
    amount = Decimal("126.00")
    list_amount = Decimal("126.00")
    tax_code = "standard"
    tax_category = "S"
    tax_rate = Decimal("20.00")
    ticket = factory.SelfAttribute("entry.ticket")

    @factory.post_generation
    def claim(self: Charge, create: bool, wanted: bool | None, **_: object) -> None:  # noqa: FBT001  (factory_boy passes it so)
        """Lay claim to the latest work on the ticket, unless ``claim=False``."""
        if create and wanted is not False and self.ticket:
            entry = self.ticket.time_entries.latest("pk")
            Claim.objects.create(
                charge=self,
                time_entry=entry,
                minutes=entry.minutes,
                evidence_version=entry.version,
                ticket_version=self.ticket.rating_version,
            )


class RecurringChargeFactory(factory.django.DjangoModelFactory[Charge]):
    """Twelve workstations at 24.90 for March 2026: 298.80, with its claim on the month."""

    class Meta:
        model = Charge
        skip_postgeneration_save = True

    class Params:
        line = factory.SubFactory(
            ContractLineFactory, contract__client=factory.SelfAttribute("...client")
        )

    invoice = factory.SubFactory("billing.tests.factories.DraftFactory", lines=False)
    client = factory.SelfAttribute("invoice.client")
    position = 1
    kind = ChargeKind.RECURRING
    treatment = Treatment.BILLED
    description = "Workstation care"
    starts_on = date(2026, 3, 1)
    last_day_on = date(2026, 3, 31)
    quantity = Decimal("12.0000")
    unit = Unit.MONTH
    unit_price = Decimal("24.9000")
    amount = Decimal("298.80")
    list_amount = Decimal("298.80")
    tax_code = "standard"
    tax_category = "S"
    tax_rate = Decimal("20.00")
    contract = factory.SelfAttribute("line.contract")

    @factory.post_generation
    def claim(self: Charge, create: bool, wanted: bool | None, **_: object) -> None:  # noqa: FBT001  (factory_boy passes it so)
        """Lay claim to the month of the contract's first line, unless ``claim=False``."""
        if create and wanted is not False and self.contract:
            line = self.contract.lines.earliest("pk")
            Claim.objects.create(charge=self, contract_line=line, period_on=self.starts_on)


class TaxLineFactory(factory.django.DjangoModelFactory[TaxLine]):
    """French VAT on 424.80."""

    class Meta:
        model = TaxLine

    invoice = factory.SubFactory("billing.tests.factories.DraftFactory", lines=False)
    category = "S"
    rate = Decimal("20.00")
    base = Decimal("424.80")
    tax = Decimal("84.96")


class DraftFactory(factory.django.DjangoModelFactory[Invoice]):
    """A draft with a recurring and a time line; ``lines=False`` for an empty one."""

    class Meta:
        model = Invoice
        skip_postgeneration_save = True

    client = factory.SubFactory(ClientFactory)
    legal_entity = factory.SubFactory(LegalEntityFactory)
    as_of_on = date(2026, 4, 1)
    currency = "EUR"
    language = factory.SelfAttribute("client.language")
    tax_situation = TaxSituation.DOMESTIC
    net = Decimal("424.80")
    tax = Decimal("84.96")
    total = Decimal("509.76")

    @factory.post_generation
    def lines(self: Invoice, create: bool, wanted: bool | None, **_: object) -> None:  # noqa: FBT001  (factory_boy passes it so)
        """Add both lines and the tax of their sum."""
        if create and wanted is not False:
            RecurringChargeFactory(invoice=self, position=1)
            ChargeFactory(invoice=self, position=2)
            TaxLineFactory(invoice=self)
