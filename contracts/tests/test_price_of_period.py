"""What a quantity costs for a whole period: by hand, and alike in Python and in the database."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.domain.price import Price, Tier, price_of_period, rows_of, tiers_of

TIERS = (Tier(Decimal(25), Decimal(30)), Tier(None, Decimal(28)))
PACKAGE = Price(unit_price=Decimal(500), included_quantity=Decimal(20), overage_price=Decimal(20))
amounts = st.decimals(0, 999, places=2)


@pytest.mark.parametrize(
    ("pricing", "price", "quantity", "expected"),
    [
        ("per_unit", Price(unit_price=Decimal("24.90")), 12, "298.80"),
        ("package", PACKAGE, 20, "500"),
        ("package", PACKAGE, 23, "560"),  # 500 + 3 x 20
        ("volume", Price(tiers=TIERS), 25, "750"),
        ("volume", Price(tiers=TIERS), 30, "840"),  # 30 x 28
        ("graduated", Price(tiers=TIERS), 25, "750"),
        ("graduated", Price(tiers=TIERS), 30, "890"),  # 25 x 30 + 5 x 28
        ("graduated", Price(tiers=TIERS), 0, "0"),
        ("volume", Price(tiers=TIERS[:1]), 30, "900"),  # the last tier goes on
        ("graduated", Price(), 30, "0"),
    ],
)
def test_the_price_of_a_quantity(pricing: str, price: Price, quantity: int, expected: str) -> None:
    assert price_of_period(pricing, price, Decimal(quantity)) == Decimal(expected)


def test_tiers_are_kept_as_text_and_read_back() -> None:
    assert rows_of(TIERS) == [
        {"up_to": "25", "unit_price": "30"}, {"up_to": None, "unit_price": "28"},
    ]  # fmt: skip
    assert tiers_of(rows_of(TIERS)) == TIERS


@st.composite
def tier_lists(draw: st.DrawFn) -> tuple[Tier, ...]:
    limits = sorted(draw(st.sets(st.integers(1, 50), max_size=4)))
    closed = [Tier(Decimal(limit), draw(amounts)) for limit in limits]
    return (*closed, Tier(None, draw(amounts)))


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pricing=st.sampled_from(["per_unit", "package", "volume", "graduated"]),
    quantity=st.decimals(0, 80, places=1),
    unit_price=amounts,
    overage=amounts,
    tiers=tier_lists(),
)
def test_the_database_reckons_the_same(
    pricing: str, quantity: Decimal, unit_price: Decimal, overage: Decimal, tiers: tuple[Tier, ...]
) -> None:
    included = Decimal(10)
    price = Price(
        unit_price=unit_price, included_quantity=included, overage_price=overage, tiers=tiers
    )
    values = (pricing, quantity, unit_price, included, overage, json.dumps(rows_of(tiers)))

    with connection.cursor() as cursor:
        cursor.execute("SELECT contracts_price_of_period(%s, %s, %s, %s, %s, %s::jsonb)", values)
        (found,) = cursor.fetchone()

    assert found == price_of_period(pricing, price, quantity)
