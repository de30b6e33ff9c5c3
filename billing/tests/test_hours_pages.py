"""The desk's pages about hours, as account managers and accountants use them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.drawn import drawn
from billing.tests.factories import DraftFactory
from billing.tests.firm import bill, open_firm
from contracts.models import Allowance, DrawWeight
from contracts.tests.factories import AllowanceFactory, ContractFactory, PrepaidBlockFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 10, tzinfo=UTC)
MARCH_12, APRIL = date(2026, 3, 12), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        open_firm()
        yield


@pytest.fixture
def allowance() -> Allowance:
    """Ten hours a month since February, of which March used six on an issued invoice."""
    made: Allowance = AllowanceFactory.create(
        name="Support hours",
        starts_on=date(2026, 2, 1),
        low_balance_minutes=660,
        overage_rate=Decimal("95.0000"),
    )
    draft = DraftFactory.create(client=made.contract.client)
    drawn(made, 360, MARCH_12, invoice=draft)
    issue_invoices(invoice_ids=[draft.pk], issued_on=APRIL, actor=None)
    return made


def text_of(browser: Browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_contract_shows_what_each_month_granted_used_and_lost(
    allowance: Allowance, as_accountant: Browser
) -> None:
    DrawWeight.objects.create(contract=allowance.contract, factor=Decimal("1.50"))
    url = reverse("billing:hours-of-contract", args=[allowance.contract_id])

    page = text_of(as_accountant, url)

    assert "<strong>10 h</strong> left" in page
    assert "0 min of 10 h used" in page
    assert "of issued and open work up to 1 Apr 2026" in page
    assert "running low" in page
    march = page.partition("March 2026")[2].partition("</tr>")[0]
    assert [f">{figure}<" in march for figure in ("10 h", "6 h", "4 h", "0 min")] == [True] * 4
    assert "all work × 1.5" in page
    assert "/change/" in page


def test_a_contract_without_hours_says_so(as_accountant: Browser) -> None:
    contract = ContractFactory.create()

    page = text_of(as_accountant, reverse("billing:hours-of-contract", args=[contract.pk]))

    assert "No hours are counted" in page
    assert reverse("contracts:allowance-add", args=[contract.pk]) in page


def test_an_allowance_opens_to_the_work_it_paid_for(
    allowance: Allowance, as_accountant: Browser
) -> None:
    page = text_of(as_accountant, reverse("billing:allowance", args=[allowance.pk]))

    invoice = Invoice.objects.issued().get()
    assert f'<a href="{invoice.get_absolute_url()}">{invoice.number}</a>' in page
    assert "12 Mar 2026" in page
    # February's ten and March's four expired: 30 granted = 6 used + 14 expired + 10 left
    adds_up = page.partition("Adds up")[2]
    figures = [f">{figure}<" in adds_up for figure in ("30 h", "6 h", "14 h")]
    assert figures == [True, True, True]


def test_a_block_shows_its_sale_and_what_follows_it(as_accountant: Browser) -> None:
    block = PrepaidBlockFactory.create(low_balance=Decimal(120), tops_up=True)
    url = reverse("billing:block", args=[block.pk])
    before = text_of(as_accountant, url)
    follower = PrepaidBlockFactory.create(client=block.client, follows=block, sold_on=APRIL)
    bill(APRIL)

    after = text_of(as_accountant, url)

    assert "with the next billing run" in before
    assert "Cancel the sale" in before
    assert "on a draft" in after
    assert "Cancel the sale" not in after
    assert "another one is sold at 2 h" in after
    assert reverse("billing:block", args=[follower.pk]) in after


def test_a_client_shows_hours_of_contracts_and_blocks(
    allowance: Allowance, as_accountant: Browser
) -> None:
    client = allowance.contract.client
    PrepaidBlockFactory.create(client=client, name="On-site block")

    page = text_of(as_accountant, reverse("billing:hours-of-client", args=[client.pk]))

    assert "Support hours" in page
    assert "On-site block" in page
    assert "for work that no contract covers" in page
    assert f"/contracts/blocks/new/?client={client.pk}" in page


def test_the_list_keeps_those_that_run_low_and_those_that_are_over(
    allowance: Allowance, as_accountant: Browser
) -> None:
    PrepaidBlockFactory.create(name="Plenty")
    PrepaidBlockFactory.create(name="Long gone", last_day_on=date(2026, 1, 31))
    url = reverse("billing:balances")

    in_use = text_of(as_accountant, url)
    low = text_of(as_accountant, f"{url}?state=low")
    over = text_of(as_accountant, f"{url}?state=over")

    names = ("Support hours", "Plenty", "Long gone")
    assert [name in in_use for name in names] == [True, True, False]
    assert [name in low for name in names] == [True, False, False]
    assert [name in over for name in names] == [False, False, True]


def test_the_list_is_exported_with_hours_as_figures(
    allowance: Allowance, as_accountant: Browser
) -> None:
    answer = as_accountant.get(reverse("billing:balances"), {"export": "csv"})

    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # a download streams
    assert len(lines) == 2
    name = allowance.contract.client.name
    assert lines[1].startswith(f"Support hours,{name},{allowance.contract.number},running low")
    unit, left = lines[1].split(",")[7:9]
    assert (unit, Decimal(left)) == ("hours", Decimal(10))


def test_the_pages_link_to_a_block_from_the_client_and_the_contract(
    allowance: Allowance, as_accountant: Browser
) -> None:
    contract = allowance.contract

    of_contract = text_of(as_accountant, contract.get_absolute_url())
    of_client = text_of(as_accountant, contract.client.get_absolute_url())

    assert reverse("billing:hours-of-contract", args=[contract.pk]) in of_contract
    assert reverse("billing:hours-of-client", args=[contract.client_id]) in of_client
