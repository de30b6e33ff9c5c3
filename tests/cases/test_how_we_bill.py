"""The examples of "How we bill" are true: its sums come out, and the engine says the same."""

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from billing.domain.agreements import LineTerm, Tier
from billing.domain.pricing import price_of, steps_of
from billing.domain.rounding import RoundingRule
from billing.domain.terms import Pricing, Proration, QuantityRule, StubRule
from billing.tests.evidence import charged, evidence, line, version
from contracts.domain.indexation import Clause, raise_price

PAGE = (Path(__file__).parents[2] / "docs" / "how-we-bill.md").read_text()
NUMBER = r"\d[\d,]*(?:\.\d+)?(?:/\d[\d,]*(?:\.\d+)?)?"
SUM = re.compile(rf"(?<![\d./])({NUMBER}(?: [×+] {NUMBER})+) = ({NUMBER})")
SUMS = SUM.findall(PAGE)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
TIERS = (Tier(Decimal(10), Decimal(30)), Tier(None, Decimal(25)))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def product(text: str) -> Decimal:
    result = Decimal(1)
    for factor in text.split(" × "):
        top, _, bottom = factor.replace(",", "").partition("/")
        result = result * Decimal(top) / Decimal(bottom or 1)
    return result


def row(rule: str) -> str:
    """Return the worked example of the rule that starts with these words."""
    rows = [one for one in PAGE.splitlines() if one.startswith(f"| {rule}")]
    [found] = rows
    return found.split(" | ")[1]


def test_the_page_has_sums_to_check() -> None:
    assert len(SUMS) >= 20


@pytest.mark.parametrize(("left", "right"), SUMS)
def test_each_printed_sum_comes_out(left: str, right: str) -> None:
    exact = sum((product(part) for part in left.split(" + ")), Decimal(0))

    printed = number(right)

    assert exact.quantize(printed, ROUND_HALF_UP) == printed


def charges(care: LineTerm, as_of: date) -> list[str]:
    return [money(one.amount) for one in charged(evidence(care), as_of)]


@pytest.mark.parametrize(
    ("rule", "proration", "first_day", "amount"),
    [
        ("**Part of a period**", Proration.ACTUAL_DAYS, date(2026, 6, 16), "500.00"),
        ("**Part of a period**", Proration.ACTUAL_DAYS, date(2026, 3, 17), "483.87"),
        ("… or by 30 days", Proration.THIRTY_DAYS, date(2026, 3, 17), "500.00"),
    ],
)
def test_a_part_of_a_month_costs_what_the_page_says(
    rule: str, proration: Proration, first_day: date, amount: str
) -> None:
    month = line(version(first_day, 1, "1000.00"))
    month = replace(month, rhythm=replace(month.rhythm, proration=proration))

    assert charges(month, first_day) == [amount]
    assert f"= {amount}" in row(rule)


@pytest.mark.parametrize(
    ("stub", "words", "amounts"),
    [
        (StubRule.PRORATED, "at once: 387.10, then 1,000.00", ["387.10", "1,000.00"]),
        (StubRule.JOINED, "whole period: 1,387.10 on 1 April", ["1,387.10"]),
        (StubRule.FULL, "a whole period: 1,000.00", ["1,000.00", "1,000.00"]),
        (StubRule.FREE, "nothing: 0.00", ["0.00", "1,000.00"]),
    ],
)
def test_the_first_days_cost_what_the_page_says(
    stub: StubRule, words: str, amounts: list[str]
) -> None:
    month = line(version(date(2026, 3, 20), 1, "1000.00"))
    month = replace(month, rhythm=replace(month.rhythm, stub=stub))

    assert charges(month, APRIL) == amounts
    assert words in row("**First days**")


@pytest.mark.parametrize(
    ("rule", "words", "more"),
    [
        (QuantityRule.DAILY, "= 23.23 more", "23.23"),
        (QuantityRule.SNAPSHOT, "on the billing day: 0 ·", "0.00"),
        (QuantityRule.HIGH_WATER, "the highest: 90.00", "90.00"),
        (QuantityRule.NEXT_PERIOD, "from the next period: 0.", "0.00"),
    ],
)
def test_seats_that_come_and_go_cost_what_the_page_says(
    rule: QuantityRule, words: str, more: str
) -> None:
    counts = [(MARCH, 10), (date(2026, 3, 20), 13), (date(2026, 3, 28), 10)]
    seats = line(*(version(day, seats, "30.00") for day, seats in counts))
    [march] = charged(evidence(replace(seats, quantity_rule=rule)), date(2026, 3, 31))

    assert money(march.amount - 300) == more
    assert words in row("**Quantity changes")


@pytest.mark.parametrize(
    ("rule", "pricing", "units", "amount"),
    [
        ("**Package**", Pricing.PACKAGE, 28, "545.00"),
        ("**Volume tiers**", Pricing.VOLUME, 12, "300.00"),
        ("**Graduated tiers**", Pricing.GRADUATED, 12, "350.00"),
    ],
)
def test_many_units_cost_what_the_page_says(
    rule: str, pricing: Pricing, units: int, amount: str
) -> None:
    beyond = {"included_quantity": Decimal(25), "overage_price": Decimal(15)}
    agreed = version(MARCH, units, "500.00", tiers=TIERS, **beyond)

    assert money(price_of(steps_of(pricing, agreed, Decimal(units)))) == amount
    assert f"= {amount}" in row(rule)


def raised(clause: Clause, *values: str) -> list[str]:
    """Return the prices after one step with each value, from 1,000.00 on."""
    price, prices = Decimal(1000), []
    for value in values:
        step = raise_price(clause, base_price=Decimal(1000), price=price, value=Decimal(value))
        price = step.new_price
        prices.append(money(price))
    return prices


def test_prices_rise_with_an_index_as_the_page_says() -> None:
    clause = Clause(MARCH, base_value=Decimal("105.65"))

    assert raised(clause, "110.50", "114.25") == ["1,045.91", "1,081.40"]
    assert "1,045.91" in row("**Index**")
    assert "= 1,081.40" in row("**Index**")
    # 1,000 x 120/105.65 = 1,135.83 and 1,000 x 121/105.65 = 1,145.29; 1,030 x 1.03 = 1,060.90.
    capped = replace(clause, cap_percent=Decimal(3))
    assert raised(clause, "120.00") == ["1,135.83"]
    assert raised(clause, "121.00") == ["1,145.29"]
    assert raised(capped, "120.00", "121.00") == ["1,030.00", "1,060.90"]
    assert "1,030.00" in row("**Cap and floor**")
    moved = row("… with its **increases**")
    assert "at 105.65, asked 1,135.83 and capped at 1,030.00" in moved
    assert "at 121.00 there: 1,145.29 asked, 1,060.90 at most" in moved


@pytest.mark.parametrize(
    ("rule", "words", "rounding", "minutes", "billed"),
    [
        ("**Minimum and step**", "37 min worked: 45", RoundingRule(15, 15), 37, 45),
        ("**Order** |", "minimum first 30", RoundingRule(20, 15), 5, 30),
        ("**Order** |", "steps first 20", RoundingRule(20, 15, rounds_first=True), 5, 20),
        ("**Grace**", "35 min → 30", RoundingRule(0, 30, 10), 35, 30),
        ("**Grace**", "41 min → 60", RoundingRule(0, 30, 10), 41, 60),
    ],
)
def test_minutes_are_rounded_as_the_page_says(
    rule: str, words: str, rounding: RoundingRule, minutes: int, billed: int
) -> None:
    assert rounding.billed(minutes) == billed
    assert words in row(rule)
