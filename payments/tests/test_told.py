"""Amounts as Stripe writes them."""

from decimal import Decimal

import pytest

from payments.domain.told import from_minor, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("509.76", "EUR", 50976),
        ("1200", "JPY", 1200),
        ("1.500", "KWD", 1500),
        ("5.00", "ISK", 500),
        ("7.00", "UGX", 700),
    ],
)
def test_each_currency_has_its_own_smallest_unit(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor
    assert from_minor(minor, currency) == Decimal(amount)


def test_what_is_finer_than_the_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="smallest unit"):
        to_minor(Decimal("0.005"), "EUR")
