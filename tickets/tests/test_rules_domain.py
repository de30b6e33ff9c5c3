"""Rules as values: what they see, whether they hold, and that every chain ends."""

from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.business_hours import BusinessHours, Window
from tickets.domain.choosing import Candidate, Need, least_loaded, next_in_turn, skilled
from tickets.domain.rules import (
    MOST_STEPS,
    SOMEBODY,
    Action,
    Condition,
    Facts,
    Happening,
    Property,
    Rule,
    Test,
    Verb,
    When,
    foretell,
    holds,
    listens,
    look,
    outcome,
)
from tickets.domain.waiting import latest_start, ready_at

PARIS = ZoneInfo("Europe/Paris")
NINE_TO_FIVE = (Window(time(9), time(17)),)
OFFICE = BusinessHours(PARIS, (*(NINE_TO_FIVE,) * 5, (), ()))
TICKET: Facts = {
    Property.PRIORITY: frozenset({"3_normal"}),
    Property.STATUS: frozenset({"1"}),
    Property.TAG: frozenset({"7", "8"}),
    Property.ASSIGNEE: frozenset(),
    Property.SUBJECT: frozenset({"Imprimante à l'accueil en panne"}),
}


def rule(pk: int = 1, when: When = When.CREATED, **facts: object) -> Rule:
    return Rule(**{"pk": pk, "when": when, "actions": (), **facts})  # type: ignore[arg-type]  # facts of any kind


@pytest.mark.parametrize(
    ("asked", "test", "values", "answer"),
    [
        (Property.PRIORITY, Test.IS, ("3_normal",), True),
        (Property.PRIORITY, Test.IS, ("1_urgent", "3_normal"), True),
        (Property.PRIORITY, Test.IS, ("1_urgent",), False),
        (Property.PRIORITY, Test.IS_NOT, ("1_urgent", "2_high"), True),
        (Property.PRIORITY, Test.IS_NOT, ("3_normal",), False),
        (Property.TAG, Test.IS, ("8",), True),
        (Property.TAG, Test.IS_NOT, ("8", "9"), False),
        (Property.TAG, Test.SET, (), True),
        (Property.ASSIGNEE, Test.SET, (), False),
        (Property.ASSIGNEE, Test.EMPTY, (), True),
        (Property.ASSIGNEE, Test.IS, ("4",), False),
        (Property.ASSIGNEE, Test.IS_NOT, ("4",), True),
        (Property.SITE, Test.EMPTY, (), True),
        (Property.SUBJECT, Test.CONTAINS, ("imprimante",), True),
        (Property.SUBJECT, Test.CONTAINS, ("scanner", "A L'ACCUEIL"), True),
        (Property.SUBJECT, Test.CONTAINS, ("scanner",), False),
        (Property.SUBJECT, Test.LACKS, ("scanner",), True),
        (Property.SUBJECT, Test.LACKS, ("scanner", "panne"), False),
        (Property.TEXT, Test.LACKS, ("virus",), True),
    ],
)
def test_each_way_of_asking(
    asked: Property, test: Test, values: tuple[str, ...], *, answer: bool
) -> None:
    [seen] = look(rule(conditions=(Condition(asked, test, values),)), TICKET)

    assert seen.holds is answer


def test_a_rule_wants_all_its_conditions_or_one_of_them() -> None:
    conditions = (
        Condition(Property.ASSIGNEE, Test.EMPTY),
        Condition(Property.PRIORITY, Test.IS, ("1_urgent",)),
    )
    all_of, any_of = rule(conditions=conditions), rule(conditions=conditions, any_is_enough=True)

    assert not holds(all_of, look(all_of, TICKET))
    assert holds(any_of, look(any_of, TICKET))
    assert holds(rule(), look(rule(), TICKET))


@pytest.mark.parametrize(
    ("waits_for", "happening", "answer"),
    [
        (rule(), Happening(When.CREATED), True),
        (rule(), Happening(When.REPLIED), False),
        (rule(when=When.UPDATED), Happening(When.UPDATED, frozenset({"status"})), True),
        (
            rule(when=When.UPDATED, properties=frozenset({"status"})),
            Happening(When.UPDATED, frozenset({"priority", "status"})),
            True,
        ),
        (
            rule(when=When.UPDATED, properties=frozenset({"status"})),
            Happening(When.UPDATED, frozenset({"priority"})),
            False,
        ),
        (rule(pk=5, when=When.WAITING), Happening(When.WAITING, rule_pk=5), True),
        (rule(pk=5, when=When.WAITING), Happening(When.WAITING, rule_pk=6), False),
    ],
)
def test_a_rule_listens_to_what_it_waits_for(
    waits_for: Rule, happening: Happening, *, answer: bool
) -> None:
    assert listens(waits_for, happening) is answer


