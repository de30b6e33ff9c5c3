"""Documents of every kind, as machines read them, for tests of the official rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from billing.einvoice.document import Debit, DocumentType, Earlier, EDocument
from billing.einvoice.reading import electronic
from billing.models import Invoice, Treatment
from billing.operations.grant_discount import Concession, grant_discount
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import MARCH_31, credit, issued_invoice
from billing.tests.factories import (
    ChargeFactory,
    DraftFactory,
    RecurringChargeFactory,
    TaxLineFactory,
)
from clients.models import LegalEntity
from clients.tests.factories import LegalEntityFactory

FIVE_FIVE = {"tax_rate": Decimal("5.50")}


def issued(draft: Invoice) -> Invoice:
    """Issue a draft on 31 March 2026."""
    result = issue_invoices(invoice_ids=[draft.pk], issued_on=MARCH_31, actor=None)
    assert not result.refused, result.refused
    return Invoice.objects.with_lines().get(pk=draft.pk)


def draft_of(net: str, tax: str = "0", **fields: Any) -> Invoice:
    """Return an empty draft of these sums."""
    sums = {"net": Decimal(net), "tax": Decimal(tax), "total": Decimal(net) + Decimal(tax)}
    draft: Invoice = DraftFactory.create(lines=False, **sums, **fields)
    return draft


def taxed(draft: Invoice, base: str, tax: str, rate: str = "20.00", category: str = "S") -> None:
    TaxLineFactory.create(
        invoice=draft, category=category, rate=Decimal(rate), base=Decimal(base), tax=Decimal(tax)
    )


def time_and_materials() -> EDocument:
    """90 min at 84.00 an hour (126.00) and 91 m of cable at 0.0350 (3.19): 129.19 + 25.84."""
    draft = draft_of("129.19", "25.84")
    ChargeFactory.create(invoice=draft, position=1)
    part_of(draft, position=2)
    taxed(draft, "129.19", "25.84")
    return electronic(issued(draft))


def part_of(draft: Invoice, **fields: Any) -> None:
    """Add 91 m of cable at 0.0350."""
    ChargeFactory.create(
        invoice=draft,
        kind="part",
        description="Cable, per metre",
        quantity=Decimal(91),
        unit="piece",
        unit_price=Decimal("0.0350"),
        price_base=1,
        amount=Decimal("3.19"),
        list_amount=Decimal("3.19"),
        claim=False,
        **fields,
    )


def flat_rate() -> EDocument:
    """A known job at 89.00: 89.00 + 17.80."""
    draft = draft_of("89.00", "17.80")
    ChargeFactory.create(
        invoice=draft,
        kind="flat_rate",
        description="Virus removed",
        quantity=Decimal(1),
        unit="piece",
        unit_price=Decimal("89.0000"),
        price_base=1,
        amount=Decimal("89.00"),
        list_amount=Decimal("89.00"),
        claim=False,
    )
    taxed(draft, "89.00", "17.80")
    return electronic(issued(draft))


def recurring() -> EDocument:
    """Twelve workstations at 24.90: 298.80 + 59.76."""
    draft = draft_of("298.80", "59.76")
    RecurringChargeFactory.create(invoice=draft)
    taxed(draft, "298.80", "59.76")
    return electronic(issued(draft))


def mixed() -> EDocument:
    """Recurring work, and an hour and a half that the contract covers: 298.80 + 59.76."""
    draft = draft_of("298.80", "59.76", purchase_order="PO 4711")
    RecurringChargeFactory.create(invoice=draft, position=1)
    ChargeFactory.create(
        invoice=draft, position=2, treatment=Treatment.COVERED, amount=Decimal("0.00")
    )
    taxed(draft, "298.80", "59.76")
    return electronic(issued(draft))


def two_rates() -> EDocument:
    """298.80 at 20 % (59.76) and 126.00 at 5.5 % (6.93)."""
    draft = draft_of("424.80", "66.69")
    RecurringChargeFactory.create(invoice=draft, position=1)
    ChargeFactory.create(invoice=draft, position=2, **FIVE_FIVE)
    taxed(draft, "298.80", "59.76")
    taxed(draft, "126.00", "6.93", "5.50")
    return electronic(issued(draft))


def discounted() -> EDocument:
    """Of 298.80 at 20 % and 126.00 at 5.5 %, 10.00 off the first and then 10 % off all.

    41.48 of 414.80: 28.88 and 12.60, so 259.92 + 51.98 and 113.40 + 6.24.
    """
    draft = draft_of("424.80", "66.69")
    RecurringChargeFactory.create(invoice=draft, position=1)
    ChargeFactory.create(invoice=draft, position=2, **FIVE_FIVE)
    first = draft.charges.get(position=1).pk
    ten = Concession("Loyal for two years", amount=Decimal(10))
    grant_discount(invoice_id=draft.pk, concession=ten, line_id=first, actor=None)
    offer = Concession("Introductory offer", percent=Decimal(10))
    grant_discount(invoice_id=draft.pk, concession=offer, actor=None)
    return electronic(issued(draft))


def deposit() -> EDocument:
    """A deposit of 424.80 + 84.96 on work to come."""
    return replace(electronic(issued_invoice()), type=DocumentType.DEPOSIT)


def after_deposit() -> EDocument:
    """The last invoice after a deposit of 100.00: 409.76 are left of 509.76."""
    whole = electronic(issued_invoice())
    earlier = (Earlier("F-2026-00009", date(2026, 3, 1)),)
    return replace(whole, process="S4", paid=Decimal("100.00"), earlier=earlier)


def credit_note() -> EDocument:
    """50.00 + 10.00 taken back."""
    note = credit(issued_invoice(), "50")
    return electronic(Invoice.objects.with_lines().get(pk=note.pk))


def untaxed(category: str, situation: str, **client: Any) -> EDocument:
    """126.00 on which no VAT is charged."""
    draft = draft_of("126.00", tax_situation=situation, **client)
    ChargeFactory.create(invoice=draft, tax_category=category, tax_rate=Decimal(0), position=1)
    taxed(draft, "126.00", "0", "0", category)
    return electronic(issued(draft))


def reverse_charge() -> EDocument:
    """A German company owes the VAT itself."""
    return untaxed(
        "AE", "reverse_charge", client__german=True, client__invoice_email="bill@client.example"
    )


def small_business() -> EDocument:
    """A firm under article 293 B."""
    LegalEntityFactory.create(is_small_business=True, vat_number="")
    LegalEntity.objects.update(is_small_business=True, vat_number="")
    return untaxed("E", "small_business")


def late_charges() -> EDocument:
    """126.00 of interest and recovery costs, on which there is no VAT at all."""
    return untaxed("O", "outside_scope")


def outside_the_union() -> EDocument:
    """A Swiss company, billed in francs: no VAT, stated in euro as well."""
    return untaxed(
        "O",
        "outside_eu",
        currency="CHF",
        client__swiss=True,
        client__currency="CHF",
        client__invoice_email="facture@client.example",
    )


def paid() -> EDocument:
    """Paid in full on the day of the invoice."""
    invoice = issued_invoice()
    record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MARCH_31, Decimal("509.76")),
        allocations={invoice.pk: Decimal("509.76")},
        actor=None,
    )
    return electronic(Invoice.objects.with_lines().get(pk=invoice.pk))


def collected() -> EDocument:
    """Nobody pays it: it is taken by direct debit."""
    debit = Debit("C0042-20260115", "FR72ZZZ123456", "FR7630006000011234567890189")
    return replace(recurring(), account=None, debit=debit)


KINDS: dict[str, Callable[[], EDocument]] = {
    "time and materials": time_and_materials,
    "flat rate": flat_rate,
    "recurring": recurring,
    "mixed": mixed,
    "two rates": two_rates,
    "discount": discounted,
    "deposit": deposit,
    "after a deposit": after_deposit,
    "credit note": credit_note,
    "reverse charge": reverse_charge,
    "293 B": small_business,
    "late charges": late_charges,
    "foreign currency": outside_the_union,
    "paid": paid,
    "collected": collected,
}
