"""From minutes worked to minutes billed: minimum, steps, grace, over an entry, a ticket or a day.

Each of the five rules is taken from the first place that says it: the contract, the client's rate
and card, the firm's rate and card. Work on one ticket, of one type and under one rule can share its
rounding: then the minutes of the whole group are rounded, less what earlier charges have billed of
it. Each day bears what it adds to the group, in the order of the days, and the entries of a day
share that by their minutes. So it does not matter whether work is billed daily or all at once, and
cutting an entry in two never raises a minimum twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from billing.domain.agreements import UNSAID, RoundingTerms
from billing.domain.evidence import RoundedBefore
from billing.domain.terms import RoundingScope


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """How minutes are rounded once all five rules are known.

    >>> RoundingRule(minimum=20, step=15).billed(5)
    30
    >>> RoundingRule(minimum=20, step=15, rounds_first=True).billed(5)
    20
    """

    minimum: int = 0
    step: int = 1
    grace: int = 0
    scope: RoundingScope = RoundingScope.ENTRY
    rounds_first: bool = False

    @property
    def code(self) -> str:
        """The rule in a word, by which work that is billed later finds its group again."""
        order = "steps_first" if self.rounds_first else "minimum_first"
        return f"{self.scope}/{self.minimum}/{self.step}/{self.grace}/{order}"

    def billed(self, minutes: int) -> int:
        """Return the minutes to bill: whole steps, and at least the minimum; none of none."""
        if minutes <= 0:
            return 0
        steps = self._steps_of(minutes)
        if self.rounds_first:
            return max(steps * self.step, self.minimum)
        return max(steps, -(-self.minimum // self.step)) * self.step

    def _steps_of(self, minutes: int) -> int:
        """Return the steps used; one that was begun counts once its grace is used up."""
        full, used = divmod(minutes, self.step)
        return full + 1 if used > self.grace or not full else full


@dataclass(frozen=True, slots=True)
class ToRound:
    """The minutes of one time entry that are to be billed, and the rule for them."""

    entry_id: int
    ticket_id: int
    work_type_id: int
    worked_on: date
    minutes: int
    rule: RoundingRule


@dataclass(frozen=True, slots=True)
class Rounded:
    """The minutes billed for one entry; and of its group up to its day, worked and billed."""

    minutes: int
    group_worked: int
    group_billed: int


Group = tuple[int, int, date | None, str]


def rule_from(places: Iterable[RoundingTerms]) -> RoundingRule:
    """Return the rule that the places give, the first one that says something first."""
    minimum = step = grace = scope = rounds_first = None
    for said in places:
        if said is UNSAID:
            continue
        minimum = said.minimum_minutes if minimum is None else minimum
        step = said.step_minutes if step is None else step
        grace = said.grace_minutes if grace is None else grace
        scope = said.scope if scope is None else scope
        rounds_first = said.rounds_first if rounds_first is None else rounds_first
    scope = scope or RoundingScope.ENTRY
    return RoundingRule(minimum or 0, step or 1, grace or 0, scope, bool(rounds_first))


def round_all(work: Iterable[ToRound], before: Iterable[RoundedBefore]) -> dict[int, Rounded]:
    """Return the minutes billed for each entry, by its id."""
    found: dict[int, Rounded] = {}
    groups: dict[Group, list[ToRound]] = defaultdict(list)
    for one in work:
        if one.rule.scope == RoundingScope.ENTRY:
            billed = one.rule.billed(one.minutes)
            found[one.entry_id] = Rounded(billed, one.minutes, billed)
        else:
            groups[_group_of(one)].append(one)
    if groups:
        billed_before = _billed_before(before)
        for group, members in groups.items():
            found.update(_round_group(members, *billed_before.get(group, (0, 0))))
    return found


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Split whole minutes by weight so that the parts add up: the largest remainder is served."""
    if len(weights) == 1:
        return [total]
    whole = sum(weights)
    if not whole:
        return [total if n == 0 else 0 for n in range(len(weights))]
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    return parts


def _group_of(one: ToRound) -> Group:
    day = one.worked_on if one.rule.scope == RoundingScope.DAY else None
    return one.ticket_id, one.work_type_id, day, one.rule.code


def _billed_before(before: Iterable[RoundedBefore]) -> Mapping[Group, tuple[int, int]]:
    return {
        (one.ticket_id, one.work_type_id, one.worked_on, one.rule): (one.worked, one.billed)
        for one in before
    }


def _round_group(members: list[ToRound], worked: int, billed: int) -> dict[int, Rounded]:
    """Round a group day by day, on top of what was worked and billed of it before."""
    found: dict[int, Rounded] = {}
    in_order = sorted(members, key=lambda one: (one.worked_on, one.entry_id))
    for _day, same_day in groupby(in_order, key=attrgetter("worked_on")):
        entries = list(same_day)
        worked += sum(one.minutes for one in entries)
        due = max(entries[0].rule.billed(worked), billed)
        parts = share(due - billed, [one.minutes for one in entries])
        billed = due
        for one, minutes in zip(entries, parts, strict=True):
            found[one.entry_id] = Rounded(minutes, worked, billed)
    return found
