"""What happens in billing stands in the books, once, with both sides equal.

The invoice is 424.80 net of services, 84.96 tax at 20 %, 509.76 in all, of 31 March 2026.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction

from billing.models import Charge, ExchangeRate, Invoice, Payment
from billing.operations._payments import rest_of
from billing.operations.allocate_credit import allocate_credit
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.release_allocation import release_allocation
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.write_off_invoice import Loss, write_off_invoice
from billing.tests.credited import balance_of, credit, issued_invoice
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from ledger.models import Account, AccountRule, Book, Entry, EntryLine
from ledger.operations.open_book import open_book
from ledger.tests.reading import balances, entries, lines, post

pytestmark = pytest.mark.django_db(transaction=True)
MARCH_31, APRIL_8, MAY_4 = date(2026, 3, 31), date(2026, 4, 8), date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=True):
        open_firm()
        yield


def pay(invoice: Invoice, amount: str, share: str = "", **how: Any) -> Payment:
    return record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MAY_4, Decimal(amount), reference="VIR 7", **how),
        allocations={invoice.pk: Decimal(share)} if share else {},
        actor=None,
    )


def money(*rows: tuple[str, str, str]) -> list[tuple[str, Decimal, Decimal]]:
    return [(account, Decimal(debit), Decimal(credit)) for account, debit, credit in rows]


def test_an_invoice_is_owed_by_its_client_and_consists_of_services_and_tax() -> None:
    invoice = issued_invoice()

    post()

    [(number, day, booked)] = entries()
    assert (number, day) == ("VE2026-000001", MARCH_31)
    assert booked == money(
        ("411000", "509.76", "0"), ("445711", "0", "84.96"), ("706000", "0", "424.80")
    )
    entry = Entry.objects.get()
    assert (entry.piece, entry.invoice) == (invoice.number, invoice)
    assert entry.lines.get(account__number="411000").client == invoice.client


def test_a_credit_note_takes_back_the_same_accounts() -> None:
    invoice = issued_invoice()
    credit(invoice, "100.00")

    post()

    assert entries()[1][2] == money(
        ("411000", "0", "120.00"), ("445711", "20.00", "0"), ("706000", "100.00", "0")
    )


def test_a_payment_settles_the_invoice_and_what_is_too_much_is_the_clients_credit() -> None:
    pay(issued_invoice(), "600.00", "509.76")

    post()

    assert entries()[1] == (
        "BQ2026-000001",
        MAY_4,
        money(("411000", "0", "509.76"), ("419100", "0", "90.24"), ("512000", "600.00", "0")),
    )


def test_cash_stands_on_its_own_account() -> None:
    pay(issued_invoice(), "509.76", "509.76", method="cash")

    post()

    assert balances()["530000"] == Decimal("509.76")


def test_credit_that_is_used_later_moves_to_the_invoice_and_back_when_released() -> None:
    invoice = issued_invoice()
    pay(invoice, "509.76")
    post()
    [use] = allocate_credit(
        client_id=invoice.client_id, allocations={invoice.pk: Decimal("9.76")}, actor=None
    )
    post()
    release_allocation(allocation_id=use.pk, note="", actor=None)
    post()

    used, released = entries()[2:]
    assert used[0] == "OD2026-000001"
    assert used[2] == money(("411000", "0", "9.76"), ("419100", "9.76", "0"))
    assert released[2] == money(("411000", "9.76", "0"), ("419100", "0", "9.76"))


def test_a_bounced_payment_opens_the_invoice_again_in_one_entry() -> None:
    invoice = issued_invoice()
    payment = pay(invoice, "600.00", "509.76")
    reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(date(2026, 5, 9)), actor=None)

    post()

    assert len(entries()) == 3
    assert entries()[2][1:] == (
        date(2026, 5, 9),
        money(("411000", "509.76", "0"), ("419100", "90.24", "0"), ("512000", "0", "600.00")),
    )


def test_a_refund_takes_credit_from_the_bank() -> None:
    invoice = issued_invoice()
    pay(invoice, "600.00", "509.76")
    refund_credit(client_id=invoice.client_id, payout=Payout(MAY_4, Decimal("90.24")), actor=None)

    post()

    assert entries()[2][2] == money(("419100", "90.24", "0"), ("512000", "0", "90.24"))
    assert "419100" not in balances()


def test_a_write_off_is_a_loss_without_its_tax_where_that_is_taken_back() -> None:
    invoice = issued_invoice()
    loss = Loss(MAY_4, "Insolvent", takes_back_tax=True)
    write_off_invoice(invoice_id=invoice.pk, loss=loss, actor=None)

    post()

    assert entries()[1][2] == money(
        ("411000", "0", "509.76"), ("445711", "84.96", "0"), ("654000", "424.80", "0")
    )


def test_a_write_off_is_a_loss_with_its_tax_otherwise() -> None:
    invoice = issued_invoice()
    loss = Loss(MAY_4, "Insolvent", Decimal("9.76"))
    write_off_invoice(invoice_id=invoice.pk, loss=loss, actor=None)

    post()

    assert entries()[1][2] == money(("411000", "0", "9.76"), ("654000", "9.76", "0"))


def test_posting_again_books_nothing_twice_and_numbers_go_on() -> None:
    first = issued_invoice()
    post()
    post()
    issued_invoice(client=first.client, legal_entity=first.legal_entity)
    post()

    assert [number for number, *_ in entries()] == ["VE2026-000001", "VE2026-000002"]


def test_the_account_of_a_product_comes_before_all_rules_and_joins_the_chart() -> None:
    draft = DraftFactory.create()
    Charge.objects.filter(invoice=draft, position=1).update(ledger_account="706200")
    issue_invoices(invoice_ids=[draft.pk], issued_on=MARCH_31, actor=None)

    post()

    assert balances()["706200"] == Decimal("-298.80")
    assert balances()["706000"] == Decimal("-126.00")
    assert Account.objects.get(number="706200").name == "Prestations de services 706200"


def test_a_dated_rule_of_a_tax_code_holds_from_its_day_on() -> None:
    invoice = issued_invoice()
    open_book(entity_id=invoice.legal_entity_id)
    special = Account.objects.create(
        legal_entity=invoice.legal_entity, number="706100", name="Infogérance"
    )
    AccountRule.objects.create(
        legal_entity=invoice.legal_entity,
        purpose="services",
        account=special,
        starts_on=APRIL_8,
        tax_code="standard",
    )
    credit(invoice, "100.00", on=APRIL_8)

    post()

    assert balances()["706000"] == Decimal("-424.80")
    assert balances()["706100"] == Decimal("100.00")


def test_another_currency_waits_for_its_rate_then_closes_with_the_difference() -> None:
    """509.76 USD at 1.25 are 407.81 EUR (407.808); paid at 1.20 they are 424.80, a gain."""
    invoice = issued_invoice(currency="USD")
    [waiting] = post()
    assert waiting.reason == "There is no exchange rate of USD for 31 Mar 2026."
    ExchangeRate.objects.create(currency="USD", valid_from_on=MARCH_31, rate=Decimal("1.25"))
    ExchangeRate.objects.create(currency="USD", valid_from_on=MAY_4, rate=Decimal("1.20"))
    pay(invoice, "200.00", "200.00")
    pay(invoice, "309.76", "309.76")

    assert post() == []

    # 84.96 / 1.25 = 67.97 (67.968); 407.81 - 67.97 = 339.84
    assert entries()[0][2] == money(
        ("411000", "407.81", "0"), ("445711", "0", "67.97"), ("706000", "0", "339.84")
    )
    # 200 / 1.20 = 166.67 and 309.76 / 1.20 = 258.13; together 424.80
    assert balances()["512000"] == Decimal("424.80")
    assert balances()["766000"] == Decimal("-16.99")
    assert "411000" not in balances()
    assert EntryLine.objects.filter(account__number="411000").earliest("pk").foreign is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET text = 'x'",
        "DELETE FROM ledger_entryline",
        "UPDATE ledger_entryline SET debit = debit + 1 WHERE debit > 0",
        "DELETE FROM ledger_entry",
    ],
)
def test_the_database_refuses_to_change_what_is_booked(statement: str) -> None:
    issued_invoice()
    post()

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        connection.cursor().execute(statement)

    assert len(entries()) == 1


def test_the_database_refuses_an_entry_that_does_not_balance() -> None:
    issued_invoice()
    post()
    statement = (
        "INSERT INTO ledger_entryline (entry_id, position, account_id, debit, credit)"
        " SELECT entry_id, 99, account_id, 1, 0 FROM ledger_entryline LIMIT 1"
    )

    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_database_refuses_a_gap_in_the_numbers() -> None:
    issued_invoice()
    post()
    statement = (
        "INSERT INTO ledger_entry (legal_entity_id, journal, year, number, day, piece, piece_on,"
        " text, source, client_id, currency, posted_at) SELECT legal_entity_id, journal, year, 3,"
        " day, piece, piece_on, text, 'x', client_id, currency, now() FROM ledger_entry"
    )

    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_fiscal_year_that_begins_in_april_is_named_by_its_end() -> None:
    invoice = issued_invoice()
    open_book(entity_id=invoice.legal_entity_id)
    Book.objects.update(first_month=4)
    credit(invoice, "100.00", on=APRIL_8)

    post()

    assert [number for number, *_ in entries()] == ["VE2026-000001", "VE2027-000001"]


def test_what_clients_owe_by_the_books_is_what_is_open_by_billing() -> None:
    first = issued_invoice()
    second = issued_invoice(client=first.client, legal_entity=first.legal_entity)
    payment = pay(first, "700.00", "509.76")
    credit(first, "100.00")
    allocate_credit(
        client_id=first.client_id, allocations={second.pk: Decimal("150.00")}, actor=None
    )

    post()

    opened = sum(balance_of(one) for one in (first, second))
    rest = rest_of(Payment.objects.with_rest().get(pk=payment.pk))
    assert (balances()["411000"], balances()["419100"]) == (opened, -rest)
    assert (opened, rest) == (Decimal("359.76"), Decimal("160.24"))
    assert lines(Entry.objects.earliest("pk"))
