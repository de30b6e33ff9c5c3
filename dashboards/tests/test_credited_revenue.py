"""Revenue of invoices that were credited in part."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from accounts.models import User
from billing.tests.credited import credit, issued_invoice
from dashboards.queries import revenue_by_month

pytestmark = pytest.mark.django_db


@time_machine.travel(datetime(2026, 4, 8, 10, tzinfo=UTC), tick=False)
def test_revenue_is_what_was_invoiced_less_what_was_credited(accountant: User) -> None:
    """298.80 - 70.34 recurring and 126.00 - 29.66 for work: 100.00 spread over both lines."""
    credit(issued_invoice(), "100.00")
    months = revenue_by_month(accountant, today=date(2026, 4, 8), currency="EUR")
    march = next(month for month in months if month.month.start == date(2026, 3, 1))

    assert (march.recurring, march.ad_hoc) == (Decimal("228.46"), Decimal("96.34"))
