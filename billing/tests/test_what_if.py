"""A client's past months on a managed plan, beside what they cost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Invoice
from billing.tests.firm import bill, open_firm
from billing.what_if import Question, Sides, WhatIf, what_if
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory
from contracts.models import Contract, PlanRevision
from contracts.tests.factories import (
    ContractFactory,
    ContractLineFactory,
    PlanAllowanceFactory,
    PlanCoverageFactory,
    PlanLineFactory,
    PlanRevisionFactory,
    published,
)
from core.periods import Period
from tickets.models import TimeEntry
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 4, 2, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def client() -> Client:
    """A client without contract: 37 min and 2 h of work in March at 84.00 an hour."""
    found: Client = ClientFactory.create()
    ticket = TicketFactory.create(client=found)
    first = TimeEntryFactory.create(ticket=ticket, minutes=37)
    TimeEntryFactory.create(
        ticket=ticket, minutes=120, worked_on=date(2026, 3, 12), work_type=first.work_type
    )
    return found


@pytest.fixture
def silver(client: Client) -> PlanRevision:
    """25.00 a device, remote work included, an hour a month."""
    entry = TimeEntry.objects.filter(ticket__client=client).first()
    revision = PlanRevisionFactory.create()
    PlanLineFactory.create(revision=revision)
    PlanCoverageFactory.create(revision=revision, work_type=entry and entry.work_type)
    PlanAllowanceFactory.create(revision=revision, minutes=60)
    return published(revision)


def question(client: Client, revision: PlanRevision) -> dict[str, str]:
    return {
        "client": str(client.pk),
        "revision": str(revision.pk),
        "first_on": "2026-03-15",
        "months": "1",
    }


def ask(client: Client, revision: PlanRevision) -> WhatIf:
    line = revision.lines.get()
    asked = Question(client, revision.pk, MARCH, {line.pk: Decimal(4)})
    return what_if(asked, LegalEntity.objects.current())


# On the plan: 4 x 25.00 = 100.00. 37 min are billed as 45, all from the hour; of the 2 h the last
# 15 min of the hour, and 105 min at 84.00 an hour = 147.00. As it was: 63.00 and 168.00.
EXPECTED_FIXED, EXPECTED_WORK = (
    Sides(Decimal("0.00"), Decimal("100.00")),
    Sides(Decimal("231.00"), Decimal("147.00")),
)


def test_open_work_is_compared_entry_by_entry(client: Client, silver: PlanRevision) -> None:
    answer = ask(client, silver)

    [march] = answer.months
    assert (march.fixed, march.work) == (EXPECTED_FIXED, EXPECTED_WORK)
    assert answer.total.difference == Decimal("16.00")
    assert [work.sides for work in answer.works] == [
        Sides(Decimal("63.00"), Decimal("0.00")),
        Sides(Decimal("168.00"), Decimal("147.00")),
    ]


def test_the_sentences_name_the_plan(client: Client, silver: PlanRevision) -> None:
    answer = ask(client, silver)

    assert all("contract ?" not in work.explanation for work in answer.works)
    assert f"beyond the hours of contract {silver.plan.name}" in answer.works[-1].explanation


def test_billed_work_is_compared_just_the_same(client: Client, silver: PlanRevision) -> None:
    bill()

    answer = ask(client, silver)

    assert Invoice.objects.get().net == Decimal("231.00")
    assert [(month.fixed, month.work) for month in answer.months] == [
        (EXPECTED_FIXED, EXPECTED_WORK)
    ]


def test_nothing_of_the_comparison_is_kept(client: Client, silver: PlanRevision) -> None:
    ask(client, silver)

    assert not Contract.objects.exists()
    assert not Invoice.objects.exists()


def test_the_page_asks_and_answers(
    client: Client, silver: PlanRevision, as_accountant: Browser
) -> None:
    asked = question(client, silver)
    asked[f"quantity-{silver.lines.get().pk}"] = "4"

    page = as_accountant.get(reverse("billing:what-if"), asked).content.decode()

    assert "€231.00" in page
    assert "€247.00" in page
    assert "€16.00" in page


def test_a_wrong_quantity_is_named(
    client: Client, silver: PlanRevision, as_accountant: Browser
) -> None:
    asked = question(client, silver)
    asked[f"quantity-{silver.lines.get().pk}"] = "many"

    answer = as_accountant.get(reverse("billing:what-if"), asked)

    assert answer.status_code == 422
    assert "give a quantity of 0 or more" in answer.content.decode()


def test_a_quarter_paid_in_advance_counts_in_each_of_its_months(
    client: Client, silver: PlanRevision
) -> None:
    """900.00 from January to March, by days: 31/90 of it are March's."""
    ContractLineFactory.create(
        contract__client=client, contract__starts_on=date(2026, 1, 1), rhythm_months=3,
        quantity=1, unit_price=Decimal(900),
    )  # fmt: skip
    bill()

    answer = ask(client, silver)

    assert answer.months[0].fixed == Sides(Decimal("310.00"), Decimal("100.00"))


def test_work_for_which_a_person_chose_a_contract_is_rated_on_the_plan(
    client: Client, silver: PlanRevision
) -> None:
    contract = ContractFactory.create(client=client)
    TimeEntry.objects.update(contract_choice="contract", contract=contract)

    answer = ask(client, silver)

    assert answer.held == []
    assert answer.months[0].work.plan == Decimal("147.00")
