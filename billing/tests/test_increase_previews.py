"""What a clause of increases or a client's own rate would cause: asked while typing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.tests.firm import open_firm
from catalog.models import Rate, RateCard
from contracts.models import ContractLine, Indexation, IndexationClause, IndexValue
from contracts.tests.factories import ContractFactory, ContractLineFactory
from contracts.tests.indexing import five_percent, index_of
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 3, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def line() -> ContractLine:
    """1,000.00 a month from 1 March."""
    contract = ContractFactory.create(starts_on=date(2026, 3, 1))
    found: ContractLine = ContractLineFactory.create(
        contract=contract, quantity=1, unit_price=Decimal(1000)
    )
    return found


def asked(browser: Browser, page: str, client: int, day: str, **typed: object) -> str:
    sent = {"effect_of": page, "effect_client": client, "effect_day_of": day, "effect_months": 1}
    answer = browser.post(reverse("billing:effect"), {**sent, **typed})
    return " ".join(answer.content.decode().split())


def clause_asked(browser: Browser, line: ContractLine, **typed: object) -> str:
    page = reverse("contracts:clause-add", args=[line.contract_id])
    usual = {"every_months": "12", "decimals": "2", "lag_months": "0", "is_compound": "on"}
    sent = usual | typed
    return asked(browser, page, line.contract.client_id, "first_on", **sent)


def test_a_percentage_shows_its_first_step_and_what_it_brings(
    line: ContractLine, as_accountant: Browser
) -> None:
    page = clause_asked(as_accountant, line, kind="percent", percent="5", first_on="2026-05-01")

    # March to June by 1 June: 4 x 1,000.00; May and June at 1,050.00 instead.
    assert "€4,100.00 instead of €4,000.00" in page
    assert "Contracts come to €1,050.00 a month from then on, instead of €1,000.00." in page
    assert "If the increase of 1 May 2026 is applied" in page
    assert "1,000.00 + 5% = 1,050.00" in page
    assert not IndexationClause.objects.exists()
    assert not Indexation.objects.exists()
    assert line.versions.get().unit_price == 1000


def test_an_index_without_the_value_yet_is_reckoned_with_its_latest(
    line: ContractLine, as_accountant: Browser
) -> None:
    index = index_of({date(2026, 1, 1): "110.50"})
    typed = {"kind": "index", "table": index.pk, "base_value": "105.65", "lag_months": "3"}

    page = clause_asked(as_accountant, line, first_on="2026-08-01", **typed)

    # 1,000.00 x 110.50 / 105.65 = 1,045.91
    assert "€1,000.00 → €1,045.91" in page
    told = "Consumer prices has no value for May 2026 yet: reckoned with 110.5"
    assert told in page
    assert IndexValue.objects.count() == 1


def test_a_clause_that_is_changed_shows_its_next_undecided_step(
    line: ContractLine, as_accountant: Browser
) -> None:
    clause = five_percent(line.contract, first_on=date(2026, 7, 1))
    page = reverse("contracts:clause-edit", args=[clause.pk])

    form = as_accountant.get(page).content.decode()

    assert 'name="effect_from" value="2026-07-02"' in form


def test_a_rate_of_a_clients_own_shows_what_it_changes_on_open_work(
    as_accountant: Browser,
) -> None:
    entry = TimeEntryFactory.create(minutes=60)
    client = entry.ticket.client
    card = RateCard.objects.create(client=client, name="Agreed")
    typed = {"work_type": entry.work_type_id, "hourly_rate": "90", "starts_on": "2026-03-01"}

    page = asked(
        as_accountant, reverse("catalog:rate-set", args=[card.pk]), client.pk, "starts_on", **typed
    )

    # One open hour: 90.00 instead of the firm's 84.00.
    assert "€90.00 instead of €84.00" in page
    assert not Rate.objects.filter(rate_card=card).exists()


def test_the_api_tries_the_steps_of_a_clause_too(
    line: ContractLine, as_accountant: Browser
) -> None:
    body = {"contract": line.contract_id, "kind": "percent", "percent": "5"}
    body |= {"first_on": "2026-04-01", "every_months": 12}
    change = {"path": "/api/v1/indexation-clauses/", "body": body}
    question = {"clients": [line.contract.client_id], "change": change, "as_of_on": "2026-04-01"}

    answer = as_accountant.post("/api/v1/effects/", question, "application/json").json()

    # March 1,000.00, April 1,050.00
    assert answer["amount"] == "50.00"
    step = answer["increases"][0]
    assert (step["effective_on"], step["assumed_value"]) == ("2026-04-01", None)
    assert (step["lines"][0]["old"], step["lines"][0]["new"]) == ("1000.0000", "1050.0000")
    assert not IndexationClause.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_tells_others_after_it_has_saved_can_be_tried(
    line: ContractLine, as_accountant: Browser
) -> None:
    contract = line.contract
    terms = {"name": "Renamed", "other_work": contract.other_work}

    page = asked(
        as_accountant,
        reverse("contracts:contract-edit", args=[contract.pk]),
        contract.client_id,
        "",
        **terms,
    )

    assert "Nothing changes on what is due as of 1 Apr 2026." in page
    contract.refresh_from_db()
    assert contract.name != "Renamed"
