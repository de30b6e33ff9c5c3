"""Which contract pays for work, and when a person must say so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import Contract, CoverageRule
from billing.domain.charge import Candidate, HeldEvidence
from billing.domain.coverage import Answer, Condition, Standing, coverage_of, judge
from billing.domain.evidence import TimeWorked
from billing.domain.rating import rate
from billing.domain.terms import (
    ContractChoice,
    CoverageEffect,
    Hold,
    OtherWork,
    RateLevel,
    Treatment,
)
from billing.tests.evidence import ON_SITE, REMOTE, evidence, part, ticket, worked
from core.periods import Period

MAR_10, APR = date(2026, 3, 10), date(2026, 4, 1)
INCLUDED, AT_RATE = CoverageEffect.INCLUDED, CoverageEffect.AT_RATE
EXCLUDED = CoverageEffect.EXCLUDED
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
PARIS, LYON, MAIL = 71, 72, 5


def rule(effect: CoverageEffect, key: int = 1, **conditions: Any) -> CoverageRule:
    """Return a rule of a contract; a price where it prices work."""
    price = Decimal("150.00") if effect == AT_RATE else None
    return CoverageRule(key, effect, price, **conditions)


def contract(*rules: CoverageRule, key: int = 1, **fields: Any) -> Contract:
    """Return a contract for 2026."""
    return Contract(key, f"K00{key}", "Care", **{"term": YEAR, **fields}, rules=rules)


SILVER = contract(rule(INCLUDED, work_type_id=REMOTE.id))
GOLD = contract(rule(INCLUDED, 2, work_type_id=REMOTE.id), key=2)


def held_of(entry: TimeWorked, *contracts: Contract) -> HeldEvidence:
    rated = rate(evidence(time=[entry], contracts=contracts), APR)
    assert rated.charges == ()
    [held] = rated.held
    return held


@pytest.mark.parametrize(
    ("rules", "effect"),
    [
        ([rule(INCLUDED)], INCLUDED),
        ([rule(INCLUDED, 1), rule(EXCLUDED, 2, work_type_id=REMOTE.id)], None),
        ([rule(EXCLUDED, 1), rule(INCLUDED, 2, work_type_id=REMOTE.id)], INCLUDED),
        ([rule(EXCLUDED, 1, work_type_id=REMOTE.id), rule(INCLUDED, 2, category_id=MAIL)], None),
        ([rule(INCLUDED, 1, site_id=PARIS), rule(EXCLUDED, 2, category_id=MAIL)], None),
        ([rule(EXCLUDED, 1, asset_group="servers"), rule(INCLUDED, 2, site_id=PARIS)], INCLUDED),
        (
            [
                rule(EXCLUDED, 1, work_type_id=REMOTE.id),
                rule(INCLUDED, 2, asset_group="servers", site_id=PARIS),
            ],
            INCLUDED,
        ),
        ([rule(INCLUDED, 1, work_type_id=ON_SITE.id)], None),
        ([rule(INCLUDED, 1, site_id=LYON)], None),
        ([rule(AT_RATE, 1, work_type_id=REMOTE.id)], AT_RATE),
    ],
)
def test_the_most_specific_rule_that_is_met_speaks(
    rules: list[CoverageRule], effect: CoverageEffect | None
) -> None:
    """Of as many conditions, work type goes before category, site and group of devices."""
    on = ticket(site_id=PARIS, category_id=MAIL, asset_id=9, asset_group="servers")

    found = coverage_of(worked(60, ticket=on), [contract(*rules)])

    assert found.effect == effect
    assert found.hold is None


def test_work_at_the_contracts_rate_costs_that_rate() -> None:
    priced = contract(rule(AT_RATE, work_type_id=REMOTE.id))

    [charge] = rate(evidence(time=[worked(60)], contracts=[priced]), APR).charges

    assert (charge.treatment, charge.amount) == (Treatment.BILLED, Decimal("150.00"))
    assert charge.list_amount == Decimal("84.00")  # what it costs without the contract
    assert charge.contract == priced


def test_work_that_one_contract_excludes_can_be_covered_by_another() -> None:
    strict = contract(rule(EXCLUDED, work_type_id=REMOTE.id), key=3)

    found = coverage_of(worked(60), [strict, GOLD])

    assert found.contract == GOLD


def test_work_that_two_contracts_could_cover_waits_for_a_person() -> None:
    held = held_of(worked(60), SILVER, GOLD)

    assert held.hold == Hold.CONTRACT_AMBIGUOUS
    assert held.candidates == (Candidate(SILVER), Candidate(GOLD))
    assert held.source.time_entry_id == 1
    assert held.facts["contracts"] == "K001, K002"


def test_only_the_entry_is_held_and_everything_else_goes_on() -> None:
    entries = [worked(60, id=1), worked(60, id=2, work_type=ON_SITE)]

    rated = rate(evidence(time=entries, parts=[part("1", "48.00")], contracts=[SILVER, GOLD]), APR)

    assert [held.source.time_entry_id for held in rated.held] == [1]
    assert [charge.amount for charge in rated.charges] == [Decimal("96.00"), Decimal("48.00")]


def test_a_condition_that_cannot_be_judged_waits_for_a_person() -> None:
    """Remote work is included in Paris only, and the ticket names no site."""
    in_paris = contract(rule(INCLUDED, work_type_id=REMOTE.id, site_id=PARIS))

    held = held_of(worked(60), in_paris)

    assert held.hold == Hold.CONTRACT_UNCLEAR
    assert held.candidates == (Candidate(in_paris, ("site",)),)


def test_what_is_unknown_does_not_matter_where_the_answer_is_the_same() -> None:
    """Included everywhere, and once more in Paris: with or without a site it is included."""
    both = contract(rule(INCLUDED, 1, site_id=PARIS), rule(INCLUDED, 2))

    assert coverage_of(worked(60), [both]).effect == INCLUDED


def test_an_unknown_condition_beside_one_that_is_not_met_does_not_matter() -> None:
    elsewhere = contract(rule(INCLUDED, work_type_id=ON_SITE.id, site_id=PARIS))

    assert coverage_of(worked(60), [elsewhere]).hold is None


def test_a_contract_that_may_cover_beside_one_that_does_is_ambiguous() -> None:
    in_paris = contract(rule(INCLUDED, site_id=PARIS), key=3)

    held = held_of(worked(60), SILVER, in_paris)

    assert held.hold == Hold.CONTRACT_AMBIGUOUS
    assert held.candidates == (Candidate(SILVER), Candidate(in_paris, ("site",)))


def test_a_contract_can_ask_about_work_that_it_does_not_name() -> None:
    asking = replace(SILVER, other_work=OtherWork.ASK)

    held = held_of(worked(60, work_type=ON_SITE), asking)

    assert held.hold == Hold.CONTRACT_UNCLEAR
    assert held.candidates == (Candidate(asking, ("not_named",)),)


def test_nobody_is_asked_where_another_contract_names_the_work() -> None:
    asking = contract(rule(INCLUDED, work_type_id=ON_SITE.id), key=3, other_work=OtherWork.ASK)

    assert coverage_of(worked(60), [SILVER, asking]).contract == SILVER


@pytest.mark.parametrize(
    ("day", "is_covered"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 3, 9), True),
        (date(2026, 3, 10), False),  # paused
        (date(2026, 3, 20), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_contract_pays_while_it_is_in_force_and_not_paused(
    day: date, *, is_covered: bool
) -> None:
    paused = replace(SILVER, pauses=[Period(MAR_10, date(2026, 3, 20))])

    assert (coverage_of(worked(60, day), [paused]).contract is not None) is is_covered


def test_case_19_coverage_is_judged_by_the_rules_of_the_work_date() -> None:
    """Remote work was included until the 9th and is priced from the 10th on."""
    early = rule(INCLUDED, 1, work_type_id=REMOTE.id, period=Period(YEAR.start, MAR_10))
    late = rule(AT_RATE, 2, work_type_id=REMOTE.id, period=Period(MAR_10, YEAR.end))
    changed = contract(early, late)

    effects = [coverage_of(worked(60, date(2026, 3, day)), [changed]).effect for day in (9, 10)]

    assert effects == [INCLUDED, AT_RATE]


def test_the_choice_of_the_entry_goes_before_that_of_the_ticket() -> None:
    on = ticket(choice=ContractChoice.CONTRACT, contract_id=GOLD.id)
    by_ticket = worked(60, ticket=on)
    by_entry = replace(by_ticket, choice=ContractChoice.CONTRACT, contract_id=SILVER.id)
    by_nobody = replace(by_ticket, choice=ContractChoice.NONE)

    found = [coverage_of(entry, [SILVER, GOLD]) for entry in (by_ticket, by_entry, by_nobody)]

    assert [one.contract for one in found] == [GOLD, SILVER, None]
    assert [one.chosen_at for one in found] == [
        RateLevel.TICKET,
        RateLevel.ENTRY,
        RateLevel.ENTRY,
    ]


def test_a_chosen_contract_pays_even_for_what_it_does_not_name() -> None:
    chosen = worked(60, choice=ContractChoice.CONTRACT, contract_id=1, work_type=ON_SITE)

    assert coverage_of(chosen, [SILVER, GOLD]).effect == INCLUDED


@pytest.mark.parametrize("day", [date(2025, 12, 31), MAR_10])
def test_a_chosen_contract_that_does_not_hold_waits_for_a_person(day: date) -> None:
    paused = replace(SILVER, pauses=[Period(MAR_10, date(2026, 3, 20))])
    entry = worked(60, day, choice=ContractChoice.CONTRACT, contract_id=1)

    held = held_of(entry, paused)

    assert held.hold == Hold.CONTRACT_UNCLEAR
    [candidate] = held.candidates
    assert candidate.unmet == (("paused",) if day == MAR_10 else ("not_in_force",))


def test_a_chosen_contract_of_nobody_knows_whom_waits_for_a_person() -> None:
    entry = worked(60, choice=ContractChoice.CONTRACT, contract_id=99)

    assert held_of(entry, SILVER).candidates == ()


def test_coverage_explains_every_condition() -> None:
    mixed = contract(
        rule(INCLUDED, 1, work_type_id=REMOTE.id, site_id=PARIS),
        rule(AT_RATE, 2, work_type_id=ON_SITE.id, category_id=MAIL),
    )

    judged = judge(worked(60, ticket=ticket(category_id=MAIL)), mixed)

    assert judged.standing == Standing.IN_FORCE
    assert [(one.rule.id, dict(one.conditions), one.answer) for one in judged.rules] == [
        (
            2,
            {Condition.WORK_TYPE: Answer.UNMET, Condition.CATEGORY: Answer.MET},
            Answer.UNMET,
        ),
        (
            1,
            {Condition.WORK_TYPE: Answer.MET, Condition.SITE: Answer.UNKNOWN},
            Answer.UNKNOWN,
        ),
    ]


RULES = st.builds(
    rule,
    st.sampled_from(CoverageEffect),
    st.integers(1, 3),
    work_type_id=st.sampled_from([None, REMOTE.id, ON_SITE.id]),
    category_id=st.sampled_from([None, MAIL]),
    site_id=st.sampled_from([None, PARIS, LYON]),
    asset_group=st.sampled_from(["", "servers"]),
)


@given(rules=st.lists(RULES, max_size=4, unique_by=lambda one: one.id), data=st.data())
def test_where_all_facts_are_known_nothing_is_unclear_in_any_order(
    rules: list[CoverageRule], data: st.DataObject
) -> None:
    entry = worked(
        60, ticket=ticket(site_id=PARIS, category_id=MAIL, asset_id=9, asset_group="servers")
    )
    shuffled = data.draw(st.permutations(rules))

    found = coverage_of(entry, [contract(*rules)])

    assert found.hold is None
    assert coverage_of(entry, [contract(*shuffled)]).effect == found.effect
