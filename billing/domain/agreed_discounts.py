"""What agreements take off recurring charges, for the days on which they hold.

A percentage counts for the part of the charge that its days are of the charge's days. An amount a
month counts month by month: of each month's days the part on which it holds. Nothing is taken off
beyond the charge itself.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from billing.domain.agreements import AgreedDiscount
from billing.domain.charge import RatedCharge, discount_on
from core.money import ZERO, round_money
from core.periods import Period, month_of

RULE = "agreed_discount/1"


def discounts_on(
    charge: RatedCharge, agreed: Iterable[AgreedDiscount], currency: str
) -> Iterator[RatedCharge]:
    """Yield what agreements take off a recurring charge, or off more of it billed later.

    An amount a month is taken off once, with the charge of the period itself.
    """
    left = charge.amount
    for one in agreed:
        if left <= 0 or not _reaches(one, charge):
            continue
        if one.percent is None and charge.source.revision:
            continue
        amount = min(left, _amount_of(one, charge, currency))
        if amount > 0:
            left -= amount
            yield discount_on(charge, -amount, _basis(one, charge))


def _reaches(one: AgreedDiscount, charge: RatedCharge) -> bool:
    contract_id = charge.contract.id if charge.contract else None
    is_of_contract = one.contract_id in {None, contract_id}
    return is_of_contract and one.line_id in {None, charge.source.contract_line_id}


def _amount_of(one: AgreedDiscount, charge: RatedCharge, currency: str) -> Decimal:
    held = charge.period.clip_to(one.days)
    if not held:
        return ZERO
    if one.percent is not None:
        share = Fraction(held.days, charge.period.days)
        exact = Fraction(charge.amount) * Fraction(one.percent) / 100 * share
    else:
        exact = Fraction(one.amount_a_month or 0) * months_in(held)
    return round_money(Decimal(exact.numerator) / Decimal(exact.denominator), currency)


def months_in(days: Period) -> Fraction:
    """Return how many months these days are: of each calendar month, the part of its days."""
    found, start = Fraction(0), days.start
    while start < days.end:
        month = month_of(start)
        part = Period(start, min(month.end, days.end))
        found += Fraction(part.days, month.days)
        start = part.end
    return found


def _basis(one: AgreedDiscount, charge: RatedCharge) -> dict[str, object]:
    held = charge.period.clip_to(one.days)
    size = {"percent": str(one.percent)} if one.percent else {"a_month": str(one.amount_a_month)}
    return {
        "rule": RULE,
        "agreed": one.id,
        "reason": one.reason,
        "of": str(charge.amount),
        "from": held.start.isoformat(),
        "days": held.days,
        "whole": charge.period.days,
        **size,
    }
