"""What is claimed for paying late: no sale in the books, outside the scope in the tax report.

The invoice is 509.76, due on 30 April 2026; through May it owes 5.26 of interest and 40.00.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from billing.tests.firm import open_firm
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from collecting.tests.dunned import late_invoice
from collecting.tests.test_late_charges import JULY_31, MAY_31, agree, claim, issued
from ledger.domain.vat import Basis, VatSituation
from ledger.queries.vat import vat_report
from ledger.queries.vat_sources import Span
from ledger.tests.reading import balances, post

pytestmark = pytest.mark.django_db(transaction=True)


@time_machine.travel(datetime(2026, 7, 31, 10, tzinfo=UTC))
def test_interest_and_recovery_costs_have_accounts_of_their_own_and_no_tax() -> None:
    open_firm()
    client = late_invoice(ClientFactory.create()).client
    agree()
    issued(claim(client, MAY_31))

    waiting = post(JULY_31)

    report = vat_report(LegalEntity.objects.current(), Span(date(2026, 7, 1), JULY_31), Basis.DUE)
    [row] = report.rows
    booked = balances()
    assert waiting == []
    assert (booked["763000"], booked["758800"]) == (Decimal("-5.26"), Decimal("-40.00"))
    assert booked["706000"] == Decimal("-424.80")
    assert (row.sort.situation, row.base, row.tax) == (
        VatSituation.OUTSIDE_SCOPE, Decimal("45.26"), 0,
    )  # fmt: skip
