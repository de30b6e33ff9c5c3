"""Direct debits in the browser: mandates, a batch from proposal to return, what refuses."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from billing.standing import balance_of
from billing.tests.bank import words
from billing.tests.factories import DraftFactory
from clients.models import Client, Mandate
from clients.tests.factories import ClientFactory
from payments.models import DebitBatch, DirectDebit
from payments.tests.cast import DEBTOR_IBAN, DUE, NOW, collect, creditor, mandate, owed, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def paper_of(client: Client, **said: object) -> dict[str, object]:
    """What a person types from the signed paper."""
    entity = creditor()
    typed = {"client": client.pk, "legal_entity": entity.pk, "iban": DEBTOR_IBAN}
    return {**typed, "signed_on": "2026-01-15", "scheme": "CORE", "notice_days": "14", **said}


def test_a_mandate_is_recorded_shown_and_revoked(as_accountant: Browser) -> None:
    client = DraftFactory().client

    answer = as_accountant.post(
        reverse("payments:mandate-create"), paper_of(client, reference="RUM-7"), follow=True
    )

    assert "Mandate RUM-7 is in force." in words(answer)
    assert "FR76 •••• 0189" in words(answer)
    assert DEBTOR_IBAN not in answer.content.decode()
    made = Mandate.objects.get()
    assert "RUM-7" in words(as_accountant.get(reverse("payments:mandates")))
    assert "RUM-7" in words(as_accountant.get(reverse("payments:of-client", args=[client.pk])))
    day = {"ended_on": "2026-04-20", "note": "by mail"}
    as_accountant.post(reverse("payments:mandate-end", args=[made.pk]), day)
    made.refresh_from_db()
    assert (made.ended_on, made.end_reason) == (date(2026, 4, 20), "revoked")


def test_a_wrong_account_number_is_told_at_its_field_and_loses_nothing(
    as_accountant: Browser,
) -> None:
    client = ClientFactory()
    typed = paper_of(client, iban="FR7630006000011234567890188", debtor="Mme Durand")

    answer = as_accountant.post(reverse("payments:mandate-create"), typed)

    assert answer.status_code == 422
    assert "This is not a valid IBAN" in words(answer)
    assert 'value="Mme Durand"' in answer.content.decode()
    assert not Mandate.objects.exists()


def test_a_batch_goes_from_proposal_to_the_bank_and_is_booked(as_accountant: Browser) -> None:
    invoice = owed()
    new = reverse("payments:batch-create")
    which = {"scheme": "CORE", "collect_on": DUE.isoformat()}
    shown = words(as_accountant.get(new, which))
    assert "1 invoice, €509.76" in shown
    assert "announced on the invoice" in shown

    as_accountant.post(new, {**which, "selected": invoice.pk}, follow=True)

    batch = DebitBatch.objects.get()
    file = reverse("payments:batch-file", args=[batch.pk])
    assert as_accountant.get(file).status_code == 302
    as_accountant.post(reverse("payments:batch-send", args=[batch.pk]))
    assert b"<CtrlSum>509.76</CtrlSum>" in as_accountant.get(file).content
    book = reverse("payments:batch-book", args=[batch.pk])
    too_early = as_accountant.post(book, {"booked_on": "2026-04-29"})
    assert too_early.status_code == 422
    assert "It cannot be booked before the day of the collection." in words(too_early)
    as_accountant.post(book, {"booked_on": "2026-04-30"})
    assert balance_of(Invoice.objects.with_balance().get()) == Decimal("0.00")
    assert "booked" in words(as_accountant.get(reverse("payments:batches")))


def test_a_return_typed_by_hand_opens_the_invoice_and_says_why(as_accountant: Browser) -> None:
    batch = sent(owed())
    debit = DirectDebit.objects.get()
    said = {"returned_on": "2026-05-04", "code": "AM04", "note": ""}

    answer = as_accountant.post(
        reverse("payments:debit-return", args=[debit.pk]), said, follow=True
    )

    assert answer.redirect_chain[-1][0] == batch.get_absolute_url()
    assert "AM04: not enough money in the account" in words(answer)
    assert balance_of(Invoice.objects.with_balance().get()) == Decimal("509.76")


def test_a_day_without_banks_is_refused_at_its_field(as_accountant: Browser) -> None:
    invoice = owed()
    asked = {"scheme": "CORE", "collect_on": "2026-05-01", "selected": invoice.pk}

    answer = as_accountant.post(reverse("payments:batch-create"), asked)

    assert answer.status_code == 422
    assert "On this day banks move no money." in words(answer)
    assert not DebitBatch.objects.exists()


def test_a_cancelled_batch_has_no_file(as_accountant: Browser) -> None:
    batch = collect(owed())

    as_accountant.post(reverse("payments:batch-cancel", args=[batch.pk]))

    answer = as_accountant.get(reverse("payments:batch-file", args=[batch.pk]), follow=True)
    assert "Hand the batch over first" in words(answer)


def test_clients_see_their_mandate_and_what_is_collected_and_pay_nothing_else(
    client_contact: User, sign_in: Any
) -> None:
    client: Client = client_contact.contact.client
    mandate(client)
    invoice = owed(client)
    collect(invoice)

    browser = sign_in(client_contact)
    payments = words(browser.get(reverse("portal:payments")))
    page = words(browser.get(reverse("portal:invoice", args=[invoice.pk])))

    assert "Your direct debit mandate" in payments
    assert "Will be collected" in payments
    assert "FR76 •••• 0189" in payments
    assert DEBTOR_IBAN not in payments
    assert "€509.76 is collected on" in page
    assert "Transfer to" not in page
