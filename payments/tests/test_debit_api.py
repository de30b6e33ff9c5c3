"""Direct debits for programs, and what workers do for them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client as Browser

from accounts.models import User
from billing.models import Invoice, ReversalReason
from billing.operations._payments import Withdrawal
from billing.operations.reverse_payment import reverse_payment
from billing.standing import balance_of
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from payments.models import DebitBatch, DirectDebit
from payments.operations.book_debits import book_debits
from payments.tasks import deliver_notices, prepare_batches, sweep_debits
from payments.tests.cast import DEBTOR_IBAN, DUE, NOW, collect, creditor, mandate, owed, sent

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_program_records_a_mandate_and_reads_no_whole_account(as_accountant: Browser) -> None:
    creditor()
    said = {"client": ClientFactory().pk, "iban": DEBTOR_IBAN, "signed_on": "2026-01-15"}

    made = as_accountant.post("/api/v1/mandates/", said, content_type=JSON)

    assert made.status_code == 201, made.content
    assert made.json()["iban_masked"] == "FR76 •••• 0189"
    assert DEBTOR_IBAN not in made.content.decode()
    wrong = as_accountant.post("/api/v1/mandates/", {**said, "iban": "FR00"}, content_type=JSON)
    assert wrong.status_code == 409
    error = wrong.json()["error"]
    assert (error["code"], list(error["fields"])) == ("refused", ["iban"])
    assert error["message"].startswith("This is not a valid IBAN")


def test_a_program_proposes_makes_sends_and_books_a_batch(as_accountant: Browser) -> None:
    invoice, base = owed(), "/api/v1/debit-batches/"
    asked = {"scheme": "CORE", "collect_on": DUE.isoformat()}
    [proposal] = as_accountant.get(f"{base}proposals/", asked).json()
    assert (proposal["invoice"], proposal["amount"]) == (invoice.pk, "509.76")

    made = as_accountant.post(base, {**asked, "invoices": [invoice.pk]}, content_type=JSON).json()

    one = f"{base}{made['id']}/"
    assert as_accountant.post(f"{one}send/").json()["state"] == "sent"
    assert b"<CtrlSum>509.76</CtrlSum>" in as_accountant.get(f"{one}file/").content
    booked = as_accountant.post(f"{one}book/", {"booked_on": "2026-04-30"}, content_type=JSON)
    assert booked.json()["state"] == "booked"
    [debit] = as_accountant.get("/api/v1/direct-debits/").json()["results"]
    back = {"returned_on": "2026-05-04", "code": "AM04"}
    take = f"/api/v1/direct-debits/{debit['id']}/take-back/"
    assert as_accountant.post(take, back, content_type=JSON).json()["state"] == "returned"
    assert balance_of(Invoice.objects.with_balance().get()) == Decimal("509.76")


def test_clients_read_their_own_debits_alone(
    client_contact: User, outsider: User, sign_in: Any
) -> None:
    mandate(client_contact.contact.client)
    collect(owed(client_contact.contact.client))

    theirs = sign_in(client_contact).get("/api/v1/direct-debits/").json()
    others = sign_in(outsider).get("/api/v1/direct-debits/").json()

    assert (theirs["count"], others["count"]) == (1, 0)


def test_the_announcement_by_mail_goes_out_once() -> None:
    client = ClientFactory(invoice_email="books@alpha.example")
    invoice = owed(client)
    mandate(client)
    collect(invoice, on=DUE.replace(month=5, day=4))

    deliver_notices()
    sweep_debits()

    [sent_mail] = mail.outbox
    assert sent_mail.to == ["books@alpha.example"]
    assert invoice.number in sent_mail.subject
    assert "FR76 •••• 0189" in sent_mail.body
    assert DEBTOR_IBAN not in sent_mail.body


def test_a_payment_reversed_on_its_own_page_is_noted_on_its_debit(accountant: User) -> None:
    batch = sent(owed())
    book_debits(batch_id=batch.pk, booked_on=DUE, actor=accountant)
    debit = DirectDebit.objects.get()
    withdrawal = Withdrawal(DUE, ReversalReason.BOUNCED, "")
    assert debit.payment_id
    reverse_payment(payment_id=debit.payment_id, withdrawal=withdrawal, actor=accountant)

    sweep_debits()

    debit.refresh_from_db()
    assert debit.returned_on == DUE


def test_what_is_due_is_prepared_by_itself_but_not_what_came_back() -> None:
    owed()
    LegalEntity.objects.update(makes_debit_batches=True)
    with time_machine.travel("2026-04-28T08:00:00Z", tick=False):
        prepare_batches()
        prepare_batches()

    batch = DebitBatch.objects.get()

    assert (batch.collect_on, batch.sent_at) == (DUE, None)
