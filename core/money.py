"""Money: one rounding function, and splits whose parts add up.

Amounts are ``Decimal`` in units of the currency. Rounding is half up, away from zero on a tie, to
the currency's exponent (ISO 4217).
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

EXPONENTS = {
    "BHD": 3, "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0,
    "KMF": 0, "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0,
    "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip
ZERO = Decimal("0.00")


@lru_cache
def smallest_unit(currency: str = "EUR") -> Decimal:
    """Return the smallest amount of the currency: 0.01 for the euro, 1 for the yen."""
    return Decimal(1).scaleb(-EXPONENTS.get(currency, 2))


def round_money(amount: Decimal, currency: str = "EUR") -> Decimal:
    """Return the amount rounded half up to the currency's smallest unit."""
    return amount.quantize(smallest_unit(currency), rounding=ROUND_HALF_UP)


def split_by_weight(
    total: Decimal, weights: Sequence[Decimal], currency: str = "EUR"
) -> list[Decimal]:
    """Split a rounded total by weight so that the parts add up (largest remainder, Hamilton).

    :raises ValueError: the weights are negative or add up to nothing
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be positive and add up to more than nothing")
    unit = smallest_unit(currency)
    exact = [total * weight / whole for weight in weights]
    parts = [amount.quantize(unit, rounding=ROUND_FLOOR) for amount in exact]
    missing = int((total - sum(parts, Decimal(0))) / unit)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[:missing]:
        parts[i] += unit
    return parts
