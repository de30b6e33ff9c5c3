"""Cases 1 to 10 from what is agreed to what is issued, each under its number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge
from contracts.models import Contract, ContractLine
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.end_line import end_line
from contracts.tests.indexing import five_percent, index_of, with_index
from tests.cases.story import FROM_THE_DAY, Story, billed, change, days_billed, sell
from tests.scenarios.billing_days import bill, bill_firsts

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def test_case_1_two_lines_that_meet_share_no_day(contract: Contract) -> None:
    """1,000 x 14/31 = 451.61 and 2,000 x 17/31 = 1,096.77."""
    sell(contract, "1000.00", starts_on=MARCH, last_day_on=date(2026, 3, 14))
    sell(contract, "2000.00", starts_on=date(2026, 3, 15))

    assert billed(date(2026, 3, 31)) == ["451.61", "1096.77"]
    assert days_billed() == [("2026-03-01", "2026-03-14"), ("2026-03-15", "2026-03-31")]


@pytest.mark.parametrize(
    ("first_day", "months", "starts"),
    [
        ("2026-01-31", 1, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2026-01-30", 1, ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30"]),
        ("2027-12-29", 2 * 6, ["2027-12-29", "2028-12-29"]),
        ("2028-02-29", 12, ["2028-02-29", "2029-02-28", "2030-02-28"]),
        ("2024-02-29", 12, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-08-31", 6, ["2026-08-31", "2027-02-28", "2027-08-31", "2028-02-29", "2028-08-31"]),
    ],
)
def test_case_2_a_month_end_is_never_lost(
    story: Story, first_day: str, months: int, starts: list[str]
) -> None:
    """Billed period by period, on the first day of each."""
    contract = story.sign(date.fromisoformat(first_day))
    sell(contract, "100.00", rhythm_months=months, **FROM_THE_DAY)

    amounts = [billed(date.fromisoformat(day)) for day in starts]

    assert amounts == [["100.00"]] * len(starts)
    days = days_billed()
    assert [first for first, _ in days] == starts
    last_days = [date.fromisoformat(last).toordinal() + 1 for _, last in days[:-1]]
    assert last_days == [date.fromisoformat(day).toordinal() for day in starts[1:]]


def test_case_3_a_missed_month_is_billed_and_the_next_is_due_on_time(contract: Contract) -> None:
    sell(contract, "100.00", starts_on=date(2026, 2, 1))
    bill(date(2026, 2, 1))

    assert billed(date(2026, 3, 4)) == ["100.00"]
    assert billed(date(2026, 3, 31)) == []
    assert billed(APRIL) == ["100.00"]
    assert billed(date(2026, 6, 9)) == ["100.00", "100.00"]
    assert [first for first, _ in days_billed()] == [f"2026-0{n}-01" for n in range(2, 7)]


@pytest.mark.parametrize(
    ("first_day", "proration", "amount"),
    [
        ("2026-06-16", "actual_days", "500.00"),
        ("2026-02-15", "actual_days", "500.00"),
        ("2026-03-17", "actual_days", "483.87"),
        ("2026-03-17", "thirty_days", "500.00"),
    ],
)
def test_case_4_a_piece_is_a_share_of_its_whole_period(
    contract: Contract, first_day: str, proration: str, amount: str
) -> None:
    day = date.fromisoformat(first_day)
    sell(contract, "1000.00", starts_on=day, proration=proration)

    assert billed(day) == [amount]


def test_case_4_three_clients_who_share_a_month_pay_it_to_the_cent(contract: Contract) -> None:
    """100.00 for June as three lines of ten days: 33.33 each, and one piece of the three 33.34."""
    line = sell(contract, "100.00", starts_on=date(2026, 6, 1))
    change(line, date(2026, 6, 11), "100.01")
    change(line, date(2026, 6, 21), "99.99")

    # (100.00 + 100.01 + 99.99) x 10/30 = 100.00
    assert billed(date(2026, 6, 1)) == ["100.00"]
    slices = Charge.objects.get().basis["slices"]
    assert [piece["amount"] for piece in slices] == ["33.33", "33.34", "33.33"]


@pytest.mark.parametrize(
    ("stub", "at_once", "in_april"),
    [
        ("prorated", ["387.10"], ["1000.00"]),
        ("joined", [], ["1387.10"]),
        ("full", ["1000.00"], ["1000.00"]),
        ("free", [], ["1000.00"]),
    ],
)
def test_case_5_the_first_days_cost_what_was_agreed(
    contract: Contract, stub: str, at_once: list[str], in_april: list[str]
) -> None:
    sell(contract, "1000.00", starts_on=date(2026, 3, 20), stub_rule=stub)

    assert billed(date(2026, 3, 20)) == at_once
    assert billed(APRIL) == in_april
    assert billed(MAY) == ["1000.00"]


def test_case_6_one_document_has_april_in_advance_and_march_in_arrears(
    story: Story, contract: Contract
) -> None:
    sell(contract, "1000.00", starts_on=MARCH)
    sell(contract, "0.15", 200, starts_on=MARCH, timing="arrears")
    bill(MARCH)
    story.work(date(2026, 3, 10), 90)

    assert billed(APRIL) == ["1000.00", "30.00", "180.00"]
    lines = Charge.objects.filter(invoice__as_of_on=APRIL).order_by("position")
    assert [(str(one.starts_on), str(one.last_day_on)) for one in lines] == [
        ("2026-04-01", "2026-04-30"),
        ("2026-03-01", "2026-03-31"),
        ("2026-03-10", "2026-03-10"),
    ]


@pytest.mark.parametrize(
    ("rule", "extra"),
    [
        ("daily", ["23.23"]),
        ("snapshot", []),
        ("high_water", ["90.00"]),
        ("next_period", []),
    ],
)
def test_case_7_seats_that_come_and_go_have_four_answers(
    contract: Contract, rule: str, extra: list[str]
) -> None:
    line = sell(contract, "30.00", 10, starts_on=MARCH, quantity_rule=rule)
    assert billed(MARCH) == ["300.00"]
    change(line, date(2026, 3, 20), quantity=13)
    change(line, date(2026, 3, 28), quantity=10)

    assert billed(APRIL) == ["300.00", *extra]


def test_case_7_seats_that_stay_cost_twelve_days(contract: Contract) -> None:
    line = sell(contract, "30.00", 10, starts_on=MARCH)
    bill(MARCH)
    change(line, date(2026, 3, 20), quantity=13)

    assert billed(APRIL) == ["390.00", "34.84"]


def billed_in_december(story: Story) -> ContractLine:
    """500.00 by the month from 6 November on, billed through 5 January."""
    line = sell(story.sign(date(2026, 11, 6)), "500.00", **FROM_THE_DAY)
    bill(date(2026, 12, 6))
    return line


@pytest.mark.parametrize(
    ("effect", "amounts"), [("immediate", ["2000.00", "1161.29"]), ("next_period", ["2000.00"])]
)
def test_case_8_a_price_rises_at_once_or_from_the_next_period(
    story: Story, effect: str, amounts: list[str]
) -> None:
    """1,500 x 24/31 = 1,161.29; with the next month 3,161.29."""
    line = billed_in_december(story)
    change(line, date(2026, 12, 13), "2000.00", effect=effect)

    assert billed(date(2027, 1, 6)) == amounts


def test_case_8_two_changes_in_one_period_apply_in_order(story: Story) -> None:
    """(500 x 7 + 2,000 x 14 + 1,000 x 10) / 31 = 1,338.71, less 500.00."""
    line = billed_in_december(story)
    change(line, date(2026, 12, 13), "2000.00")
    change(line, date(2026, 12, 27), "1000.00")

    assert billed(date(2027, 1, 6)) == ["1000.00", "838.71"]


@pytest.mark.parametrize(
    ("on_the_price_before", "yearly"),
    [(True, ["525.00", "551.25", "578.81"]), (False, ["525.00", "550.00", "575.00"])],
)
def test_case_9_five_percent_a_year(
    story: Story,
    on_the_price_before: bool,  # noqa: FBT001  (a parameter of the test)
    yearly: list[str],
) -> None:
    contract = story.sign(date(2025, 1, 1))
    sell(contract, "500.00", rhythm_months=12)
    assert billed(date(2025, 1, 1)) == ["500.00"]
    clause = five_percent(contract, is_compound=on_the_price_before)

    for year, amount in enumerate(yearly, 2026):
        apply_indexation(clause_id=clause.pk, effective_on=date(year, 1, 1))
        assert billed(date(year, 1, 1)) == [amount]


def test_case_9_an_index_is_always_taken_against_its_base(story: Story) -> None:
    contract = story.sign(date(2025, 1, 1))
    sell(contract, "1000.00", rhythm_months=12)
    table = index_of({date(2025, 10, 1): "110.50", date(2026, 10, 1): "114.25"})
    clause = with_index(contract, table)
    bill(date(2025, 1, 1))

    amounts: list[Any] = []
    for day in (date(2026, 1, 1), date(2027, 1, 1)):
        apply_indexation(clause_id=clause.pk, effective_on=day)
        amounts += billed(day)

    assert amounts == ["1045.91", "1081.40"]


def test_case_10_an_early_end_gives_back_at_the_rate_it_was_taxed(story: Story) -> None:
    """41 of 91 days of 1,200.00 are 540.66; another line is there to set it against."""
    contract = story.sign(APRIL)
    quarter = sell(contract, "1200.00", rhythm_months=3)
    sell(contract, "600.00")
    bill(APRIL)
    end_line(line_id=quarter.pk, last_day_on=date(2026, 5, 20))

    assert billed(date(2026, 5, 21)) == ["600.00", "-540.66"]
    credit = Charge.objects.get(kind="adjustment")
    assert [str(one) for one in (credit.quantity, credit.unit_price, credit.tax_rate)] == [
        "-1.0000",
        "540.6600",
        "20.00",
    ]
    bill_firsts(date(2026, 6, 1), date(2026, 7, 1))
    assert sum(Charge.objects.filter(contract=contract).values_list("amount", flat=True)) == (
        Decimal("659.34") + 4 * 600
    )
