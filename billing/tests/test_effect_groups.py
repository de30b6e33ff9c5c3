"""Many periods of one line are one row of a preview, few of them are told one by one."""

from datetime import date
from decimal import Decimal

from billing.domain.charge import RatedCharge, Source
from billing.domain.terms import Kind, Treatment, Unit
from billing.effect_groups import Difference, DifferenceGroup, grouped
from billing.upcoming import UpcomingLine
from core.periods import Period, add_months

JANUARY = date(2025, 1, 1)


def difference(month: int, amount: str, line: int | None = 1) -> Difference:
    first = add_months(JANUARY, month)
    charge = RatedCharge(
        kind=Kind.ADJUSTMENT,
        treatment=Treatment.BILLED,
        source=Source(contract_line_id=line, period_on=first),
        subject="Care for workstations",
        period=Period(first, add_months(first, 1)),
        quantity=Decimal(1),
        unit=Unit.PRO_RATA,
        unit_price=Decimal(amount),
        amount=Decimal(amount),
        list_amount=Decimal(amount),
    )
    return Difference(None, UpcomingLine(charge, "Care", "1", amount, ""))


def only(rows: list[Difference]) -> DifferenceGroup:
    [group] = grouped(rows)
    return group


def test_two_years_of_one_correction_are_one_row_with_its_days_and_its_sum() -> None:
    group = only([difference(month, "5.00") for month in range(24)])

    assert (group.is_long, group.title) == (True, "Care for workstations")
    # 24 x 5.00
    assert (group.amount, group.each) == (Decimal("120.00"), Decimal("5.00"))
    assert group.days == Period(date(2025, 1, 1), date(2027, 1, 1))


def test_periods_of_different_amounts_have_no_amount_each() -> None:
    group = only([difference(0, "2.26"), difference(1, "5.00"), difference(2, "5.00")])

    assert (group.amount, group.each) == (Decimal("12.26"), None)


def test_two_periods_are_told_one_by_one() -> None:
    assert not only([difference(0, "5.00"), difference(1, "5.00")]).is_long


def test_what_rests_on_no_contract_line_is_never_put_together() -> None:
    rows = [difference(month, "84.00", line=None) for month in range(4)]

    assert [len(group.differences) for group in grouped(rows)] == [1, 1, 1, 1]


def test_lines_stay_apart_and_in_their_order() -> None:
    rows = [difference(0, "5.00"), difference(0, "7.00", line=2), difference(1, "5.00")]

    assert [group.amount for group in grouped(rows)] == [Decimal("10.00"), Decimal("7.00")]
