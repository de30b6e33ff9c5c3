"""Automation rules as plain values: when something happens, if the ticket is so, then do this.

A ticket is seen as sets of texts, one for each property: a board is a set of one, tags are a set of
many, what is not there is an empty set. So every property is asked in the same few ways.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_STEPS = 5  # rules that set off rules; what is longer is a mistake in the rules


class When(StrEnum):
    """What rules wait for."""

    CREATED = "created"
    UPDATED = "updated"
    REPLIED = "replied"
    WAITING = "waiting"
    SLA = "sla"


class Property(StrEnum):
    """What can be asked about a ticket."""

    BOARD = "board"
    STATUS = "status"
    PRIORITY = "priority"
    CATEGORY = "category"
    BILLING = "billing"
    CLIENT = "client"
    SITE = "site"
    PLAN = "plan"
    TAG = "tag"
    ASSIGNEE = "assignee"
    FOLLOWER = "follower"
    SOURCE = "source"
    HOURS = "hours"
    SUBJECT = "subject"
    TEXT = "text"


class Test(StrEnum):
    """How it is asked."""

    __test__ = False  # no test of the suite's

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    LACKS = "lacks"
    SET = "set"
    EMPTY = "empty"


class Verb(StrEnum):
    """What a rule can do."""

    STATUS = "status"
    PRIORITY = "priority"
    BOARD = "board"
    CATEGORY = "category"
    ASSIGN = "assign"
    IN_TURN = "in_turn"
    LEAST_LOADED = "least_loaded"
    BY_SKILL = "by_skill"
    TAG = "tag"
    NOTE = "note"
    REPLY = "reply"
    NOTIFY = "notify"
    NOTIFY_ROLE = "notify_role"
    FOLLOW = "follow"
    CHECKLIST = "checklist"


TEXTS = frozenset({Property.SUBJECT, Property.TEXT})
TESTS_OF_TEXT = (Test.CONTAINS, Test.LACKS)
TESTS_OF_CHOICE = (Test.IS, Test.IS_NOT, Test.SET, Test.EMPTY)
WITHOUT_VALUE = frozenset({Test.SET, Test.EMPTY})
SOMEBODY = "somebody"  # whoever is chosen: a dry run takes nobody's turn
_SETS = {
    Verb.STATUS: Property.STATUS,
    Verb.PRIORITY: Property.PRIORITY,
    Verb.BOARD: Property.BOARD,
    Verb.CATEGORY: Property.CATEGORY,
    Verb.ASSIGN: Property.ASSIGNEE,
}
_ADDS = {Verb.TAG: Property.TAG, Verb.FOLLOW: Property.FOLLOWER}
_UNHEARD = frozenset({Property.FOLLOWER})  # no rule waits for a change of it
_CHOOSES = frozenset({Verb.IN_TURN, Verb.LEAST_LOADED, Verb.BY_SKILL})

Facts = Mapping[Property, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about a ticket; several values are alternatives."""

    property: Property
    test: Test
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    verb: Verb
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the firm wants to happen by itself; without conditions it holds for every ticket."""

    pk: int
    when: When
    actions: tuple[Action, ...]
    conditions: tuple[Condition, ...] = ()
    properties: frozenset[str] = frozenset()  # of an update; empty: whichever
    any_is_enough: bool = False
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a ticket; what time brings about is meant for one rule."""

    when: When
    changed: frozenset[str] = frozenset()
    rule_pk: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A condition with what was found on the ticket."""

    condition: Condition
    found: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that held: what it saw, and whether the chain had become too long for it to act."""

    rule: Rule
    seen: tuple[Seen, ...]
    depth: int = 0
    is_held_back: bool = False


def listens(rule: Rule, happening: Happening) -> bool:
    """Whether the rule waits for this."""
    if rule.when != happening.when:
        return False
    if happening.rule_pk is not None:
        return happening.rule_pk == rule.pk
    is_update = rule.when == When.UPDATED and bool(rule.properties)
    return not is_update or bool(rule.properties & happening.changed)


def look(rule: Rule, facts: Facts) -> tuple[Seen, ...]:
    """Return each condition of the rule with what is found on the ticket."""
    return tuple(_see(one, facts) for one in rule.conditions)


def holds(rule: Rule, seen: Sequence[Seen]) -> bool:
    """Whether what was seen is enough for the rule to act."""
    if not seen:
        return True
    answers = (one.holds for one in seen)
    return any(answers) if rule.any_is_enough else all(answers)


def foretell(rules: Sequence[Rule], facts: Facts, first: Happening) -> Iterator[Step]:
    """Tell, step by step, which rules would act, and which those would set off in turn.

    A rule acts at most once for what first happened, so that every chain ends.
    """
    ran: set[int] = set()
    queue = [(first, 0)]
    while queue:
        happening, depth = queue.pop(0)
        for step in _steps(rules, facts, happening, ran, depth):
            yield step
            if step.is_held_back:
                continue
            after = outcome(step.rule.actions, facts)
            changed = differing(facts, after) - _UNHEARD
            facts = after
            if changed:
                queue.append((Happening(When.UPDATED, changed), depth + 1))


def _steps(
    rules: Sequence[Rule], facts: Facts, happening: Happening, ran: set[int], depth: int
) -> Iterator[Step]:
    """Go through the rules in their order; each sees what the ones before it have done."""
    for rule in rules:
        if rule.pk in ran or not listens(rule, happening):
            continue
        seen = look(rule, facts)
        if not holds(rule, seen):
            continue
        ran.add(rule.pk)
        is_held_back = depth >= MOST_STEPS
        yield Step(rule, seen, depth, is_held_back)
        if is_held_back:
            continue
        facts = outcome(rule.actions, facts)
        if rule.stops:
            return


def outcome(actions: Iterable[Action], facts: Facts) -> Facts:
    """Return the ticket as it would be after the actions."""
    after = dict(facts)
    for action in actions:
        if action.verb in _SETS:
            after[_SETS[action.verb]] = frozenset({action.value})
        elif action.verb in _CHOOSES:
            after[Property.ASSIGNEE] = frozenset({SOMEBODY})
        elif action.verb in _ADDS:
            name = _ADDS[action.verb]
            after[name] = after.get(name, frozenset()) | {action.value}
    return after


def differing(before: Facts, after: Facts) -> frozenset[str]:
    """Return the properties in which two looks at a ticket differ."""
    nothing: frozenset[str] = frozenset()
    names = before.keys() | after.keys()
    return frozenset(
        str(name) for name in names if before.get(name, nothing) != after.get(name, nothing)
    )


def _see(condition: Condition, facts: Facts) -> Seen:
    found = facts.get(condition.property, frozenset())
    return Seen(condition, tuple(sorted(found)), _answer(condition, found))


def _answer(condition: Condition, found: frozenset[str]) -> bool:
    match condition.test:
        case Test.IS:
            return not found.isdisjoint(condition.values)
        case Test.IS_NOT:
            return found.isdisjoint(condition.values)
        case Test.SET:
            return bool(found)
        case Test.EMPTY:
            return not found
        case Test.CONTAINS:
            return _is_said(condition.values, found)
        case Test.LACKS:
            return not _is_said(condition.values, found)


def _is_said(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    plain = [fold(text) for text in texts]
    return any(fold(word) in text for word in wanted for text in plain)


def fold(text: str) -> str:
    """Return the text without accents and capitals, as people search for it."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
