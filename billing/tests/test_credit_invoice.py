"""Crediting an issued invoice."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from billing.domain.credits import Asked
from billing.models import (
    Allocation,
    Claim,
    Invoice,
    JournalEntry,
    NumberSeries,
    OutboxMessage,
    Payment,
)
from billing.operations._payments import rest_of
from billing.operations.credit_invoice import CreditNotPossible, credit_invoice
from billing.operations.deliver_message import deliver_message
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.queries.books import check_books
from billing.queries.credit import credit_of
from billing.tests.credited import APRIL_8, MARCH_31, balance_of, credit, issued_invoice
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice() -> Invoice:
    return issued_invoice(client__invoice_email="office@customer.example")


def faults() -> dict[str, str | None]:
    return {check.id: check.first for check in check_books() if not check.ok}


def test_a_credit_note_says_what_it_corrects_and_has_its_own_number(
    invoice: Invoice, accountant: User
) -> None:
    note = credit_invoice(
        invoice_id=invoice.pk, asked=Asked(), reason=" Work charged   twice ",
        issued_on=APRIL_8, actor=accountant,
    )  # fmt: skip

    assert (note.number, note.document_kind, note.corrects) == (
        "AV-2026-00001", "credit_note", invoice
    )  # fmt: skip
    assert (note.net, note.tax, note.total) == (
        Decimal("424.80"), Decimal("84.96"), Decimal("509.76")
    )  # fmt: skip
    assert note.reason == "Work charged twice"
    assert (note.seller, note.buyer) == (invoice.seller, invoice.buyer)
    assert [mention["code"] for mention in note.mentions] == ["NAT"]
    assert note.journal_entries.get().recorded_by == accountant


def test_numbers_of_invoices_and_credit_notes_go_on_apart_in_one_chain(invoice: Invoice) -> None:
    credit(invoice, "10.00")
    later = DraftFactory()
    issue_invoices(invoice_ids=[later.pk], issued_on=MARCH_31, actor=None)
    credit(invoice, "10.00")

    numbers = list(Invoice.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == ["F-2026-00001", "AV-2026-00001", "F-2026-00002", "AV-2026-00002"]
    events = list(JournalEntry.objects.order_by("position").values_list("event", flat=True))
    assert events == ["issue", "credit", "issue", "credit"]
    assert {row.document_kind: row.last for row in NumberSeries.objects.all()} == {
        "invoice": 2, "credit_note": 2
    }  # fmt: skip
    assert faults() == {}


def test_credits_lower_what_is_open_until_nothing_is(invoice: Invoice) -> None:
    """509.76 less 100.00 + 20.00 is 389.76."""
    credit(invoice, "100.00")

    assert balance_of(invoice) == Decimal("389.76")
    assert Invoice.objects.open().get() == invoice
    credit(invoice)
    assert balance_of(invoice) == 0
    assert not Invoice.objects.open().exists()
    assert Invoice.objects.settled().get() == invoice
    with pytest.raises(CreditNotPossible, match="Nothing is left of F-2026-00001"):
        credit(invoice)


def test_what_was_paid_already_becomes_the_clients_credit(invoice: Invoice) -> None:
    record_payment(
        client_id=invoice.client_id, receipt=Receipt(APRIL_8, invoice.total),
        allocations={invoice.pk: invoice.total}, actor=None,
    )  # fmt: skip
    note = credit(invoice, "200.00")

    assert balance_of(invoice) == 0
    assert credit_of(invoice.client_id) == {"EUR": Decimal("240.00")}
    standing = Allocation.objects.standing().get()
    assert (standing.amount, standing.note) == (Decimal("269.76"), note.number)
    assert faults() == {}


def test_of_several_payments_the_latest_becomes_credit_first(invoice: Invoice) -> None:
    """400.00 and 109.76 paid, 120.00 credited: 109.76 of the second, 10.24 of the first."""
    for amount in (Decimal(400), Decimal("109.76")):
        record_payment(
            client_id=invoice.client_id, receipt=Receipt(APRIL_8, amount),
            allocations={invoice.pk: amount}, actor=None,
        )  # fmt: skip
    credit(invoice, "100.00")

    rests = [rest_of(one) for one in Payment.objects.with_rest().order_by("pk")]
    assert rests == [Decimal("10.24"), Decimal("109.76")]
    assert (balance_of(invoice), faults()) == (Decimal(0), {})


def test_a_credit_note_is_neither_paid_nor_credited(invoice: Invoice) -> None:
    note = credit(invoice, "200.00")

    with pytest.raises(CreditNotPossible, match="A credit note cannot be credited"):
        credit(note)
    with pytest.raises(PaymentRefused):
        record_payment(
            client_id=note.client_id, receipt=Receipt(APRIL_8, Decimal(1)),
            allocations={note.pk: Decimal(1)}, actor=None,
        )  # fmt: skip


def test_a_line_is_credited_up_to_what_earlier_notes_left(invoice: Invoice) -> None:
    note = credit(invoice, p2="26.00")

    line = note.charges.get()
    assert (line.quantity, line.unit, line.unit_price) == (1, "piece", Decimal(26))
    assert line.credits == invoice.charges.get(position=2)
    with pytest.raises(CreditNotPossible, match=r"Remote, 10 March 2026: only €100\.00 is left"):
        credit(invoice, p2="100.01")
    assert credit(invoice, p2="100.00").total == Decimal("120.00")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 3, 30), "A credit note cannot be older than its invoice."),
        (date(2026, 4, 7), "The last credit note is dated"),
    ],
)
def test_dates_never_go_back(invoice: Invoice, day: date, sentence: str) -> None:
    credit(invoice, "10.00")

    with pytest.raises(CreditNotPossible, match=sentence):
        credit(invoice, "10.00", on=day)


def test_a_draft_and_a_credit_without_reason_are_refused(invoice: Invoice) -> None:
    with pytest.raises(CreditNotPossible, match="A draft is changed or discarded"):
        credit(DraftFactory())
    with pytest.raises(CreditNotPossible, match="says why"):
        credit_invoice(
            invoice_id=invoice.pk, asked=Asked(), reason=" ", issued_on=APRIL_8, actor=None
        )
    assert NumberSeries.objects.count() == 1


def test_the_evidence_stays_on_the_invoice(invoice: Invoice) -> None:
    credit(invoice)

    assert set(Claim.objects.values_list("charge__invoice", "released_at")) == {(invoice.pk, None)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_invoice SET reason = 'x' WHERE document_kind = 'credit_note'",
        "UPDATE billing_invoice SET corrects_id = NULL WHERE document_kind = 'credit_note'",
        "DELETE FROM billing_invoice WHERE document_kind = 'credit_note'",
        "UPDATE billing_charge SET credits_id = NULL WHERE credits_id IS NOT NULL",
        "DELETE FROM billing_charge WHERE credits_id IS NOT NULL",
        "UPDATE billing_taxline SET tax = 0",
        "DELETE FROM billing_journalentry WHERE event = 'credit'",
    ],
)
def test_an_issued_credit_note_cannot_change(invoice: Invoice, statement: str) -> None:
    note = credit(invoice, "100.00")

    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Invoice.objects.get(pk=note.pk).reason == "Work charged twice"


def test_check_books_names_a_credit_note_that_was_altered(invoice: Invoice) -> None:
    note = credit(invoice, "100.00")
    alter("UPDATE billing_invoice SET reason = 'Nothing' WHERE id = %s", note)

    assert faults() == {"I4": "AV-2026-00001"}


def test_check_books_names_a_credit_that_goes_beyond_its_line(invoice: Invoice) -> None:
    note = credit(invoice, "100.00")
    alter(
        "UPDATE billing_charge SET amount = amount + 300, unit_price = unit_price + 300"
        " WHERE invoice_id = %s AND position = 2",
        note,
    )

    assert faults()["I5"] == "AV-2026-00001"


def alter(statement: str, note: Invoice) -> None:
    """Change a row as a superuser can who switches the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, [note.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_the_client_gets_the_credit_note_by_mail_in_its_language() -> None:
    invoice = issued_invoice(client__invoice_email="office@customer.example", client__language="fr")
    note = credit(invoice, "100.00")
    for message in OutboxMessage.objects.filter(invoice=note).order_by("-kind"):
        deliver_message(message_id=message.pk, now=timezone.now())

    [sent] = mail.outbox
    assert sent.subject.startswith("Avoir AV-2026-00001")
    assert "corrige notre facture F-2026-00001" in " ".join(str(sent.body).split())
    assert "Work charged twice" in str(sent.body)
    with note.documents.get().file.open("rb") as file:
        assert file.read(5) == b"%PDF-"