def test_a_rule_sees_what_the_one_before_it_did() -> None:
    tags = rule(pk=1, actions=(Action(Verb.TAG, "9"),))
    assigns = rule(
        pk=2,
        conditions=(Condition(Property.TAG, Test.IS, ("9",)),),
        actions=(Action(Verb.IN_TURN, "1"),),
    )

    steps = list(foretell([tags, assigns], TICKET, Happening(When.CREATED)))

    assert [one.rule.pk for one in steps] == [1, 2]
    assert [one.rule.pk for one in foretell([assigns], TICKET, Happening(When.CREATED))] == []


def test_a_rule_that_stops_is_the_last_one() -> None:
    first = rule(pk=1, stops=True, actions=(Action(Verb.TAG, "9"),))

    steps = list(foretell([first, rule(pk=2)], TICKET, Happening(When.CREATED)))

    assert [one.rule.pk for one in steps] == [1]


def test_two_rules_that_undo_each_other_end() -> None:
    up = rule(
        pk=1,
        when=When.UPDATED,
        conditions=(Condition(Property.PRIORITY, Test.IS, ("3_normal",)),),
        actions=(Action(Verb.PRIORITY, "1_urgent"),),
    )
    down = rule(
        pk=2,
        when=When.UPDATED,
        conditions=(Condition(Property.PRIORITY, Test.IS, ("1_urgent",)),),
        actions=(Action(Verb.PRIORITY, "3_normal"),),
    )

    steps = list(foretell([down, up], TICKET, Happening(When.UPDATED, frozenset({"board"}))))

    assert [(one.rule.pk, one.depth) for one in steps] == [(1, 0), (2, 1)]


def test_a_chain_that_is_too_long_is_held_back() -> None:
    """Each rule answers to the priority that the one before it sets."""
    rules = [
        rule(
            pk=n + 1,
            when=When.UPDATED,
            conditions=(Condition(Property.STATUS, Test.IS, (str(n + 1),)),),
            actions=(Action(Verb.STATUS, str(n + 2)),),
            stops=True,
        )
        for n in range(8)
    ]

    steps = list(foretell(rules[::-1], TICKET, Happening(When.UPDATED, frozenset({"board"}))))

    assert [one.depth for one in steps] == [0, 1, 2, 3, 4, 5]
    assert [one.is_held_back for one in steps] == [False] * MOST_STEPS + [True]


values = st.sampled_from(["1", "2", "3"])
asked_for = st.sampled_from([Property.STATUS, Property.PRIORITY, Property.TAG, Property.ASSIGNEE])
conditions_of_any_kind = st.builds(
    Condition, asked_for, st.sampled_from([Test.IS, Test.IS_NOT, Test.SET, Test.EMPTY]),
    st.tuples(values),
)  # fmt: skip
actions_of_any_kind = st.builds(
    Action, st.sampled_from([Verb.STATUS, Verb.PRIORITY, Verb.TAG, Verb.ASSIGN, Verb.IN_TURN]),
    values,
)  # fmt: skip


@st.composite
def rule_sets(draw: st.DrawFn) -> list[Rule]:
    return [
        Rule(
            pk=pk,
            when=draw(st.sampled_from([When.CREATED, When.UPDATED])),
            conditions=tuple(draw(st.lists(conditions_of_any_kind, max_size=2))),
            actions=tuple(draw(st.lists(actions_of_any_kind, min_size=1, max_size=3))),
            any_is_enough=draw(st.booleans()),
            stops=draw(st.booleans()),
        )
        for pk in range(draw(st.integers(0, 9)))
    ]


@given(rules=rule_sets())
def test_every_set_of_rules_ends_and_none_acts_twice(rules: list[Rule]) -> None:
    steps = list(foretell(rules, TICKET, Happening(When.CREATED)))

    ran = [one.rule.pk for one in steps]
    assert len(ran) == len(set(ran))
    assert all(one.depth < MOST_STEPS or one.is_held_back for one in steps)


