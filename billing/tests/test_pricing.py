"""What a quantity costs for a whole period: by unit, package, volume and graduated tiers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import LineVersion, Tier
from billing.domain.pricing import price_of, steps_of
from billing.domain.terms import Pricing
from billing.tests.evidence import version
from contracts.domain import price

MAR = date(2026, 3, 1)
TIERS = (
    Tier(Decimal(10), Decimal("30.00")),
    Tier(Decimal(50), Decimal("25.00")),
    Tier(None, Decimal("20.00")),
)
quantities = st.decimals("0", "500", places=2)


def cost(pricing: Pricing, quantity: int | str, agreed: LineVersion) -> str:
    return str(price_of(steps_of(pricing, agreed, Decimal(quantity))))


def test_by_unit_the_price_is_multiplied() -> None:
    assert cost(Pricing.PER_UNIT, "2.5", version(MAR, 0, "24.90")) == "62.250"


@pytest.mark.parametrize(
    ("quantity", "amount"),
    [(0, "500.00"), (9, "500.00"), (10, "500.00"), (11, "530.00"), (13, "590.00")],
)
def test_a_package_includes_some_units_and_prices_each_further_one(
    quantity: int, amount: str
) -> None:
    package = version(
        MAR, 0, "500.00", included_quantity=Decimal(10), overage_price=Decimal("30.00")
    )

    assert cost(Pricing.PACKAGE, quantity, package) == amount


def test_a_package_that_is_not_used_up_has_one_step() -> None:
    package = version(MAR, 0, "500.00", included_quantity=Decimal(10))

    assert len(steps_of(Pricing.PACKAGE, package, Decimal(10))) == 1


@pytest.mark.parametrize(
    ("quantity", "volume", "graduated"),
    [
        (0, "0.00", "0.00"),
        (10, "300.00", "300.00"),
        (11, "275.00", "325.00"),  # all at 25; ten at 30 and one at 25
        (50, "1250.00", "1300.00"),
        (60, "1200.00", "1500.00"),  # all at 20; 10 x 30 + 40 x 25 + 10 x 20
    ],
)
def test_volume_prices_all_units_alike_and_graduated_each_tier_for_itself(
    quantity: int, volume: str, graduated: str
) -> None:
    tiered = version(MAR, 0, "0", tiers=TIERS)

    assert cost(Pricing.VOLUME, quantity, tiered) == volume
    assert cost(Pricing.GRADUATED, quantity, tiered) == graduated


def test_beyond_the_limit_of_the_last_tier_its_price_goes_on() -> None:
    closed = version(MAR, 0, "0", tiers=TIERS[:2])

    assert cost(Pricing.VOLUME, 60, closed) == "1500.00"
    assert cost(Pricing.GRADUATED, 60, closed) == "1550.00"  # 10 x 30 + 50 x 25


@pytest.mark.parametrize("pricing", [Pricing.VOLUME, Pricing.GRADUATED])
def test_without_tiers_no_price_was_agreed(pricing: Pricing) -> None:
    assert steps_of(pricing, version(MAR, 1, "9.00"), Decimal(1)) == ()


@given(quantity=quantities)
def test_graduated_tiers_hold_each_unit_once(quantity: Decimal) -> None:
    steps = steps_of(Pricing.GRADUATED, version(MAR, 0, "0", tiers=TIERS), quantity)

    assert sum(step.quantity for step in steps) == quantity


@given(fewer=quantities, more=quantities)
def test_more_units_never_cost_less_where_tiers_are_graduated(
    fewer: Decimal, more: Decimal
) -> None:
    tiered = version(MAR, 0, "0", tiers=TIERS)
    low, high = sorted((fewer, more))

    assert price_of(steps_of(Pricing.GRADUATED, tiered, low)) <= price_of(
        steps_of(Pricing.GRADUATED, tiered, high)
    )


@given(
    pricing=st.sampled_from(Pricing),
    quantity=quantities,
    limits=st.sets(st.integers(1, 300), max_size=3),
    amounts=st.lists(st.decimals("0", "99", places=4), min_size=6, max_size=6),
)
def test_a_contracts_page_and_its_invoice_name_the_same_price(
    pricing: Pricing, quantity: Decimal, limits: set[int], amounts: list[Decimal]
) -> None:
    unit_price, overage, *prices = amounts
    tiers = list(zip([*map(Decimal, sorted(limits)), None], prices, strict=False))
    included = Decimal(len(limits) * 20)
    billed = version(
        MAR, 0, str(unit_price), included_quantity=included, overage_price=overage,
        tiers=tuple(Tier(*tier) for tier in tiers),
    )  # fmt: skip
    shown = price.Price(
        unit_price=unit_price, included_quantity=included, overage_price=overage,
        tiers=tuple(price.Tier(*tier) for tier in tiers),
    )  # fmt: skip

    amount = price_of(steps_of(pricing, billed, quantity))

    assert amount == price.price_of_period(pricing, shown, quantity)
