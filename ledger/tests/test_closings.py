"""Closed periods: sealed with their totals, and nothing is dated into them any more.

The invoice is 424.80 net, 509.76 in all, of 31 March 2026.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Closing, Invoice, JournalEntry, Payment
from billing.operations.close_period import ClosingRefused, Ending
from billing.operations.credit_invoice import CreditNotPossible
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.write_off_invoice import Loss, WriteOffRefused, write_off_invoice
from billing.tests.credited import credit, issued_invoice
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from ledger.closing import close_books
from ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
MARCH_31, APRIL_8, MAY_20 = date(2026, 3, 31), date(2026, 4, 8), date(2026, 5, 20)
CLOSED = "The books are closed through 30 Apr 2026; use a later date."
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def close(invoice: Invoice, kind: str = "month", last: date = date(2026, 4, 30)) -> Closing:
    entity = invoice.legal_entity
    return close_books(entity=entity, ending=Ending(kind, last), today=MAY_20, actor=None)


def pay(invoice: Invoice, on: date, amount: str = "200.00", share: str = "200.00") -> Payment:
    return record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(on, Decimal(amount), reference="VIR 7"),
        allocations={invoice.pk: Decimal(share)} if share else {},
        actor=None,
    )


def test_a_month_is_closed_with_its_totals_and_those_since_the_first_document() -> None:
    invoice = issued_invoice()
    pay(invoice, APRIL_8)
    credit(invoice, "100.00", on=APRIL_8)

    closing = close(invoice)

    sums = closing.totals["EUR"]
    assert (closing.starts_on, closing.last_day_on) == (date(2026, 4, 1), date(2026, 4, 30))
    assert (sums["invoiced"], sums["credited"], sums["received"]) == ("0.00", "120.00", "200.00")
    assert (sums["perpetual_invoiced_net"], sums["perpetual_invoiced_tax"]) == ("424.80", "84.96")
    assert sums["perpetual_invoiced"] == "509.76"
    assert JournalEntry.objects.latest("position").closing == closing


def test_all_of_a_period_is_booked_before_it_is_closed() -> None:
    close(issued_invoice())

    assert Entry.objects.get().day == MARCH_31


def test_a_period_is_not_closed_while_something_of_it_waits() -> None:
    invoice = issued_invoice(currency="USD")

    with pytest.raises(ClosingRefused, match="no exchange rate of USD for 31 Mar 2026"):
        close(invoice)

    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("kind", "last", "reason"),
    [
        ("day", MAY_20, "Only days that are over"),
        ("month", date(2026, 5, 15), "on the last day of a month"),
        ("month", date(2026, 4, 30), "closed through 30 Apr 2026 already"),
        ("month", date(2026, 3, 31), "closed through 30 Apr 2026 already"),
    ],
)
def test_a_period_is_closed_once_whole_and_when_it_is_over(
    kind: str, last: date, reason: str
) -> None:
    invoice = issued_invoice()
    close(invoice)

    with pytest.raises(ClosingRefused, match=reason):
        close(invoice, kind, last)

    assert Closing.objects.count() == 1


def test_years_follow_each_other_without_overlap() -> None:
    invoice = issued_invoice()
    assert close(invoice, "year", date(2026, 3, 31)).starts_on == date(2025, 4, 1)

    with pytest.raises(ClosingRefused, match="would overlap"):
        close(invoice, "year", date(2026, 4, 30))


def test_nothing_is_dated_into_a_closed_period() -> None:
    invoice = issued_invoice()
    payment = pay(invoice, APRIL_8, "700.00", "200.00")
    close(invoice)
    loss = Loss(APRIL_8, "Insolvent")

    with pytest.raises(PaymentRefused, match=CLOSED):
        pay(invoice, APRIL_8, "9.76", "9.76")
    with pytest.raises(PaymentRefused, match=CLOSED):
        reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(APRIL_8), actor=None)
    with pytest.raises(PaymentRefused, match=CLOSED):
        refund_credit(client_id=invoice.client_id, payout=Payout(APRIL_8, Decimal(5)), actor=None)
    with pytest.raises(WriteOffRefused, match=CLOSED):
        write_off_invoice(invoice_id=invoice.pk, loss=loss, actor=None)
    with pytest.raises(CreditNotPossible, match=CLOSED):
        credit(invoice, "100.00", on=APRIL_8)
    assert pay(invoice, date(2026, 5, 1), "9.76", "9.76").pk


def test_an_invoice_is_not_issued_into_a_closed_period(as_accountant: Browser) -> None:
    first = issued_invoice()
    close(first)
    draft = DraftFactory.create(client=first.client, legal_entity=first.legal_entity)
    form = {"selected": draft.pk, "issued_on": "2026-04-08"}

    page = words(as_accountant.post(reverse("billing:drafts-issue"), form, follow=True))

    assert CLOSED in page
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE billing_invoice SET status = 'issued', issued_on = '2026-04-08', number = 'F-9',
        due_on = '2026-05-08', hash = 'x' WHERE status = 'draft'""",
        """INSERT INTO billing_payment (client_id, received_on, amount, currency, method,
        reference, recorded_at)
        SELECT client_id, '2026-04-30', 1, 'EUR', 'transfer', '', now()
        FROM billing_invoice LIMIT 1""",
        """INSERT INTO billing_writeoff (invoice_id, amount, written_off_on, reason,
        takes_back_tax, recorded_at)
        SELECT id, 1, '2026-04-30', 'x', false, now() FROM billing_invoice LIMIT 1""",
        "UPDATE billing_closing SET last_day_on = '2026-02-28'",
        "DELETE FROM billing_closing",
    ],
)
def test_the_database_itself_refuses(statement: str) -> None:
    invoice = issued_invoice()
    DraftFactory.create(client=invoice.client, legal_entity=invoice.legal_entity)
    close(invoice)

    with (
        pytest.raises((InternalError, IntegrityError), match=r"closed|Cannot update or delete"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


def test_the_page_closes_a_month_and_shows_its_totals(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    address = reverse("ledger:closings")
    form = {"company": invoice.legal_entity_id, "kind": "month", "last_day_on": "2026-03-31"}
    assert 'value="2026-04-30"' in words(as_accountant.get(address))

    page = words(as_accountant.post(address, form, follow=True))
    again = as_accountant.post(address, form)

    assert "The books are closed through 31 Mar 2026." in page
    assert page.count("€509.76") == 2
    assert again.status_code == 422
    assert "what is closed is never opened again" in words(again)


def test_programs_close_a_period_and_are_told_why_not(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    asked = {
        "legal_entity": invoice.legal_entity_id,
        "kind": "month",
        "last_day_on": "2026-03-31",
    }

    done = as_accountant.post("/api/v1/closings/", asked, content_type=JSON)
    again = as_accountant.post("/api/v1/closings/", asked, content_type=JSON)

    assert (done.status_code, again.status_code) == (201, 409)
    assert done.json()["totals"]["EUR"]["invoiced"] == "509.76"
    assert "closed through 31 Mar 2026 already" in again.json()["error"]["message"]
