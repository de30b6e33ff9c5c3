"""The sale of a prepaid block: what is charged, when, and once."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from billing.domain.charge import RatedCharge
from billing.domain.evidence import BlockSold
from billing.domain.prepaid import rate_block
from billing.domain.terms import BlockUnit, Kind, Treatment, Unit
from billing.explain import explain
from billing.tests.evidence import K1, charged, evidence, line, version, worked
from billing.wording import description_of
from core.periods import Period

MARCH_12 = date(2026, 3, 12)
YEAR = Period(MARCH_12, date(2027, 3, 12))


def sold(**fields: object) -> BlockSold:
    given = {
        "id": 1,
        "contract": None,
        "description": "10 hours of support",
        "price": Decimal("950.0000"),
        "sold_on": MARCH_12,
        "unit": BlockUnit.MINUTES,
        "quantity": Decimal(600),
        "valid": YEAR,
        **fields,
    }
    return BlockSold(**given)  # type: ignore[arg-type]  # named as the value names them


def test_a_block_is_due_from_the_day_it_was_sold() -> None:
    the_day_before = charged(evidence(blocks_sold=[sold()]), date(2026, 3, 11))
    (charge,) = charged(evidence(blocks_sold=[sold()]), MARCH_12)

    assert the_day_before == []
    assert (charge.kind, charge.treatment) == (Kind.PREPAID, Treatment.BILLED)
    assert (charge.quantity, charge.unit, charge.unit_price) == (1, Unit.PIECE, Decimal(950))
    assert (charge.amount, charge.list_amount) == (Decimal("950.00"), Decimal("950.00"))
    # 20 % on the day of the sale: the sale is what is taxed, not the hours drawn later
    assert charge.tax_rate == Decimal("20.00")
    assert charge.source.block_sold_id == 1
    assert charge.period == Period(MARCH_12, date(2026, 3, 13))


def test_blocks_stand_between_the_months_of_contracts_and_the_work() -> None:
    given = evidence(
        line(version(date(2026, 3, 1), 1, "50.00")),
        time=[worked(60, MARCH_12)],
        blocks_sold=[sold(id=2), sold(id=1, sold_on=date(2026, 3, 13)), sold(id=3)],
    )

    charges = charged(given, date(2026, 3, 31))

    def block_of(charge: RatedCharge) -> int | None:
        return charge.source.block_sold_id

    assert [charge.kind for charge in charges] == ["recurring"] + ["prepaid"] * 3 + ["time"]
    assert [block_of(charge) for charge in charges[1:4]] == [2, 3, 1]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "10 h in advance, usable 12 Mar 2026 – 11 Mar 2027"),
        (
            {"valid": Period.through(MARCH_12, None), "quantity": Decimal(90)},
            "1 h 30 in advance, usable from 12 Mar 2026",
        ),
        (
            {"unit": BlockUnit.MONEY, "quantity": Decimal(500)},
            "€500.00 in advance, usable 12 Mar 2026 – 11 Mar 2027",
        ),
        (
            {"unit": BlockUnit.INCIDENTS, "quantity": Decimal(1)},
            "1 incident in advance, usable 12 Mar 2026 – 11 Mar 2027",
        ),
        (
            {"unit": BlockUnit.INCIDENTS, "quantity": Decimal(5)},
            "5 incidents in advance, usable 12 Mar 2026 – 11 Mar 2027",
        ),
    ],
)
def test_the_line_says_what_was_bought_and_until_when(
    fields: dict[str, object], sentence: str
) -> None:
    charge = rate_block(sold(contract=K1, **fields))

    with translation.override("en"):
        assert description_of(charge) == "10 hours of support"
        assert explain(charge) == sentence
