"""I6 of ``check_books``: whatever is altered in the books past the application is named."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction

from billing.models import ClosingKind, ExchangeRate, Invoice, Payment
from billing.operations.allocate_credit import allocate_credit
from billing.operations.close_period import Ending
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.write_off_invoice import Loss, write_off_invoice
from billing.queries.books import check_books
from billing.tests.credited import MARCH_31, credit, issued_invoice
from billing.tests.firm import open_firm
from billing.tests.test_check_books import tamper
from clients.models import LegalEntity
from ledger.closing import close_books
from ledger.models import Entry
from ledger.queries.proof import STATEMENTS, check_ledger
from ledger.tests.reading import MAY_20, post

pytestmark = pytest.mark.django_db
MOVED = """
UPDATE ledger_entryline SET account_id = (SELECT id FROM ledger_account WHERE number = '707000')
WHERE account_id = (SELECT id FROM ledger_account WHERE number = '706000')
"""
LOSE = (
    "DELETE FROM ledger_entryseal WHERE entry_id IN (SELECT id FROM ledger_entry WHERE number = 1)",
    "DELETE FROM ledger_entryline WHERE entry_id IN (SELECT id FROM ledger_entry WHERE number = 1)",
    "DELETE FROM ledger_entry WHERE number = 1",
)
MAY_4, MAY_12 = date(2026, 5, 4), date(2026, 5, 12)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=True):
        open_firm()
        yield


def pay(invoice: Invoice, amount: str, share: str = "") -> Payment:
    return record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MAY_4, Decimal(amount)),
        allocations={invoice.pk: Decimal(share)} if share else {},
        actor=None,
    )


def wrong() -> str | None:
    """Return the first offender of the ledger's check."""
    check = check_ledger()
    return None if check.ok else str(check.first)


def test_books_of_all_that_can_happen_pass() -> None:
    first = issued_invoice()
    second = issued_invoice(client=first.client, legal_entity=first.legal_entity)
    foreign = issued_invoice(client=first.client, legal_entity=first.legal_entity, currency="USD")
    ExchangeRate.objects.create(currency="USD", valid_from_on=MARCH_31, rate=Decimal("1.25"))
    ExchangeRate.objects.create(currency="USD", valid_from_on=MAY_4, rate=Decimal("1.20"))
    credit(first, "100.00")
    pay(first, "700.00", "389.76")
    pay(foreign, "600.00", "509.76")
    shares = {second.pk: Decimal("150.00")}
    allocate_credit(client_id=first.client_id, allocations=shares, actor=None)
    refund_credit(
        client_id=first.client_id,
        payout=Payout(MAY_12, Decimal("60.24"), currency="EUR"),
        actor=None,
    )
    bounced = pay(second, "100.00", "100.00")
    reverse_payment(payment_id=bounced.pk, withdrawal=Withdrawal(MAY_12), actor=None)
    write_off_invoice(invoice_id=second.pk, loss=Loss(MAY_12, "Lost"), actor=None)
    post()
    ending = Ending(ClosingKind.MONTH, date(2026, 4, 30))
    close_books(entity=first.legal_entity, ending=ending, today=MAY_20, actor=None)

    found = {check.id: (check.ok, check.first) for check in check_books()}

    assert found["I6"] == (True, None)
    # Ten entries, two currencies of the one client, one closing.
    assert check_ledger().examined == Entry.objects.count() + 2 + 1
    assert all(ok for ok, _first in found.values())


