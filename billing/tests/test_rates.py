"""What an hour costs: the closest level that names a rate wins, on the day of the work."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.domain.agreements import Contract, CoverageRule, DatedRate, RateCard, RateTable
from billing.domain.charge import RatedCharge
from billing.domain.evidence import TimeWorked, WorkRole
from billing.domain.terms import CoverageEffect, RateLevel
from billing.explain import explain
from billing.explain_time import named_rates
from billing.tests.evidence import REMOTE, charged, evidence, hourly, ticket, worked
from core.periods import Period

APR = date(2026, 4, 1)
SENIOR = WorkRole(7, "Senior")
PRICING = Contract(
    1,
    "K001",
    "Care",
    rules=[CoverageRule(1, CoverageEffect.AT_RATE, Decimal("110.00"), REMOTE.id)],
)
CARDS = RateTable(
    RateCard({REMOTE.id: [hourly("90.00")]}), RateCard({REMOTE.id: [hourly("84.00")]})
)
ON_TICKET = ticket(hourly_rate=Decimal("100.00"))


def charge_of(entry: TimeWorked, rates: RateTable = CARDS, *contracts: Contract) -> RatedCharge:
    [charge] = charged(evidence(time=[entry], rates=rates, contracts=contracts), APR)
    return charge


@pytest.mark.parametrize(
    ("entry", "contracts", "level", "amount"),
    [
        (
            worked(60, ticket=ON_TICKET, hourly_rate=Decimal("70.00")),
            [PRICING],
            RateLevel.ENTRY,
            "70.00",
        ),
        (worked(60, ticket=ON_TICKET), [PRICING], RateLevel.TICKET, "100.00"),
        (worked(60), [PRICING], RateLevel.CONTRACT, "110.00"),
        (worked(60), [], RateLevel.CLIENT, "90.00"),
    ],
)
def test_the_closest_level_that_names_a_rate_wins(
    entry: TimeWorked, contracts: list[Contract], level: RateLevel, amount: str
) -> None:
    charge = charge_of(entry, CARDS, *contracts)

    assert charge.amount == Decimal(amount)
    assert charge.basis["rate_level"] == level


def test_the_firms_card_is_the_last_to_be_asked() -> None:
    charge = charge_of(worked(60), replace(CARDS, own=RateCard()))

    assert (charge.amount, charge.basis["rate_level"]) == (Decimal("84.00"), RateLevel.FIRM)


def test_all_levels_that_name_a_rate_are_shown_with_the_one_that_counts() -> None:
    charge = charge_of(worked(60, ticket=ON_TICKET), CARDS, PRICING)

    assert named_rates(charge) == [
        ("rate of this ticket", "€100.00", True),
        ("rate of contract K001", "€110.00", False),
        ("this client's rate", "€90.00", False),
        ("the firm's rate", "€84.00", False),
    ]
    assert explain(charge) == "1 h worked, €100.00/h Remote (rate of this ticket)"


def test_on_a_card_the_rate_for_the_role_goes_before_the_one_for_all() -> None:
    card = RateCard({REMOTE.id: [hourly("84.00"), hourly("126.00", role=SENIOR)]})
    rates = RateTable(firm=card)

    senior = charge_of(worked(60, role=SENIOR), rates)
    junior = charge_of(worked(60, role=WorkRole(8, "Junior")), rates)

    assert (senior.amount, junior.amount) == (Decimal("126.00"), Decimal("84.00"))
    assert explain(senior) == "1 h worked, €126.00/h Remote, Senior"


def test_a_clients_rate_for_all_roles_goes_before_the_firms_rate_for_the_role() -> None:
    firm = RateCard({REMOTE.id: [hourly("126.00", role=SENIOR)]})

    charge = charge_of(worked(60, role=SENIOR), replace(CARDS, firm=firm))

    assert charge.amount == Decimal("90.00")


def test_a_rate_is_that_of_the_day_of_the_work() -> None:
    until_march = DatedRate(Period(date(2000, 1, 1), date(2026, 3, 1)), Decimal("80.00"))
    from_march = DatedRate(Period.through(date(2026, 3, 1), None), Decimal("84.00"))
    rates = RateTable(firm=RateCard({REMOTE.id: [until_march, from_march]}))

    late = charge_of(worked(60, date(2026, 2, 28)), rates)
    new = charge_of(worked(60, date(2026, 3, 1)), rates)

    assert (late.amount, new.amount) == (Decimal("80.00"), Decimal("84.00"))