@given(rules=rule_sets())
def test_what_a_rule_changes_is_what_its_actions_say(rules: list[Rule]) -> None:
    for one in rules:
        after = outcome(one.actions, TICKET)

        assert after.keys() >= TICKET.keys()
        assert outcome(one.actions, after) == after


def test_a_choice_among_people_is_known_only_as_somebody() -> None:
    after = outcome([Action(Verb.LEAST_LOADED, "1")], TICKET)

    assert after[Property.ASSIGNEE] == {SOMEBODY}


MORNING = datetime(2026, 3, 10, 8, tzinfo=UTC)


def test_who_never_had_one_comes_first_and_then_who_waits_longest() -> None:
    people = [
        Candidate(1, last_given_at=MORNING),
        Candidate(2, last_given_at=MORNING - timedelta(hours=1)),
        Candidate(3),
        Candidate(4, is_available=False),
    ]

    assert [next_in_turn(people), next_in_turn(people[:2]), next_in_turn(people[3:])] == [
        people[2],
        people[1],
        None,
    ]


@given(count=st.integers(1, 6), rounds=st.integers(1, 5))
def test_turns_are_fair(count: int, rounds: int) -> None:
    people = {pk: Candidate(pk) for pk in range(count)}
    given_to = []
    for turn in range(count * rounds):
        chosen = next_in_turn(list(people.values()))
        assert chosen is not None
        given_to.append(chosen.pk)
        people[chosen.pk] = Candidate(chosen.pk, last_given_at=MORNING + timedelta(seconds=turn))

    assert given_to == [*range(count)] * rounds


def test_who_has_least_gets_the_next_whatever_the_order() -> None:
    people = [
        Candidate(1, 4),
        Candidate(2, 2),
        Candidate(3, 2, MORNING),
        Candidate(4, is_available=False),
    ]

    assert {least_loaded(list(order)) for order in permutations(people)} == {people[1]}
    assert least_loaded([]) is None


def test_only_who_knows_all_of_it_well_enough_is_skilled() -> None:
    people = [Candidate(1), Candidate(2), Candidate(3)]
    levels = {1: {10: 3, 11: 1}, 2: {10: 2, 11: 2}}

    assert skilled(people, levels, [Need(10, 2)]) == people[:2]
    assert skilled(people, levels, [Need(10, 2), Need(11, 2)]) == people[1:2]
    assert skilled(people, levels, [Need(12)]) == []


@pytest.mark.parametrize(
    ("hours", "now", "wanted", "start"),
    [
        (None, datetime(2026, 3, 9, 10, tzinfo=PARIS), 4, datetime(2026, 3, 9, 6, tzinfo=PARIS)),
        # Monday 10:00: one hour of today, three of Friday afternoon.
        (OFFICE, datetime(2026, 3, 9, 10, tzinfo=PARIS), 4, datetime(2026, 3, 6, 14, tzinfo=PARIS)),
        # The clocks go forward on Sunday 29 March 2026.
        (None, datetime(2026, 3, 29, 10, tzinfo=PARIS), 24, datetime(2026, 3, 28, 9, tzinfo=PARIS)),
        (
            OFFICE,
            datetime(2026, 3, 30, 9, 30, tzinfo=PARIS),
            1,
            datetime(2026, 3, 27, 16, 30, tzinfo=PARIS),
        ),
    ],
)
def test_since_when_something_must_have_waited(
    hours: BusinessHours | None, now: datetime, wanted: int, start: datetime
) -> None:
    found = latest_start(hours, now, wanted)

    assert found is not None
    assert found.astimezone(UTC) == start.astimezone(UTC)
    assert ready_at(hours, start, wanted).astimezone(UTC) == now.astimezone(UTC)


def test_nothing_waits_by_hours_that_never_open() -> None:
    shut = BusinessHours(PARIS, ((),) * 7)

    assert latest_start(shut, MORNING, 1) is None


@given(minutes=st.integers(0, 20_000), wanted=st.integers(1, 60))
def test_the_two_ways_round_agree(minutes: int, wanted: int) -> None:
    now = MORNING + timedelta(minutes=minutes)

    start = latest_start(OFFICE, now, wanted)

    assert start is not None
    assert ready_at(OFFICE, start, wanted) <= now
    assert OFFICE.elapsed(start, now) == wanted * 3600
