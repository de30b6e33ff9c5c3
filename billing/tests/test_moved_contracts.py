"""A contract that moves to a new revision of its plan pays for each day once, at one price."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge, RunProof
from billing.operations.prove_run import prove_run
from billing.tests.firm import bill, open_firm
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, PlanRevision
from contracts.operations.change_line import change_line
from contracts.operations.move_contract import move_contract
from contracts.operations.sell_plan import sell_plan
from contracts.tests.factories import PlanLineFactory, PlanRevisionFactory, published

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE, JULY = (date(2026, month, 1) for month in (3, 5, 6, 7))
MIDDLE = date(2026, 5, 16)
QUARTERLY: dict[str, Any] = {"rhythm_months": 3, "unit_price": Decimal(90)}


@pytest.fixture
def line() -> ContractLine:
    """Ten devices at 25.00 a month since March, as the plan sells them."""
    open_firm()
    main = PlanLineFactory.create()
    published(main.revision)
    contract = sell_plan(
        revision_id=main.revision_id, client_id=ClientFactory.create().pk, number="K1",
        name="Silver", starts_on=MARCH, quantities={main.pk: Decimal(10)},
    )  # fmt: skip
    return contract.lines.get()


def move(line: ContractLine, day: date, **changes: Any) -> Contract:
    """Let the contract follow, from a day on, a revision that sells devices differently."""
    old = line.plan_line
    assert old is not None
    new: PlanRevision = PlanRevisionFactory.create(plan=old.revision.plan, number=2)
    PlanLineFactory.create(revision=new, follows=old, **changes)
    published(new)
    return move_contract(contract_id=line.contract_id, revision_id=new.pk, effective_on=day)


def billed(as_of: date) -> list[tuple[date, str]]:
    """Bill as of the day, and return what each charge names and costs."""
    run = bill(as_of)
    prove_run(run_id=run.pk)
    astray = RunProof.objects.filter(run=run, place__in=["lost", "twice"])
    assert not [(one.place, one.amount) for one in astray if one.amount]
    rows = Charge.objects.order_by("pk").values_list("starts_on", "amount")
    return [(day, str(amount)) for day, amount in rows]


def test_what_another_system_has_billed_stays_billed_on_the_line_that_goes_on(
    line: ContractLine,
) -> None:
    """May is billed elsewhere: of the quarter April to June, 91 days, June's 30 are ours."""
    ContractLine.objects.update(billed_through_on=date(2026, 5, 31))

    move(line, MAY, **QUARTERLY)

    assert billed(JUNE) == [(JUNE, "296.70")]  # 900 x 30 / 91


def test_a_line_replaced_on_its_first_day_gives_back_all_that_was_billed(
    line: ContractLine,
) -> None:
    """March is billed monthly, then sold quarterly from its first day: 31 of 90 days."""
    assert billed(MARCH) == [(MARCH, "250.00")]

    move(line, MARCH, **QUARTERLY)

    assert billed(MARCH)[1:] == [(MARCH, "310.00"), (MARCH, "-250.00")]


def test_seats_that_wait_go_on_waiting_on_the_line_that_replaces_theirs(
    line: ContractLine,
) -> None:
    """May: 250 x 15 / 31. Quarter of 91 days: 16 with ten devices, June's 30 with twelve."""
    change_line(
        line_id=line.pk, starts_on=date(2026, 5, 10), quantity=Decimal(12), effect="next_period"
    )

    move(line, MIDDLE, **QUARTERLY)

    assert billed(JUNE)[2:] == [
        (MAY, "120.97"),
        (MIDDLE, "514.29"),  # (16 x 900 + 30 x 1,080) / 91
    ]


def test_seats_that_the_line_lets_wait_do_so_on_the_one_that_replaces_it(
    line: ContractLine,
) -> None:
    """May: 250 x 15 / 31, then still ten for 16 days; June has twelve."""
    ContractLine.objects.update(quantity_rule="next_period")
    change_line(line_id=line.pk, starts_on=date(2026, 5, 10), quantity=Decimal(12))

    move(line, MIDDLE)

    assert billed(JUNE)[2:] == [(MAY, "120.97"), (MIDDLE, "129.03"), (JUNE, "300.00")]


def test_seats_agreed_for_later_cost_the_new_price_too(line: ContractLine) -> None:
    change_line(line_id=line.pk, starts_on=JUNE, quantity=Decimal(12))

    move(line, MAY, unit_price=Decimal(31))

    assert billed(JUNE)[2:] == [(MAY, "310.00"), (JUNE, "372.00")]


def test_a_new_price_counts_from_its_day_though_seats_of_that_day_wait(
    line: ContractLine,
) -> None:
    """May: 15 days at 250.00, 16 at 310.00 a month of 31; the two more seats count from June."""
    change_line(line_id=line.pk, starts_on=MIDDLE, quantity=Decimal(12), effect="next_period")

    move(line, MIDDLE, unit_price=Decimal(31))

    assert billed(JUNE)[2:] == [(MAY, "280.97"), (JUNE, "372.00")]
