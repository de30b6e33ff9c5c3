"""Statements are read once, and their lines booked once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from billing.models import BankAccount, BankEntry, BankStatement, Invoice, Payment
from billing.operations.book_entry import PaymentRefused, book_entry
from billing.operations.import_statement import StatementRefused
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.return_entry import return_entry
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.set_aside_entry import set_aside_entry
from billing.queries.bank import waiting
from billing.queries.books import check_books
from billing.queries.credit import credit_of
from billing.tests.bank import FILES, IBAN, MAPPING, NOON, csv, entry, read
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from billing.tests.test_check_books import tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        open_firm()
        yield


@pytest.fixture
def account() -> BankAccount:
    return BankAccount.objects.create(name="BNP", iban=IBAN, csv_mapping=MAPPING)


@pytest.fixture
def invoice() -> Invoice:
    """F-2026-00001 of 509.76."""
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


def test_the_same_file_and_the_same_line_are_kept_once(account: BankAccount) -> None:
    first = read(account)
    with pytest.raises(StatementRefused, match="imported before"):
        read(account)
    again = read(account, content=(FILES / "camt_053_02.xml").read_bytes() + b"\n")

    assert (first.line_count, first.new_count) == (4, 4)
    assert (again.line_count, again.new_count) == (4, 0)
    assert BankEntry.objects.count() == 4
    assert not Payment.objects.exists()


def test_a_statement_of_another_account_is_refused_whole(account: BankAccount) -> None:
    BankAccount.objects.update(iban="DE89370400440532013000")

    with pytest.raises(StatementRefused, match=f"of the account {IBAN}"):
        read(account)

    assert not BankEntry.objects.exists()
    assert not BankStatement.objects.exists()


def test_a_line_is_booked_with_its_invoice_and_its_payer_is_learnt(
    account: BankAccount, invoice: Invoice
) -> None:
    read(account)
    [line] = waiting([entry("509.76")])
    shares = dict(line.proposals[0].proposal.shares)
    book_entry(entry_id=line.entry.pk, client_id=invoice.client_id, allocations=shares, actor=None)
    second = DraftFactory(client=invoice.client, legal_entity=invoice.legal_entity)
    issue_invoices(invoice_ids=[second.pk], issued_on=date(2026, 5, 1), actor=None)

    read(account, content=csv("06/05/2026;ALPHA SAS;merci;509,76"))
    [next_line] = waiting(BankEntry.objects.filter(text="merci"))

    first = next_line.proposals[0].proposal
    assert (first.client_id, first.reason.value) == (invoice.client_id, "name_amount")
    assert first.shares == ((second.pk, Decimal("509.76")),)
    payment = Payment.objects.get()
    assert (payment.amount, payment.received_on) == (Decimal("509.76"), date(2026, 5, 4))
    assert all(check.ok for check in check_books())


def test_a_line_that_was_booked_by_mistake_waits_again(
    account: BankAccount, invoice: Invoice
) -> None:
    read(account)
    key = entry("509.76").pk
    stranger = DraftFactory().client_id
    wrong = book_entry(entry_id=key, client_id=stranger, allocations={}, actor=None)
    shares = {invoice.pk: Decimal("509.76")}

    mistake = Withdrawal(date(2026, 5, 20), "mistake")
    reverse_payment(payment_id=wrong.pk, withdrawal=mistake, actor=None)
    right = book_entry(entry_id=key, client_id=invoice.client_id, allocations=shares, actor=None)

    assert entry("509.76").payment == right
    assert credit_of(stranger) == {}
    assert all(check.ok for check in check_books())


def test_what_a_line_brings_too_much_is_credit(account: BankAccount, invoice: Invoice) -> None:
    read(account, content=csv("06/05/2026;A;F-2026-00001;600,00"))

    book_entry(
        entry_id=BankEntry.objects.get().pk,
        client_id=invoice.client_id,
        allocations={invoice.pk: Decimal("509.76")},
        actor=None,
    )

    assert credit_of(invoice.client_id) == {"EUR": Decimal("90.24")}


def test_a_return_reverses_its_payment(account: BankAccount, invoice: Invoice) -> None:
    payment = record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(date(2026, 4, 20), Decimal("42.50")),
        allocations={invoice.pk: Decimal("42.50")},
        actor=None,
    )
    read(account)
    [line] = waiting([entry("-42.50")])
    assert line.returns == [payment]

    reversal = return_entry(entry_id=line.entry.pk, payment_id=payment.pk, actor=None)

    assert (reversal.payment, reversal.note) == (payment, "AC04 closed account")
    assert all(check.ok for check in check_books())


def test_a_return_of_another_amount_is_refused(account: BankAccount, invoice: Invoice) -> None:
    payment = record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(date(2026, 4, 20), Decimal("42.49")),
        allocations={},
        actor=None,
    )
    read(account)

    with pytest.raises(PaymentRefused, match="not of the amount"):
        return_entry(entry_id=entry("-42.50").pk, payment_id=payment.pk, actor=None)


def at_once(*deeds: Callable[[], object]) -> int:
    """Do all of it at one moment; return how many were refused."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> int:
        start.wait()
        try:
            deed()
        except (PaymentRefused, StatementRefused):
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sum(pool.map(do, deeds))


def test_a_line_that_several_people_confirm_at_once_is_booked_once(
    account: BankAccount, invoice: Invoice
) -> None:
    read(account)
    key = entry("509.76").pk
    shares = {invoice.pk: Decimal("509.76")}

    def book() -> None:
        book_entry(entry_id=key, client_id=invoice.client_id, allocations=shares, actor=None)

    refused = at_once(book, book, book, lambda: set_aside_entry(entry_id=key, now=NOON, actor=None))

    assert refused == 3
    assert Payment.objects.count() + BankEntry.objects.exclude(set_aside_at=None).count() == 1


def test_a_file_that_two_people_read_at_once_is_kept_once(account: BankAccount) -> None:
    refused = at_once(lambda: read(account), lambda: read(account))

    assert refused == 1
    assert BankEntry.objects.count() == 4


@pytest.mark.parametrize("damage", ["amount = amount + 1", "currency = 'CHF'"])
def test_a_line_that_says_other_than_its_payment_is_found(
    account: BankAccount, invoice: Invoice, damage: str
) -> None:
    read(account)
    key = entry("509.76").pk
    shares = {invoice.pk: Decimal("509.76")}
    book_entry(entry_id=key, client_id=invoice.client_id, allocations=shares, actor=None)

    tamper(f"UPDATE billing_bankentry SET {damage} WHERE payment_id IS NOT NULL")  # noqa: S608  (words of this test)

    found = {check.id: check.first for check in check_books() if not check.ok}
    assert found == {"I5": f"line of a statement {key}"}
