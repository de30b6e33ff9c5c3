"""Disputing a line of an invoice on the desk, in the portal and through the API.

The invoice is 12 x 24.90 = 298.80 and 1.5 h x 84.00 = 126.00, at 20 %: 358.56 and 151.20 with tax.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Charge, Invoice
from billing.tests.credited import issued_invoice
from collecting.models import CollectingMail, Dispute, DisputeGround, DisputeState
from collecting.operations.open_dispute import DisputeRefused, Objection, open_dispute
from collecting.queries.disputed import disputed_amounts

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 4, 8, 10, tzinfo=UTC)
OBJECTION = Objection(DisputeGround.NOT_ORDERED, "Nobody asked for this")


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def invoice(client_contact: User) -> Invoice:
    return issued_invoice(client=client_contact.contact.client)


@pytest.fixture
def work(invoice: Invoice) -> Charge:
    return invoice.charges.get(position=2)


@pytest.fixture
def dispute(work: Charge, client_contact: User) -> Dispute:
    return open_dispute(line_id=work.pk, objection=OBJECTION, actor=client_contact, now=NOON)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_client_disputes_a_line_in_the_portal(
    work: Charge, client_contact: User, sign_in: Any
) -> None:
    browser = sign_in(client_contact)
    address = reverse("portal:line-dispute", args=[work.pk])
    asked = browser.get(address)
    answer = browser.post(address, {"ground": "quantity", "body": "It took an hour"})

    assert asked.status_code == 200
    found = Dispute.objects.get()
    assert answer.headers["Location"] == reverse("portal:dispute", args=[found.pk])
    assert disputed_amounts() == {work.invoice_id: Decimal("151.20")}
    shown = words(browser.get(answer.headers["Location"]))
    assert "It took an hour" in shown
    assert "€151.20" in shown


def test_the_page_of_the_invoice_in_the_portal_names_its_disputes(
    dispute: Dispute, client_contact: User, sign_in: Any
) -> None:
    page = sign_in(client_contact).get(reverse("portal:invoice", args=[dispute.invoice_id]))

    assert page.status_code == 200
    assert reverse("portal:dispute", args=[dispute.pk]) in words(page)


def test_every_page_of_the_desk_opens(as_accountant: Browser, dispute: Dispute) -> None:
    addresses = [
        reverse("collecting:disputes"),
        reverse("collecting:dispute", args=[dispute.pk]),
        reverse("collecting:disputes-of-invoice", args=[dispute.invoice_id]),
        reverse("collecting:dispute-create", args=[dispute.invoice_id]),
        reverse("billing:invoice", args=[dispute.invoice_id]),
    ]

    pages = [as_accountant.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * 5
    assert "€151.20" in words(pages[1])
    assert "Nobody asked for this" in words(pages[1])


def test_crediting_twice_credits_once(as_accountant: Browser, dispute: Dispute) -> None:
    """26.00 of 126.00 without tax: 31.20 with it."""
    address = reverse("collecting:dispute-credit", args=[dispute.pk])
    form = {"amount": "26.00", "reason": "Half an hour too much", "issued_on": "2026-04-08"}
    first, second = as_accountant.post(address, form), as_accountant.post(address, form)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "This dispute has ended: settled by a credit note." in words(second)
    note = Invoice.objects.get(document_kind="credit_note")
    dispute.refresh_from_db()
    assert note.total == Decimal("31.20")
    assert (dispute.state, dispute.credit_note) == (DisputeState.CREDITED, note)
    assert disputed_amounts() == {}


def test_a_credit_that_is_refused_leaves_the_dispute_open(
    as_accountant: Browser, dispute: Dispute
) -> None:
    address = reverse("collecting:dispute-credit", args=[dispute.pk])
    form = {"amount": "126.01", "reason": "All of it", "issued_on": "2026-04-08"}
    answer = as_accountant.post(address, form)

    assert answer.status_code == 422
    assert 'value="126.01"' in words(answer)
    dispute.refresh_from_db()
    assert dispute.is_open
    assert not Invoice.objects.filter(document_kind="credit_note").exists()


def test_an_answer_and_a_release_each_write_one_mail(
    as_accountant: Browser, dispute: Dispute
) -> None:
    said = as_accountant.post(
        reverse("collecting:dispute-answer", args=[dispute.pk]), {"body": "We look into it"}
    )
    ended = as_accountant.post(
        reverse("collecting:dispute-release", args=[dispute.pk]), {"answer": "See the times"}
    )

    assert (said.status_code, ended.status_code) == (302, 302)
    kinds = CollectingMail.objects.order_by("pk").values_list("kind", "is_to_client")
    assert list(kinds) == [
        ("dispute_opened", False),
        ("dispute_answered", True),
        ("dispute_ended", True),
    ]


def test_a_line_is_disputed_once_at_a_time(
    dispute: Dispute, work: Charge, client_contact: User
) -> None:
    with pytest.raises(DisputeRefused, match="This line is disputed already"):
        open_dispute(line_id=work.pk, objection=OBJECTION, actor=client_contact, now=NOON)


def test_the_line_of_another_client_is_not_found_in_the_portal(
    client_contact: User, sign_in: Any
) -> None:
    line = issued_invoice().charges.get(position=2)
    browser = sign_in(client_contact)
    address = reverse("portal:line-dispute", args=[line.pk])

    answers = [browser.get(address), browser.post(address, {"ground": "price", "body": "Dear"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Dispute.objects.exists()


def test_programs_read_disputes(as_accountant: Browser, dispute: Dispute) -> None:
    [row] = as_accountant.get("/api/v1/disputes/").json()["results"]

    assert row["amount"] == "151.20"
    assert [message["body"] for message in row["messages"]] == ["Nobody asked for this"]


def test_a_reply_to_an_ended_dispute_is_refused_in_words(
    as_accountant: Browser, dispute: Dispute, client_contact: User, sign_in: Any
) -> None:
    as_accountant.post(reverse("collecting:dispute-withdraw", args=[dispute.pk]))
    answer = sign_in(client_contact).post(
        reverse("portal:dispute-reply", args=[dispute.pk]), {"body": "And another thing"}
    )

    assert answer.status_code == 422
    assert "This dispute has ended: withdrawn by the client." in words(answer)
    assert dispute.messages.count() == 1
