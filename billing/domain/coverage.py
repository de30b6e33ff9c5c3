"""Which contract pays for work: judged on the day of the work, explained rule by rule.

What a person has chosen for the entry, else for the ticket, decides. Otherwise every contract of
the client that is in force on the day is asked, and the most specific of its rules that the work
meets speaks for it. Where exactly one contract includes or prices the work, it is that one. Where
two could, or where what counts cannot be told, a person decides: never a silent default.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billing.domain.agreements import Contract, CoverageRule
from billing.domain.charge import Candidate
from billing.domain.evidence import TimeWorked
from billing.domain.terms import ContractChoice, CoverageEffect, Hold, OtherWork, RateLevel


class Condition(StrEnum):
    """What a rule can ask of work, in the order in which rules of as many conditions go first."""

    WORK_TYPE = "work_type"
    CATEGORY = "category"
    SITE = "site"
    ASSET_GROUP = "asset_group"


class Answer(StrEnum):
    """Whether work meets a condition; unknown where the ticket lacks the fact."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Whether a contract can pay for work of a day."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class RuleJudged:
    """A rule with the answer to each of its conditions, and whether work meets all of them."""

    rule: CoverageRule
    conditions: tuple[tuple[Condition, Answer], ...]
    answer: Answer

    @property
    def unknown(self) -> Iterator[str]:
        """The conditions about which the ticket says nothing."""
        return (name.value for name, answer in self.conditions if answer == Answer.UNKNOWN)


NOT_NAMED = "not_named"
Outcome = tuple[CoverageEffect | OtherWork, Decimal | None]


@dataclass(frozen=True, slots=True)
class ContractJudged:
    """What one contract says about work.

    ``rules`` are in the order in which they go first. ``possible`` are those that may be the one
    that speaks, the last of them for certain if no other does; None stands for no rule at all.
    ``outcomes`` are what may become of the work: one thing where that is clear.
    """

    contract: Contract
    standing: Standing
    rules: tuple[RuleJudged, ...] = ()
    possible: tuple[CoverageRule | None, ...] = ()
    outcomes: frozenset[Outcome] = frozenset()

    @property
    def could_pay(self) -> bool:
        """Whether the contract includes or prices the work, or may do so."""
        return any(effect in _PAYING for effect, _ in self.outcomes)

    @property
    def pays(self) -> bool:
        """Whether the contract includes or prices the work for certain, and how is clear."""
        return self.could_pay and len(self.outcomes) == 1

    @property
    def asks(self) -> bool:
        """Whether a person is to decide because the contract does not name the work."""
        return (OtherWork.ASK, None) in self.outcomes

    @property
    def rule(self) -> CoverageRule | None:
        """The rule that speaks for the contract once all is known."""
        return self.possible[-1] if self.possible else None

    def as_candidate(self) -> Candidate:
        """Return the contract with what keeps it from paying for certain."""
        speaking = [judged for judged in self.rules if judged.rule in self.possible]
        unknown = {name: None for judged in speaking for name in judged.unknown}
        if self.asks and not unknown:
            return Candidate(self.contract, (NOT_NAMED,))
        return Candidate(self.contract, () if self.pays else tuple(unknown))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which contract pays for work and by which rule, or why a person must say so.

    ``chosen_at`` is the level at which a person has chosen. No contract and no ``hold`` means that
    the work is billed at the client's rates.
    """

    contract: Contract | None = None
    effect: CoverageEffect | None = None
    rule: CoverageRule | None = None
    hold: Hold | None = None
    candidates: tuple[Candidate, ...] = ()
    judged: tuple[ContractJudged, ...] = ()
    chosen_at: RateLevel | None = None

    @property
    def is_included(self) -> bool:
        """Whether the contract's price includes the work."""
        return self.effect == CoverageEffect.INCLUDED

    @property
    def hourly_rate(self) -> Decimal | None:
        """What the contract asks for an hour, where it prices the work."""
        is_priced = self.effect == CoverageEffect.AT_RATE and self.rule is not None
        return self.rule.hourly_rate if self.rule and is_priced else None


NOBODY = Coverage()
_PAYING = frozenset({CoverageEffect.INCLUDED, CoverageEffect.AT_RATE})


def coverage_of(entry: TimeWorked, contracts: Sequence[Contract]) -> Coverage:
    """Return which of the client's contracts pays for the work."""
    choice, contract_id, level = _choice_of(entry)
    if choice == ContractChoice.NONE:
        return Coverage(chosen_at=level)
    if choice == ContractChoice.CONTRACT:
        chosen = (contract for contract in contracts if contract.id == contract_id)
        return _as_chosen(entry, next(chosen, None), level)
    if not contracts:
        return NOBODY
    return _decide(tuple(judge(entry, contract) for contract in contracts))


def judge(entry: TimeWorked, contract: Contract) -> ContractJudged:
    """Return what the contract says about the work, condition by condition."""
    standing = _standing_of(contract, entry.worked_on)
    in_force = [rule for rule in contract.rules if entry.worked_on in rule.period]
    if len(in_force) > 1:
        in_force.sort(key=_most_specific_first)
    rules = tuple(_judge_rule(entry, rule) for rule in in_force)
    if standing != Standing.IN_FORCE:
        return ContractJudged(contract, standing, rules)
    possible = tuple(_possible(rules))
    outcomes = frozenset(_outcome_of(rule, contract.other_work) for rule in possible)
    return ContractJudged(contract, standing, rules, possible, outcomes)


