"""What the database itself refuses once an invoice is issued, whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from billing.models import Charge, Claim, Invoice, InvoiceDocument
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import ChargeFactory, DraftFactory
from tickets.models import TimeEntry
from tickets.tests.factories import (
    FlatRateItemFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

pytestmark = pytest.mark.django_db
RESTRICTED = "23001"


@pytest.fixture
def invoice() -> Invoice:
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    InvoiceDocument.objects.create(invoice=draft, file="x.pdf", sha256="0" * 64)
    return Invoice.objects.get(pk=draft.pk)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_invoice SET total = total + 1, net = net + 1",
        "UPDATE billing_invoice SET status = 'draft', number = '', issued_on = null, hash = ''",
        "DELETE FROM billing_invoice",
        "UPDATE billing_charge SET description = 'x'",
        "UPDATE billing_charge SET invoice_id = NULL, position = NULL",
        "DELETE FROM billing_charge",
        (
            "INSERT INTO billing_charge SELECT (jsonb_populate_record(c, '{\"id\": 999}')).*"
            " FROM billing_charge c LIMIT 1"
        ),
        "UPDATE billing_taxline SET tax = 0",
        "DELETE FROM billing_taxline",
        (
            "INSERT INTO billing_taxline (invoice_id, category, rate, base, tax)"
            " SELECT id, 'Z', 0, 0, 0 FROM billing_invoice"
        ),
        "UPDATE billing_claim SET released_at = now()",
        "DELETE FROM billing_claim",
        "UPDATE billing_journalentry SET hash = 'x'",
        "DELETE FROM billing_journalentry",
        "UPDATE billing_invoicedocument SET sha256 = 'x'",
        "DELETE FROM billing_invoicedocument",
    ],
)
def test_raw_sql_cannot_touch_an_issued_document(invoice: Invoice, statement: str) -> None:
    with pytest.raises((IntegrityError, InternalError)):
        run(statement)

    assert Invoice.objects.get() == invoice
    assert Charge.objects.filter(invoice=invoice).count() == 2


def test_billed_work_can_neither_change_nor_go(invoice: Invoice) -> None:
    for statement in (
        "UPDATE tickets_timeentry SET minutes = 91",
        "UPDATE tickets_timeentry SET is_billable = false",
        "UPDATE tickets_timeentry SET technician_id = technician_id + 1",
        "UPDATE tickets_ticket SET client_id = client_id + 1",
    ):
        with pytest.raises(IntegrityError, match="billed evidence: F-2026-00001") as refusal:
            run(statement)
        assert refusal.value.__cause__.pgcode == RESTRICTED  # type: ignore[union-attr]  # PostgreSQL gives its code


def test_the_note_of_billed_work_may_still_be_corrected(invoice: Invoice) -> None:
    TimeEntry.objects.filter(claims__charge__invoice=invoice).update(note="Put more clearly.")

    assert TimeEntry.objects.get().note == "Put more clearly."


def test_work_on_a_draft_may_still_change() -> None:
    draft = DraftFactory()

    TimeEntry.objects.filter(claims__charge__invoice=draft).update(minutes=120)

    assert TimeEntry.objects.get().minutes == 120


def test_work_that_was_settled_without_an_invoice_stays_too() -> None:
    entry = TimeEntryFactory()
    ChargeFactory(settled=True, entry=entry, client=entry.ticket.client)

    with pytest.raises(IntegrityError, match="billed evidence: settled"):
        run("UPDATE tickets_timeentry SET minutes = 91")


def test_billed_parts_and_flat_rates_stay(invoice: Invoice) -> None:
    ticket = TicketFactory(client=invoice.client)
    part, flat = PartUsedFactory(ticket=ticket), FlatRateItemFactory(ticket=ticket)
    charge = ChargeFactory(settled=True, client=invoice.client, ticket=ticket, claim=False)
    Claim.objects.create(charge=charge, part_used=part)
    Claim.objects.create(charge=charge, flat_rate_item=flat)

    for statement in (
        "UPDATE tickets_partused SET quantity = 2",
        "UPDATE tickets_flatrateitem SET price = 1",
    ):
        with pytest.raises(IntegrityError, match="billed evidence: settled"):
            run(statement)
