"""Who owes how much for how long."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db.models import Sum
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from billing.domain.ageing import Owing, aged, part_of
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.queries.ageing import ageing, totals
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm

TODAY = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("due_on", "part"),
    [
        (date(2026, 6, 1), 0),
        (date(2026, 5, 31), 0),
        (date(2026, 5, 30), 1),
        (date(2026, 5, 1), 1),
        (date(2026, 4, 30), 2),
        (date(2026, 4, 1), 2),
        (date(2026, 3, 31), 3),
        (date(2026, 3, 2), 3),
        (date(2026, 3, 1), 4),
    ],
)
def test_a_part_ends_with_its_last_day(due_on: date, part: int) -> None:
    """30 days before 31 May is 1 May, 60 is 1 April, 90 is 2 March."""
    assert part_of(due_on, TODAY) == part


OWING = st.builds(
    Owing,
    st.integers(1, 3),
    st.sampled_from(["EUR", "CHF"]),
    st.dates(date(2025, 12, 1), date(2026, 7, 1)),
    st.integers(1, 10**6).map(lambda cents: Decimal(cents) / 100),
)


@given(st.lists(OWING))
def test_nothing_open_is_lost_or_counted_twice(owing: list[Owing]) -> None:
    found = {(row.client_id, row.currency): row.total for row in aged(owing, TODAY)}

    for key, total in found.items():
        assert total == sum(o.balance for o in owing if (o.client_id, o.currency) == key)
    assert sum(found.values()) == sum(o.balance for o in owing)


@pytest.mark.django_db
def test_the_report_sums_to_the_open_balances_and_shows_credit(accountant: User) -> None:
    """Due on 30 April: 509.76, of which 100.00 is paid and 20.00 lies as credit beside it."""
    with time_machine.travel(datetime(2026, 3, 31, 10, tzinfo=UTC), tick=False):
        open_firm()
        draft = DraftFactory()
        issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    record_payment(
        client_id=draft.client_id,
        receipt=Receipt(date(2026, 5, 4), Decimal("120.00")),
        allocations={draft.pk: Decimal("100.00")},
        actor=None,
    )

    [row] = ageing(accountant, TODAY)

    nothing = Decimal("0.00")
    assert row.owed.parts == [nothing, nothing, Decimal("409.76"), nothing, nothing]
    assert row.credit == Decimal("20.00")
    [total] = totals([row])
    open_sum: Any = Invoice.objects.open().aggregate(sum=Sum("balance"))["sum"]
    assert total.total == open_sum == Decimal("409.76")


@pytest.mark.django_db
def test_a_row_leads_to_the_open_invoices_of_its_client(as_accountant: Browser) -> None:
    with time_machine.travel(datetime(2026, 5, 31, 10, tzinfo=UTC), tick=False):
        open_firm()
        draft = DraftFactory()
        issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 5, 1), actor=None)

        page = as_accountant.get(reverse("billing:ageing")).content.decode()

    assert f"?client={draft.client_id}&amp;state=open" in page
    assert "€509.76" in page
