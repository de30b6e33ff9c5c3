"""What is billed in advance becomes revenue month by month, by the days of each.

The invoice of 31 March 2026 is 298.80 for workstations and 126.00 for work. The workstations are
given from 10 March to 31 May: 83 days of 3.60, so 79.20 in March (22 days), 108.00 in April (30)
and 111.60 in May (31).
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from billing.models import Charge, Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.credited import credit
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from ledger.domain.service_months import parts_by_month
from ledger.models import Book, Entry
from ledger.operations.open_book import open_book
from ledger.tests.reading import balances, entries, post

pytestmark = pytest.mark.django_db(transaction=True)
MARCH_10, MAY_31 = date(2026, 3, 10), date(2026, 5, 31)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 6, 10, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def invoice() -> Invoice:
    """Workstations for 83 days, and work."""
    draft = DraftFactory.create()
    workstations = Charge.objects.filter(invoice=draft, position=1)
    workstations.update(starts_on=MARCH_10, last_day_on=MAY_31)
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


def money(*rows: tuple[str, str, str]) -> list[tuple[str, Decimal, Decimal]]:
    return [(account, Decimal(debit), Decimal(credit)) for account, debit, credit in rows]


def test_what_belongs_to_later_months_waits(invoice: Invoice) -> None:
    post(date(2026, 4, 29))

    # 126.00 + 79.20 are March's; 108.00 + 111.60 wait.
    [(_number, _day, lines)] = entries()
    assert lines == money(
        ("411000", "509.76", "0"),
        ("445711", "0", "84.96"),
        ("487000", "0", "219.60"),
        ("706000", "0", "205.20"),
    )
    assert invoice.net == Decimal("424.80")


def test_each_month_becomes_revenue_once_when_it_is_over(invoice: Invoice) -> None:
    for today in (date(2026, 4, 30), date(2026, 5, 30), date(2026, 6, 10), date(2026, 6, 11)):
        post(today)

    april, may = entries()[1:]
    assert april == (
        "OD2026-000001",
        date(2026, 4, 30),
        money(("487000", "108.00", "0"), ("706000", "0", "108.00")),
    )
    assert may[1:] == (MAY_31, money(("487000", "111.60", "0"), ("706000", "0", "111.60")))
    assert "487000" not in balances()
    assert balances()["706000"] == Decimal("-424.80")
    assert Entry.objects.latest("pk").invoice == invoice


def test_months_are_caught_up_with_after_a_time_without_workers(invoice: Invoice) -> None:
    post(date(2026, 6, 10))

    assert [day for _number, day, _lines in entries()] == [
        invoice.issued_on,
        date(2026, 4, 30),
        MAY_31,
    ]


def test_a_credit_note_takes_back_revenue_and_what_waits(invoice: Invoice) -> None:
    """On 8 April, April's part is revenue of this month already, May's still waits."""
    credit(invoice)

    post(date(2026, 4, 10))
    taken_back = entries()[1][2]
    post(date(2026, 6, 10))

    # 126.00 + 79.20 + 108.00 = 313.20
    assert taken_back == money(
        ("411000", "0", "509.76"),
        ("445711", "84.96", "0"),
        ("487000", "111.60", "0"),
        ("706000", "313.20", "0"),
    )
    assert balances() == {}


def test_nothing_waits_where_the_books_do_not_defer(invoice: Invoice) -> None:
    open_book(entity_id=invoice.legal_entity_id)
    Book.objects.update(defers_revenue=False)

    post(date(2026, 6, 10))

    assert balances()["706000"] == Decimal("-424.80")
    assert len(entries()) == 1


def test_a_year_is_split_by_days_to_the_cent() -> None:
    """1,200.00 from 10 March are 365 days of 3.287671: the cents go to the largest remainders.

    22 days 72.3288, 30 days 98.6301, 31 days 101.9178, 28 days 92.0548, 9 days 29.5890; cut to
    cents these are 1,199.93, so seven parts get one more: 29.59, 72.33, five of the 101.9178.
    """
    parts = parts_by_month(Decimal("1200.00"), MARCH_10, date(2027, 3, 9))

    assert [str(part.amount) for part in parts] == [
        "72.33", "98.63", "101.92", "98.63", "101.92", "101.92", "98.63", "101.92", "98.63",
        "101.92", "101.91", "92.05", "29.59",
    ]  # fmt: skip
    assert sum(part.amount for part in parts) == Decimal("1200.00")
    back = parts_by_month(Decimal("-1200.00"), MARCH_10, date(2027, 3, 9))
    assert [part.amount for part in back] == [-part.amount for part in parts]
