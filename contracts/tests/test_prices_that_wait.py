"""An increase that meets something that waits: each counts from its own day, neither is lost.

Quarters begin on 1 April and 1 July 2026; the increase of 5 % counts from 1 May.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.models import ContractLine
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.change_line import change_line
from contracts.operations.undo_indexation import undo_indexation
from contracts.tests.factories import ContractLineFactory
from contracts.tests.indexing import five_percent, prices, steps_until

pytestmark = pytest.mark.django_db
APRIL, MAY, JULY = (date(2026, month, 1) for month in (4, 5, 7))
OF_2025 = ("2025-01-01", "10", "100.00")


@pytest.fixture
def line() -> ContractLine:
    """Ten at 100.00 a quarter since 2025."""
    found: ContractLine = ContractLineFactory.create(rhythm_months=3, unit_price=Decimal(100))
    return found


def change(line: ContractLine, day: date, effect: str = "next_period", **values: Any) -> None:
    change_line(line_id=line.pk, starts_on=day, effect=effect, **values)


def raise_prices(line: ContractLine, effect: str = "immediate") -> int:
    clause = five_percent(line.contract, first_on=MAY)
    return apply_indexation(clause_id=clause.pk, effective_on=MAY, effect=effect).pk


def test_a_price_that_waits_comes_in_its_turn_and_is_not_raised_before(line: ContractLine) -> None:
    change(line, date(2026, 4, 10), unit_price=Decimal(400))

    raise_prices(line)

    assert prices(line) == [
        OF_2025,
        ("2026-05-01", "10", "105.00"),
        ("2026-07-01", "10", "400.00"),
    ]


def test_seats_that_wait_on_the_very_day_do_not_let_the_increase_wait(line: ContractLine) -> None:
    change(line, MAY, quantity=Decimal(12))

    raise_prices(line)

    assert prices(line) == [
        OF_2025,
        ("2026-05-01", "10", "105.00"),
        ("2026-07-01", "12", "105.00"),
    ]
    assert {one.effect for one in line.versions.all()} == {"immediate"}


def test_an_increase_that_waits_lets_seats_of_that_day_count_at_once(line: ContractLine) -> None:
    change(line, MAY, effect="immediate", quantity=Decimal(12))

    raise_prices(line, effect="next_period")

    assert prices(line) == [
        OF_2025,
        ("2026-05-01", "12", "100.00"),
        ("2026-07-01", "12", "105.00"),
    ]


def test_seats_added_while_a_price_waits_stay_at_the_price_that_counts(line: ContractLine) -> None:
    change(line, APRIL.replace(day=10), unit_price=Decimal(400))
    change(line, date(2026, 6, 1), effect="immediate", quantity=Decimal(12))

    step = steps_after(line)
    raise_prices(line)

    assert step == [(Decimal("100.0000"), Decimal("105.00"))]
    assert prices(line) == [
        OF_2025,
        ("2026-05-01", "10", "105.00"),
        ("2026-06-01", "12", "105.00"),
        ("2026-07-01", "12", "400.00"),
    ]


def steps_after(line: ContractLine) -> list[tuple[Decimal, Decimal]]:
    """What the list says before anybody applies it: the old and the new price."""
    clause = five_percent(line.contract, first_on=MAY)
    found = [(one.step.old.unit_price, one.step.new.unit_price)
             for due in steps_until(MAY) for one in due.lines]  # fmt: skip
    clause.delete()
    return found


def test_taken_back_the_prices_count_as_before(line: ContractLine) -> None:
    change(line, MAY, quantity=Decimal(12))
    step = raise_prices(line)

    undo_indexation(indexation_id=step)

    assert prices(line) == [OF_2025, ("2026-07-01", "12", "100.00")]
