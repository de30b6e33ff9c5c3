"""Prices of a contract that goes on at another client rise as they would have risen where it was.

1,000.00 at 105.65, raised on 1 January by the index of October; transferred to a sister company.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clients.tests.factories import ClientFactory
from contracts.indexing import due_clause_ids
from contracts.models import ContractLine, IndexationClause
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.change_line import change_line
from contracts.operations.pass_term import pass_term
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.transfer_contract import transfer_contract
from contracts.tests.factories import ContractLineFactory
from contracts.tests.indexing import (
    NEW_YEAR,
    five_percent,
    index_of,
    prices,
    steps_until,
    with_index,
)

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def line() -> ContractLine:
    """One at 1,000.00 since 2025."""
    found: ContractLine = ContractLineFactory.create(quantity=1, unit_price=Decimal(1000))
    return found


def octobers(first: str, second: str) -> Any:
    return index_of({date(2025, 10, 1): first, date(2026, 10, 1): second})


def transfer(line: ContractLine, first_day: date = date(2026, 7, 1)) -> IndexationClause:
    """Transfer the contract, and return the clause as it goes on."""
    new = transfer_contract(
        contract_id=line.contract_id, client_id=ClientFactory.create().pk,
        first_day=first_day, number="K9000",
    )  # fmt: skip
    return new.indexation_clauses.get()


def raised(clause: IndexationClause) -> str:
    """Apply next year's step, and return the price that counts from then on."""
    apply_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)
    return prices(clause.contract.lines.get())[-1][2]


@pytest.mark.parametrize(
    ("first", "second", "limits", "reached", "price"),
    [
        # asked 1,135.83, then 1,145.29: both times 3 % is all there is
        ("120.00", "121.00", {"cap_percent": Decimal(3)}, "1030.00", "1060.90"),
        # asked 946.52, kept by the floor; then 1,000 x 106.00 / 105.65 = 1,003.3128
        ("100.00", "106.00", {"floor_percent": Decimal(0)}, "1000.00", "1003.31"),
    ],
)
def test_a_limit_that_was_met_does_not_become_the_base(
    line: ContractLine, first: str, second: str, limits: dict[str, Any], reached: str, price: str
) -> None:
    clause = with_index(line.contract, octobers(first, second), **limits)
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    assert prices(line)[-1][2] == reached

    assert raised(transfer(line)) == price


def test_a_percentage_of_the_first_price_stays_one_of_the_first_price(line: ContractLine) -> None:
    clause = five_percent(line.contract, is_compound=False)
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert raised(transfer(line)) == "1100.00"  # 1,050.00 + 50.00


def test_a_step_on_the_day_of_the_transfer_is_due_there(line: ContractLine) -> None:
    five_percent(line.contract, first_on=NEXT_YEAR)

    clause = transfer(line, NEXT_YEAR)

    assert [len(due.lines) for due in steps_until(NEXT_YEAR)] == [1]
    assert raised(clause) == "1050.00"


def test_a_renewal_from_the_day_of_the_transfer_on_raises_prices_there(line: ContractLine) -> None:
    """Transferred ahead, to New Year, when the term ends: with notice of 90 days it renews then."""
    set_renewal_terms(
        contract_id=line.contract_id, renewal_kind="automatic", term_months=12, notice_days=90,
        renewal_uplift=Decimal(3), today=date(2026, 6, 1),
    )  # fmt: skip
    new = transfer_contract(
        contract_id=line.contract_id, client_id=ClientFactory.create().pk,
        first_day=NEXT_YEAR, number="K9000",
    )  # fmt: skip

    pass_term(contract_id=new.pk, today=date(2026, 10, 3))

    assert prices(new.lines.get()) == [("2027-01-01", "1", "1030.00")]


def test_steps_keep_their_day_of_the_month_and_none_before_the_transfer_is_due(
    line: ContractLine,
) -> None:
    """Every month from 31 January: after the transfer in April the next ones are 30 and 31."""
    clause = five_percent(line.contract, first_on=date(2026, 1, 31), every_months=1)
    for day in (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)):
        apply_indexation(clause_id=clause.pk, effective_on=day)

    moved = transfer(line, date(2026, 4, 2))

    both = IndexationClause.objects.all()
    assert due_clause_ids(both, date(2026, 4, 29)) == []
    assert due_clause_ids(both, date(2026, 4, 30)) == [moved.pk]
    days = [due.effective_on for due in steps_until(date(2026, 5, 31))]
    assert days == [date(2026, 4, 30), date(2026, 5, 31)]


def test_a_price_changed_by_hand_before_still_asks_for_its_base_there(line: ContractLine) -> None:
    clause = with_index(line.contract, octobers("114.25", "116.00"))
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    change_line(line_id=line.pk, starts_on=date(2026, 3, 1), unit_price=Decimal(1200))

    transfer(line)

    assert [one.step.obstacle for due in steps_until(NEXT_YEAR) for one in due.lines] == ["changed"]


def test_a_contract_transferred_twice_still_starts_from_its_first_base(line: ContractLine) -> None:
    clause = with_index(line.contract, octobers("120.00", "121.00"), cap_percent=Decimal(3))
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    once = transfer(line)

    twice = transfer_contract(
        contract_id=once.contract_id, client_id=ClientFactory.create().pk,
        first_day=date(2026, 9, 1), number="K9001",
    )  # fmt: skip

    assert raised(twice.indexation_clauses.get()) == "1060.90"