CASES = [
    ("UPDATE ledger_entry SET text = 'Other' WHERE journal = 'BQ'", "BQ2026-000001"),
    ("UPDATE ledger_entry SET day = day - 1 WHERE journal = 'BQ'", "BQ2026-000001"),
    (
        MOVED,
        "VE2026-000001",
    ),
    ("UPDATE ledger_entryline SET debit = debit + 1 WHERE debit = 509.76", "VE2026-000001"),
    ("DELETE FROM ledger_entryline WHERE debit = 200", "BQ2026-000001"),
    ("UPDATE ledger_entry SET number = 7 WHERE journal = 'BQ'", "BQ2026-000007"),
    ("UPDATE ledger_entryseal SET digest = 'x'", "BQ2026-000001"),
    ("UPDATE billing_payment SET amount = 250", "BQ2026-000001"),
    ("UPDATE billing_invoice SET tax = 84.97, total = 509.77", "VE2026-000001"),
    (
        "UPDATE billing_closing SET totals = jsonb_set(totals, '{EUR,invoiced}', '\"1.00\"')",
        "closing of the month 2026-03-31",
    ),
    (
        "UPDATE ledger_entry SET day = '2026-03-30' WHERE journal = 'BQ'",
        "BQ2026-000001 in a closed period",
    ),
]


def test_what_is_altered_past_the_application_is_named() -> None:
    invoice = issued_invoice()
    ending = Ending(ClosingKind.MONTH, MARCH_31)
    close_books(entity=invoice.legal_entity, ending=ending, today=MAY_20, actor=None)
    pay(invoice, "200.00", "200.00")
    post()
    assert wrong() is None

    for statement, named in CASES:
        with transaction.atomic():
            tamper(statement)
            is_whole = check_ledger().ok
            offenders = _offenders()
            transaction.set_rollback(True)

        assert not is_whole, statement
        assert named in offenders, statement


def _offenders() -> set[str | None]:
    """Return the first offender of each statement of the check."""
    found = set()
    for statement in STATEMENTS:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            found.add(cursor.fetchone()[2])
    return found


def test_an_entry_that_was_taken_out_is_missed_by_its_event_and_its_number() -> None:
    first = issued_invoice()
    issued_invoice(client=first.client, legal_entity=first.legal_entity)
    post()
    with transaction.atomic():
        tamper(*LOSE)
        offenders = _offenders()
        transaction.set_rollback(True)

    assert f"{first.number} is not booked" in offenders
    assert "VE2026-000002" in offenders


def test_what_waits_for_a_rate_or_the_next_turn_is_no_fault() -> None:
    foreign = issued_invoice(currency="USD")
    issued_invoice(client=foreign.client, legal_entity=foreign.legal_entity)
    post()
    issued_invoice(client=foreign.client, legal_entity=foreign.legal_entity)

    assert wrong() is None


def test_a_seal_is_never_changed_by_the_application() -> None:
    issued_invoice()
    post()

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        connection.cursor().execute("UPDATE ledger_entryseal SET digest = 'x'")


def test_entries_of_before_there_were_seals_get_the_same_ones() -> None:
    issued_invoice()
    post()
    fill = import_module("ledger.migrations.0004_seal_what_is_booked").FILL

    with transaction.atomic():
        tamper("DELETE FROM ledger_entryseal", fill)
        assert wrong() is None
        transaction.set_rollback(True)


def test_rates_entered_in_the_books_survive_the_move_to_billing() -> None:
    """Euro never needed a rate; one that billing has already stays as it is there."""
    LegalEntity.objects.current()
    ExchangeRate.objects.create(currency="GBP", valid_from_on=MARCH_31, rate=Decimal("0.85"))
    copy = import_module("ledger.migrations.0002_rates_of_billing").COPY

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE ledger_exchangerate (currency text, starts_on date,"
            " units numeric) ON COMMIT DROP"
        )
        cursor.execute(
            "INSERT INTO ledger_exchangerate VALUES ('USD', '2026-03-31', 1.25),"
            " ('USD', '2026-05-04', 1.2), ('GBP', '2026-03-31', 0.9), ('EUR', '2026-01-01', 1)"
        )
        cursor.execute(copy)

    rows = ExchangeRate.objects.order_by("currency", "valid_from_on")
    assert [(one.currency, one.valid_from_on, one.rate) for one in rows] == [
        ("GBP", MARCH_31, Decimal("0.85")),
        ("USD", MARCH_31, Decimal("1.25")),
        ("USD", MAY_4, Decimal("1.2")),
    ]
