"""What would be billed, and what a change would cause: asked, never written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Charge, Invoice
from billing.queries.billing_days import next_billing_day
from billing.tests.firm import bill, open_firm
from billing.upcoming import next_invoice
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, LineVersion, PrepaidBlock, Renewal
from contracts.tests.factories import ContractFactory, ContractLineFactory

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 3, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def seats() -> ContractLine:
    """Ten seats at 30.00 a month from 1 March."""
    contract = ContractFactory.create(starts_on=MARCH)
    found: ContractLine = ContractLineFactory.create(
        contract=contract, unit="user", unit_price=Decimal(30)
    )
    return found


def change(browser: Browser, line: ContractLine, **typed: object) -> str:
    asked = {
        "effect_of": reverse("contracts:line-change", args=[line.pk]),
        "effect_client": line.contract.client_id,
        **typed,
    }
    return " ".join(browser.post(reverse("billing:effect"), asked).content.decode().split())


def test_the_next_invoice_shows_what_the_run_would_bill(seats: ContractLine) -> None:
    client = seats.contract.client

    shown = next_invoice(client, LegalEntity.objects.current(), APRIL)

    bill(APRIL)
    # March and April: 2 x 10 x 30.00
    assert shown.net == Decimal("600.00") == Invoice.objects.get().net


def test_a_change_in_a_billed_month_shows_its_exact_correction(
    seats: ContractLine, as_accountant: Browser
) -> None:
    bill(date(2026, 3, 20))

    page = change(as_accountant, seats, starts_on="2026-03-20", quantity="13", unit_price="30")

    # 3 more seats for 12 of 31 days: 3 x 30 x 12 / 31 = 34.84; April 13 x 30 instead of 10 x 30.
    assert "€34.84" in page
    assert "+€124.84" in page
    assert LineVersion.objects.count() == 1
    assert Charge.objects.count() == 1


def test_what_is_not_acceptable_yet_asks_for_the_rest(
    seats: ContractLine, as_accountant: Browser
) -> None:
    page = change(as_accountant, seats, starts_on="2026-03-20", quantity="", unit_price="30")

    assert "Fill in the form" in page
    assert "Still empty: Quantity." in page


def test_what_cannot_be_read_is_said_in_words(seats: ContractLine, as_accountant: Browser) -> None:
    page = change(as_accountant, seats, starts_on="2026-03-20", quantity="-3", unit_price="30")

    assert "Quantity: Ensure this value is greater than or equal to 0." in page


def test_a_change_to_come_is_looked_at_when_it_shows_and_says_what_a_month_costs_then(
    seats: ContractLine, as_accountant: Browser
) -> None:
    bill(date(2026, 3, 20))
    typed = {"quantity": "13", "unit_price": "30", "effect": "next_period"}
    looked = {"effect_day_of": "starts_on", "effect_months": "1"}

    page = change(as_accountant, seats, starts_on="2026-05-10", **typed, **looked)

    # April to June: 300.00 each, June 13 x 30.00 = 390.00 instead.
    assert "on what is due as of 1 Jun 2026: €990.00 instead of €900.00" in page
    assert "Contracts come to €390.00 a month from then on, instead of €300.00." in page


def test_the_sale_of_a_block_asks_for_its_client_then_shows_what_it_adds(
    seats: ContractLine, as_accountant: Browser
) -> None:
    typed = {"name": "10 hours", "quantity": "10", "price": "900", "sold_on": "2026-03-20"}
    asked = {"effect_of": reverse("contracts:block-sell"), "effect_also_of": "client", **typed}
    url = reverse("billing:effect")

    unnamed = as_accountant.post(url, asked).content.decode()
    named = as_accountant.post(url, {**asked, "client": seats.contract.client_id}).content.decode()

    assert "Still empty: Client." in unnamed
    # March and April of ten seats, 600.00, and the block
    assert "€1,500.00 instead of €600.00" in named
    assert not PrepaidBlock.objects.exists()


def test_a_form_without_effect_by_then_says_so(seats: ContractLine, as_accountant: Browser) -> None:
    page = change(as_accountant, seats, starts_on="2026-06-01", quantity="13", unit_price="30")

    assert "Nothing changes on what is due as of 1 Apr 2026." in page


def test_pages_that_change_nothing_owed_cannot_be_rehearsed(
    seats: ContractLine, as_accountant: Browser
) -> None:
    asked = {"effect_of": "/billing/runs/new/", "effect_client": seats.contract.client_id}

    assert as_accountant.post(reverse("billing:effect"), asked).status_code == 403


def test_a_client_that_one_may_not_see_has_no_effects(as_accountant: Browser) -> None:
    asked = {"effect_of": "/contracts/new/", "effect_client": "999999"}

    assert as_accountant.post(reverse("billing:effect"), asked).status_code == 404


def test_whoever_may_not_change_a_contract_may_not_rehearse_it(
    seats: ContractLine, as_technician: Browser
) -> None:
    asked = {
        "effect_of": reverse("contracts:line-change", args=[seats.pk]),
        "effect_client": seats.contract.client_id,
    }

    assert as_technician.post(reverse("billing:effect"), asked).status_code == 403


def preview(browser: Browser, page: str, line: ContractLine, **typed: object) -> str:
    asked = {
        "effect_of": reverse(f"contracts:{page}", args=[line.contract_id]),
        "effect_client": line.contract.client_id,
        **typed,
    }
    return " ".join(browser.post(reverse("billing:effect"), asked).content.decode().split())


def agree_on_a_term(line: ContractLine) -> None:
    Contract.objects.update(
        renewal_kind="automatic", term_months=1, term_ends_on=date(2026, 5, 31), notice_days=10
    )


def test_a_renewal_shows_the_first_period_of_the_new_term_at_its_new_price(
    seats: ContractLine, as_accountant: Browser
) -> None:
    bill(date(2026, 3, 20))
    agree_on_a_term(seats)
    typed = {"renew-term_ends_on": "2026-05-31", "renew-uplift": "3"}

    page = preview(as_accountant, "renewal-renew", seats, effect_from="2026-06-01", **typed)

    # April to June at 300.00 each; June with 3 %: 10 x 30.90 = 309.00.
    assert "on what is due as of 1 Jun 2026: €909.00 instead of €900.00" in page
    assert Renewal.objects.count() == 0


def test_a_notice_shows_what_is_not_billed_any_more(
    seats: ContractLine, as_accountant: Browser
) -> None:
    bill(date(2026, 3, 20))
    agree_on_a_term(seats)
    typed = {
        "notice-received_on": "2026-03-20",
        "notice-end_kind": "churned",
        "notice-reason": "Moves abroad",
    }

    page = preview(as_accountant, "notice-receive", seats, effect_from="2026-06-01", **typed)

    assert "on what is due as of 1 Jun 2026: €600.00 instead of €900.00" in page
    assert Contract.objects.get().notice_received_on is None


def test_an_early_end_shows_its_credit_and_looks_as_far_as_its_day(
    seats: ContractLine, as_accountant: Browser
) -> None:
    bill(date(2026, 3, 20))
    why = {"end_kind": "churned", "reason": "Moves abroad", "effect_day_of": "last_day_on"}

    soon = preview(as_accountant, "contract-end", seats, last_day_on="2026-03-21", **why)
    later = preview(as_accountant, "contract-end", seats, last_day_on="2026-04-30", **why)

    # 10 of 31 days of March come back: 300.00 x 10/31 = 96.77, and April is not owed.
    assert "as of 1 Apr 2026: -€96.77 instead of €300.00" in soon
    assert "as of 1 May 2026: €300.00 instead of €600.00" in later


def test_the_renewal_page_offers_a_preview_of_each_of_its_forms(
    seats: ContractLine, as_accountant: Browser
) -> None:
    agree_on_a_term(seats)

    page = as_accountant.get(f"/contracts/{seats.contract_id}/renewal/").content.decode()

    for action in ("renewal/renew/", "notice/", "renewal/end/"):
        url = f"/contracts/{seats.contract_id}/{action}"
        assert f'name="effect_of" value="{url}"' in page
    # Today's notice ends the contract with its term; what changes shows the day after.
    assert page.count('name="effect_from" value="2026-06-01"') == 3


@pytest.mark.parametrize(
    ("billing_day", "today", "expected"),
    [
        (None, date(2026, 3, 20), date(2026, 4, 1)),
        (None, date(2026, 4, 1), date(2026, 5, 1)),
        (31, date(2026, 2, 10), date(2026, 2, 28)),
        (31, date(2026, 2, 28), date(2026, 3, 31)),
        (15, date(2026, 12, 20), date(2027, 1, 15)),
    ],
)
def test_a_client_is_billed_next_on_its_day(
    billing_day: int | None, today: date, expected: date
) -> None:
    client: Client = ClientFactory.build(billing_day=billing_day)

    assert next_billing_day(client, today) == expected
