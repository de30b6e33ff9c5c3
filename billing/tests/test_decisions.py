"""Work whose payer a person must name: it waits in a queue until they do."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import Client
from contracts.models import Contract
from contracts.tests.factories import ContractFactory, CoverageRuleFactory
from tickets.models import TimeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def torn() -> TimeEntry:
    """37 minutes that two contracts include."""
    client = busy_client()
    entry = TimeEntry.objects.get()
    for name in ("Silver", "Gold"):
        covering(client, name, entry)
    return entry


def covering(client: Client, name: str, entry: TimeEntry) -> Contract:
    contract: Contract = ContractFactory.create(client=client, name=name)
    CoverageRuleFactory.create(contract=contract, work_type=entry.work_type)
    return contract


def decide(browser: Browser, entry: TimeEntry, **typed: object) -> int:
    return browser.post(reverse("billing:decide", args=[entry.pk]), typed).status_code


def test_the_queue_names_the_candidates(torn: TimeEntry, as_accountant: Browser) -> None:
    page = as_accountant.get(reverse("billing:decisions")).content.decode()

    assert "Silver" in page
    assert "Gold" in page
    assert "37 min" in page


def test_the_queue_can_be_decided_in_a_browser_that_guards_its_forms(
    torn: TimeEntry, accountant: User
) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(accountant, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("billing:decisions")).content.decode()
    form = page[page.index(reverse("billing:decide", args=[torn.pk])) :]
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    assert decide(browser, torn, payer="none", csrfmiddlewaretoken=token) == 302


def test_a_chosen_contract_pays_and_the_queue_is_empty(
    torn: TimeEntry, as_accountant: Browser
) -> None:
    silver = Contract.objects.get(name="Silver")

    assert decide(as_accountant, torn, payer=silver.pk) == 302

    torn.refresh_from_db()
    assert (torn.contract_choice, torn.contract) == ("contract", silver)
    page = as_accountant.get(reverse("billing:decisions")).content.decode()
    assert "Nothing to decide" in page
    bill()
    # 298.80 + 3.19: the work itself is covered.
    assert Invoice.objects.get().net == Decimal("301.99")


def test_no_contract_means_the_clients_rates_for_the_whole_ticket(
    torn: TimeEntry, as_accountant: Browser
) -> None:
    assert decide(as_accountant, torn, payer="none", whole_ticket="1") == 302

    torn.refresh_from_db()
    assert (torn.contract_choice, torn.ticket.contract_choice) == ("automatic", "none")
    bill()
    assert Invoice.objects.get().net == Decimal("364.99")


def test_another_clients_contract_cannot_pay(torn: TimeEntry, as_accountant: Browser) -> None:
    foreign = ContractFactory.create()

    assert decide(as_accountant, torn, payer=foreign.pk) == 422
    assert decide(as_accountant, torn, payer="gold") == 422

    torn.refresh_from_db()
    assert torn.contract_choice == "automatic"
