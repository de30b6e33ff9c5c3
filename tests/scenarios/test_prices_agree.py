"""The price on a contract's page, in the database's sums and on the invoice is one price."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import LineVersion
from billing.domain.agreements import Tier as BilledTier
from billing.domain.pricing import price_of, steps_of
from billing.domain.terms import Pricing
from contracts.domain.price import Price, Tier, price_of_period
from core.periods import FOREVER

amounts = st.decimals(0, 999, places=2)


@st.composite
def tier_lists(draw: st.DrawFn) -> tuple[Tier, ...]:
    limits = sorted(draw(st.sets(st.integers(1, 50), max_size=4)))
    return (
        *(Tier(Decimal(limit), draw(amounts)) for limit in limits),
        Tier(None, draw(amounts)),
    )


@given(
    pricing=st.sampled_from(Pricing),
    quantity=st.decimals(0, 80, places=1),
    unit_price=amounts,
    overage=amounts,
    tiers=tier_lists(),
)
def test_contracts_and_billing_price_a_quantity_alike(
    pricing: Pricing, quantity: Decimal, unit_price: Decimal, overage: Decimal,
    tiers: tuple[Tier, ...],
) -> None:  # fmt: skip
    included = Decimal(10)
    price = Price(
        unit_price=unit_price, included_quantity=included, overage_price=overage, tiers=tiers
    )
    version = LineVersion(
        starts_on=FOREVER,
        quantity=quantity,
        unit_price=unit_price,
        included_quantity=included,
        overage_price=overage,
        tiers=tuple(BilledTier(tier.up_to, tier.unit_price) for tier in tiers),
    )

    billed = price_of(steps_of(pricing, version, quantity))

    assert price_of_period(pricing.value, price, quantity) == billed
