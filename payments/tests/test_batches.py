"""Batches of direct debits: what is in them, when, and once only."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from billing.einvoice.document import Debit
from billing.einvoice.reading import electronic
from billing.models import Invoice, Payment, Reversal
from billing.operations._payments import rest_of
from billing.operations.record_payment import Receipt, record_payment
from billing.paper import paper_of
from billing.standing import balance_of
from clients.models import Client, MandateEnd
from payments.models import DebitNotice, DirectDebit
from payments.operations.book_debits import book_debits
from payments.operations.cancel_batch import cancel_batch
from payments.operations.make_batch import DebitRefused
from payments.operations.return_debit import Return, return_debit
from payments.operations.send_batch import send_batch
from payments.tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
MAY_5 = date(2026, 5, 5)


def balance(invoice: Invoice) -> Decimal:
    return balance_of(Invoice.objects.with_balance().get(pk=invoice.pk))


def test_an_invoice_says_when_and_by_which_mandate_it_is_collected() -> None:
    invoice = cast.owed()

    [mention] = [one for one in invoice.mentions if one["code"] == "PAI"]

    reference = invoice.client.mandates.get().reference
    for said in ("509,76", "30 avr. 2026", reference, cast.IDENTIFIER, "FR76 •••• 0189"):
        assert said in mention["text"].replace("\u202f", " "), mention["text"]


def test_a_batch_collects_what_is_open_once() -> None:
    invoice = cast.owed()
    batch = cast.collect(invoice)

    with pytest.raises(DebitRefused, match=batch.reference):
        cast.collect(invoice)

    debit = batch.debits.get()
    assert (debit.amount, debit.sequence) == (Decimal("509.76"), "FRST")
    assert (batch.total, batch.debit_count) == (Decimal("509.76"), 1)
    assert DirectDebit.objects.count() == 1


def test_the_database_itself_refuses_a_second_live_debit_of_an_invoice() -> None:
    first = cast.collect(cast.owed()).debits.get()
    first.pk, first.end_to_end_id = None, "ANOTHER"

    with pytest.raises(IntegrityError, match="one_live"), transaction.atomic():
        first.save(force_insert=True)


def test_a_cancelled_batch_frees_its_invoices_and_their_first_collection() -> None:
    invoice = cast.owed()
    cancel_batch(batch_id=cast.collect(invoice).pk, now=cast.NOW)

    again = cast.collect(invoice)

    assert again.debits.get().sequence == "FRST"
    assert again.reference.endswith("-00002")


def test_what_the_bank_has_is_not_cancelled() -> None:
    batch = cast.sent(cast.owed())

    with pytest.raises(DebitRefused, match="cannot be cancelled"):
        cancel_batch(batch_id=batch.pk, now=cast.NOW)

    assert batch.debits.live().count() == 1


def test_what_was_paid_after_the_file_was_made_is_not_sent() -> None:
    invoice = cast.owed()
    batch = cast.collect(invoice)
    share = {invoice.pk: Decimal("9.76")}
    receipt = Receipt(cast.TODAY, Decimal("9.76"))
    record_payment(client_id=invoice.client_id, receipt=receipt, allocations=share, actor=None)

    with pytest.raises(DebitRefused, match="was paid, disputed or lost its mandate"):
        send_batch(batch_id=batch.pk, now=cast.NOW, today=cast.TODAY, actor=None)

    batch.refresh_from_db()
    assert batch.sent_at is None


def test_a_batch_is_booked_once_however_often_it_is_asked() -> None:
    invoice = cast.owed()
    batch = cast.sent(invoice)
    book_debits(batch_id=batch.pk, booked_on=cast.DUE, actor=None)

    with pytest.raises(DebitRefused, match="Nothing of this batch"):
        book_debits(batch_id=batch.pk, booked_on=cast.DUE, actor=None)

    payment = Payment.objects.get()
    assert (payment.amount, payment.method) == (Decimal("509.76"), "direct_debit")
    assert payment.reference == batch.debits.get().end_to_end_id
    assert balance(invoice) == 0


def test_what_was_paid_otherwise_meanwhile_becomes_credit() -> None:
    invoice = cast.owed()
    batch = cast.sent(invoice)
    receipt = Receipt(cast.TODAY, Decimal("100.00"))
    shares = {invoice.pk: Decimal("100.00")}
    record_payment(client_id=invoice.client_id, receipt=receipt, allocations=shares, actor=None)

    book_debits(batch_id=batch.pk, booked_on=cast.DUE, actor=None)

    rests = {(one.amount, rest_of(one)) for one in Payment.objects.with_rest()}
    assert rests == {(Decimal("100.00"), 0), (Decimal("509.76"), Decimal("100.00"))}
    assert balance(invoice) == 0


def test_a_return_opens_the_invoice_again_and_leaves_the_mandate_for_want_of_money() -> None:
    invoice = cast.owed()
    debit = cast.sent(invoice).debits.get()
    book_debits(batch_id=debit.batch_id, booked_on=cast.DUE, actor=None)

    return_debit(debit_id=debit.pk, said=Return(MAY_5, "AM04"), actor=None)

    debit.refresh_from_db()
    assert (debit.return_code, debit.returned_on) == ("AM04", MAY_5)
    assert balance(invoice) == Decimal("509.76")
    assert Reversal.objects.get().note == "AM04"
    assert debit.mandate.ended_on is None


@pytest.mark.parametrize("code", ["MD01", "AC04"])
def test_a_reason_that_lies_in_the_mandate_stops_it_until_another_is_signed(code: str) -> None:
    invoice = cast.owed()
    debit = cast.sent(invoice).debits.get()
    return_debit(debit_id=debit.pk, said=Return(MAY_5, code), actor=None)
    stopped = debit.mandate
    stopped.refresh_from_db()

    with pytest.raises(DebitRefused, match="no mandate in force"):
        cast.collect(invoice, on=date(2026, 5, 20))
    cast.mandate(invoice.client)

    assert (stopped.end_reason, stopped.ended_on) == (MandateEnd.RETURNED, MAY_5)
    assert cast.collect(invoice, on=date(2026, 5, 20)).debits.get().sequence == "FRST"


def test_one_that_came_back_before_it_was_booked_brings_no_payment() -> None:
    invoice, other = cast.owed(), cast.owed()
    batch = cast.sent(invoice, other)
    return_debit(
        debit_id=batch.debits.get(invoice=invoice).pk, said=Return(MAY_5, "AM04"), actor=None
    )

    book_debits(batch_id=batch.pk, booked_on=MAY_5, actor=None)

    assert Payment.objects.get().client_id == other.client_id
    assert (balance(invoice), balance(other)) == (Decimal("509.76"), 0)


def test_the_second_collection_by_a_mandate_is_recurrent_and_the_last_is_final() -> None:
    first = cast.owed()
    second = cast.owed(first.client)
    cast.sent(first)

    assert cast.collect(second).debits.get().sequence == "RCUR"
    third = cast.owed(first.client)
    Client.objects.filter(pk=first.client_id).update(lost_on=date(2026, 4, 30))
    assert cast.collect(third).debits.get().sequence == "FNAL"


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2026, 5, 1), "banks move no money"),
        (date(2026, 5, 2), "banks move no money"),
        (date(2026, 4, 29), "may be collected from 30"),
    ],
)
def test_nothing_is_collected_before_it_is_due_or_when_banks_are_closed(on: date, why: str) -> None:
    invoice = cast.owed()

    with pytest.raises(DebitRefused, match=why):
        cast.collect(invoice, on=on)

    assert not DirectDebit.objects.exists()


def test_an_invoice_from_before_the_mandate_is_announced_by_mail_and_waits_its_days() -> None:
    client = cast.owed().client
    client.mandates.all().delete()
    Client.objects.filter(pk=client.pk).update(pays_by_direct_debit=False)
    invoice = cast.owed(client)
    cast.mandate(client)

    with pytest.raises(DebitRefused, match="announced 14 days before"):
        cast.collect(invoice, on=date(2026, 4, 30))
    debit = cast.collect(invoice, on=date(2026, 5, 4)).debits.get()

    assert DebitNotice.objects.get().debit == debit


def test_an_invoice_that_is_collected_asks_nobody_to_pay_on_paper_or_by_program() -> None:
    invoice = Invoice.objects.with_lines().get(pk=cast.owed().pk)

    paper = paper_of(invoice)

    document = electronic(invoice)
    reference = invoice.client.mandates.get().reference
    assert (paper["slip"], document.account) == ("", None)
    assert document.debit == Debit(reference, cast.IDENTIFIER, cast.DEBTOR_IBAN)
    assert [label for label, _text in paper["payment"]] == ["Paiement", "Référence"]