def _judge_rule(entry: TimeWorked, rule: CoverageRule) -> RuleJudged:
    conditions = tuple(_answers(entry, rule))
    answers = [answer for _, answer in conditions]
    if Answer.UNMET in answers:
        return RuleJudged(rule, conditions, Answer.UNMET)
    whole = Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.MET
    return RuleJudged(rule, conditions, whole)


def _choice_of(entry: TimeWorked) -> tuple[ContractChoice, int | None, RateLevel | None]:
    if entry.choice != ContractChoice.AUTOMATIC:
        return entry.choice, entry.contract_id, RateLevel.ENTRY
    if entry.ticket.choice != ContractChoice.AUTOMATIC:
        return entry.ticket.choice, entry.ticket.contract_id, RateLevel.TICKET
    return ContractChoice.AUTOMATIC, None, None


def _as_chosen(entry: TimeWorked, contract: Contract | None, level: RateLevel | None) -> Coverage:
    """Return what the chosen contract makes of the work; whoever chose it says that it pays."""
    if contract is None:
        return Coverage(hold=Hold.CONTRACT_UNCLEAR, chosen_at=level)
    judged = judge(entry, contract)
    if judged.standing != Standing.IN_FORCE:
        candidates = (Candidate(contract, (judged.standing.value,)),)
        return Coverage(
            hold=Hold.CONTRACT_UNCLEAR, candidates=candidates, judged=(judged,), chosen_at=level
        )
    paying = (rule for rule in judged.possible if rule and rule.effect in _PAYING)
    rule = next(paying, None)
    effect = rule.effect if rule else CoverageEffect.INCLUDED
    return Coverage(contract, effect, rule, judged=(judged,), chosen_at=level)


def _decide(judged: tuple[ContractJudged, ...]) -> Coverage:
    could_pay = [one for one in judged if one.could_pay]
    if len(could_pay) > 1:
        return _for_a_person(Hold.CONTRACT_AMBIGUOUS, could_pay, judged)
    if could_pay and could_pay[0].pays:
        rule = could_pay[0].rule
        effect = rule.effect if rule else None
        return Coverage(could_pay[0].contract, effect, rule, judged=judged)
    unclear = could_pay or [one for one in judged if one.asks]
    if unclear:
        return _for_a_person(Hold.CONTRACT_UNCLEAR, unclear, judged)
    return Coverage(judged=judged)


def _for_a_person(
    hold: Hold, contracts: Iterable[ContractJudged], judged: tuple[ContractJudged, ...]
) -> Coverage:
    candidates = tuple(one.as_candidate() for one in contracts)
    return Coverage(hold=hold, candidates=candidates, judged=judged)


def _standing_of(contract: Contract, day: date) -> Standing:
    if day not in contract.term:
        return Standing.NOT_IN_FORCE
    is_paused = any(day in pause for pause in contract.pauses)
    return Standing.PAUSED if is_paused else Standing.IN_FORCE


def _answers(entry: TimeWorked, rule: CoverageRule) -> Iterator[tuple[Condition, Answer]]:
    """Yield the answer to each condition that the rule names."""
    ticket = entry.ticket
    if rule.work_type_id is not None:
        yield Condition.WORK_TYPE, _answer(rule.work_type_id, entry.work_type.id)
    if rule.category_id is not None:
        yield Condition.CATEGORY, _answer(rule.category_id, ticket.category_id)
    if rule.site_id is not None:
        yield Condition.SITE, _answer(rule.site_id, ticket.site_id)
    if rule.asset_group:
        group = None if ticket.asset_id is None else ticket.asset_group
        yield Condition.ASSET_GROUP, _answer(rule.asset_group, group)


def _answer(wanted: int | str, found: int | str | None) -> Answer:
    if found is None:
        return Answer.UNKNOWN
    return Answer.MET if wanted == found else Answer.UNMET


def _most_specific_first(rule: CoverageRule) -> tuple[object, ...]:
    named = (
        rule.work_type_id is not None,
        rule.category_id is not None,
        rule.site_id is not None,
        bool(rule.asset_group),
    )
    return -sum(named), *(not is_named for is_named in named), rule.id


def _possible(rules: Iterable[RuleJudged]) -> Iterator[CoverageRule | None]:
    """Yield the rules that may speak, through the first one that is met for certain."""
    for judged in rules:
        if judged.answer != Answer.UNMET:
            yield judged.rule
        if judged.answer == Answer.MET:
            return
    yield None


def _outcome_of(rule: CoverageRule | None, other_work: OtherWork) -> Outcome:
    """Return what a rule makes of work; excluded and not named both leave it to others."""
    if rule is None:
        return other_work, None
    if rule.effect == CoverageEffect.EXCLUDED:
        return OtherWork.BILL, None
    return rule.effect, rule.hourly_rate if rule.effect == CoverageEffect.AT_RATE else None
