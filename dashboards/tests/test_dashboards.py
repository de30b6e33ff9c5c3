"""The manager's figures, each worked out by hand, and the rows behind them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import Client, LegalEntity
from contracts.models import ContractLine
from contracts.operations.change_line import change_line
from core.periods import month_of
from dashboards import queries
from tickets.tests.factories import TicketFactory, TimeEntryFactory

TODAY = date(2026, 4, 20)
MARCH, APRIL = month_of(date(2026, 3, 1)), month_of(date(2026, 4, 1))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client_of_firm() -> Client:
    """Owes 298.80 for April, and for March 63.00 of work and 3.19 of cable."""
    open_firm()
    return busy_client()


@pytest.fixture
def invoice(client_of_firm: Client) -> Invoice:
    bill()
    draft = Invoice.objects.get()
    return issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 4, 1), actor=None).issued[0]


def test_revenue_counts_in_the_month_of_the_service(invoice: Invoice, manager: User) -> None:
    months = queries.revenue_by_month(manager, today=TODAY, currency="EUR")

    assert len(months) == 24
    found = {row.month: (row.recurring, row.ad_hoc) for row in months if row.total}
    assert found == {
        MARCH: (Decimal(0), Decimal("66.19")),
        APRIL: (Decimal("298.80"), Decimal(0)),
    }


def test_the_rows_behind_a_figure_add_up_to_it(invoice: Invoice, manager: User) -> None:
    rows = queries.revenue_charges(manager, month=MARCH, currency="EUR", kind="ad-hoc")

    assert sorted(row.amount for row in rows) == [Decimal("3.19"), Decimal("63.00")]


def test_drafts_are_no_revenue(client_of_firm: Client, manager: User) -> None:
    bill()

    months = queries.revenue_by_month(manager, today=TODAY, currency="EUR")

    assert queries.total_of(months).total == 0


def test_more_seats_raise_recurring_revenue_from_their_day_on(
    client_of_firm: Client, manager: User
) -> None:
    line = ContractLine.objects.get()
    change_line(line_id=line.pk, starts_on=TODAY, quantity=Decimal(15), unit_price=Decimal("24.90"))

    before = queries.monthly_recurring(manager, today=date(2026, 4, 19), currency="EUR")
    after = queries.monthly_recurring(manager, today=TODAY, currency="EUR")

    assert (before, after) == (Decimal("298.80"), Decimal("373.50"))


def test_unbilled_work_is_worth_what_the_run_would_bill(
    client_of_firm: Client, manager: User
) -> None:
    TimeEntryFactory.create(ticket=TicketFactory.create(client=client_of_firm), minutes=50)

    found = queries.unbilled_work(manager, firm=LegalEntity.objects.current(), today=TODAY)

    # 63.00 for 37 min, 84.00 for 50 min (steps of 15: 60), 3.19 of cable.
    assert (found.amount, found.minutes, found.count) == (Decimal("150.19"), 87, 3)


def test_what_is_owed_shrinks_with_each_payment(invoice: Invoice, manager: User) -> None:
    record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(received_on=TODAY, amount=Decimal("137.99")),
        allocations={invoice.pk: Decimal("137.99")},
        actor=None,
    )

    early = queries.open_invoices(manager, today=date(2026, 5, 1), currency="EUR")
    late = queries.open_invoices(manager, today=date(2026, 5, 2), currency="EUR")

    assert (early.count, early.amount, early.overdue_amount) == (1, Decimal("300.00"), 0)
    assert (late.overdue_count, late.overdue_amount) == (1, Decimal("300.00"))


@time_machine.travel("2026-04-20T10:00:00+02:00", tick=False)
@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("dashboards:overview", "", "€298.80"),
        ("dashboards:revenue", "?month=2026-03&kind=ad-hoc", "€63.00"),
        ("dashboards:revenue", "?month=nonsense", "€298.80"),
        ("dashboards:recurring", "", "€298.80"),
    ],
)
def test_each_page_shows_its_figures(
    invoice: Invoice, manager: User, sign_in: Any, name: str, query: str, expected: str
) -> None:
    page = sign_in(manager).get(reverse(name) + query)

    assert page.status_code == 200
    assert expected in page.content.decode()
