"""Statements of account, worked out by hand.

Alpha is invoiced 509.76 on 31 March 2026, due on 30 April; 120.00 are credited on 8 April, 300.00
paid on 20 April, and 100.00 on account on 5 May.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from billing.models import Invoice
from billing.operations._payments import Withdrawal
from billing.operations.reverse_payment import reverse_payment
from billing.tests.credited import credit
from clients.models import Client
from collecting.domain.statement import Move, MoveKind, state_account
from collecting.models import SentStatement
from collecting.queries.statements import CurrencyStatement, statements_of
from collecting.statement_paper import statement_said
from collecting.tasks import deliver_due_mails
from collecting.tests.dunned import late_invoice, pay

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 8, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client(client_contact: User) -> Client:
    invoice = late_invoice(client_contact.contact.client)
    credit(invoice, "100")
    pay(invoice, "300", date(2026, 4, 20))
    pay(invoice, "100", date(2026, 5, 5), allocated=False)
    return invoice.client


def stated(client: Client, first: date, last: date) -> CurrencyStatement:
    zone = Invoice.objects.all()[0].legal_entity.zone
    [one] = statements_of(client, first, last, zone)
    return one


def test_an_account_is_stated_with_what_was_owed_after_each_move(client: Client) -> None:
    """509.76 - 120.00 - 300.00 = 89.76 open, 100.00 on account: the firm owes 10.24."""
    one = stated(client, date(2026, 3, 1), date(2026, 5, 31)).statement

    assert (one.opening, one.closing) == (D("0.00"), D("-10.24"))
    assert [(line.move.kind.value, line.move.amount, line.balance) for line in one.lines] == [
        ("invoice", D("509.76"), D("509.76")),
        ("credit_note", D("-120.00"), D("389.76")),
        ("payment", D("-300.00"), D("89.76")),
        ("payment", D("-100.00"), D("-10.24")),
    ]
    assert (one.open, one.credit) == (D("89.76"), D("100.00"))
    # 31 May is 31 days after the due day.
    assert one.parts == (D(0), D(0), D("89.76"), D(0), D(0))


def test_one_statement_opens_with_what_the_one_before_closed_with(client: Client) -> None:
    march = stated(client, date(2026, 3, 1), date(2026, 3, 31)).statement
    april = stated(client, date(2026, 4, 1), date(2026, 4, 30)).statement
    may = stated(client, date(2026, 5, 1), date(2026, 5, 31)).statement

    assert march.closing == april.opening == D("509.76")
    assert april.closing == may.opening == D("89.76")
    assert (march.parts[0], april.parts[0], april.credit) == (D("509.76"), D("89.76"), D(0))


def test_a_payment_that_bounced_stands_twice_and_counts_not_at_all(client: Client) -> None:
    payment = client.payments.get(amount=300)
    reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(date(2026, 5, 12)), actor=None)

    before = stated(client, date(2026, 1, 1), date(2026, 5, 11)).statement
    after = stated(client, date(2026, 1, 1), date(2026, 5, 31)).statement

    assert (before.closing, before.open) == (D("-10.24"), D("89.76"))
    assert (after.closing, after.open) == (D("289.76"), D("389.76"))
    assert after.lines[-1].move.kind == MoveKind.PAYMENT_REVERSED


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-999, 999)), max_size=9))
def test_the_parts_of_a_span_add_up_to_the_whole(moved: list[tuple[int, int]]) -> None:
    moves = [
        Move(date.fromordinal(739_000 + day), MoveKind.INVOICE, "", D(cents) / 100, n)
        for n, (day, cents) in enumerate(moved)
    ]
    first, middle, last = (date.fromordinal(739_000 + day) for day in (5, 20, 35))
    whole = state_account(moves, [], first, last)
    one = state_account(moves, [], first, middle)
    two = state_account(moves, [], date.fromordinal(739_021), last)

    assert (one.opening, one.closing, two.closing) == (whole.opening, two.opening, whole.closing)
    assert len(one.lines) + len(two.lines) == len(whole.lines)


def test_the_desk_shows_and_sends_it_once(as_accountant: Browser, client: Client) -> None:
    address = reverse("collecting:statement", args=[client.pk])
    days = {"first_on": "2026-03-01", "last_on": "2026-05-31"}
    page = as_accountant.get(address, days)
    wrong = as_accountant.get(address, {"first_on": "2026-05-31", "last_on": "2026-03-01"})
    for _n in range(2):
        as_accountant.post(reverse("collecting:statement-send", args=[client.pk]), days)
    deliver_due_mails()

    assert "-€10.24" in page.content.decode()
    assert wrong.status_code == 422
    [sent] = mail.outbox
    assert sent.to == ["accounts@alpha.example"]
    name, content, kind = sent.attachments[0]
    assert (name, kind) == ("ALPHA-20260301-20260531.pdf", "application/pdf")
    assert content.startswith(b"%PDF")
    assert SentStatement.objects.get().recipients == "accounts@alpha.example"


def test_a_client_sees_its_own_account_in_the_portal(
    client: Client, client_contact: User, sign_in: Any
) -> None:
    browser = sign_in(client_contact)
    page = browser.get(reverse("portal:statement"))
    file = browser.get(reverse("portal:statement-pdf"), {"first_on": "2026-03-01", "last_on": ""})

    assert "€509.76" in page.content.decode()
    assert file.content.startswith(b"%PDF")


def test_programs_read_an_account(as_accountant: Browser, client: Client) -> None:
    asked: Any = {"client": client.pk, "first_on": "2026-05-01", "last_on": "2026-05-31"}
    [one] = as_accountant.get("/api/v1/account-statements/of-client/", asked).json()
    sent = as_accountant.post("/api/v1/account-statements/", asked, "application/json")

    assert (one["opening"], one["closing"], one["credit"]) == ("89.76", "-10.24", "100.00")
    assert [line["amount"] for line in one["lines"]] == ["-100.00"]
    assert sent.status_code == 201


def test_the_paper_is_in_the_clients_language_whoever_asks_for_it(client: Client) -> None:
    entity = Invoice.objects.all()[0].legal_entity
    entity.iban = "FR1420041010050500013M02606"

    paper = statement_said(client, entity, date(2026, 3, 1), date(2026, 4, 30), "fr")

    assert [row["what"] for row in paper["parts"][0]["rows"]][-1] == "Paiement · virement"
    assert paper["pay"][1] == ("IBAN", "FR14 2004 1010 0505 0001 3M02 606")
