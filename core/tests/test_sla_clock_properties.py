"""The clock of a promise, whatever the schedule, the pauses and the moments."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.business_hours import BusinessHours, Interval
from core.sla_clock import SlaClock, Target
from core.tests.reckoner import open_minutes
from core.tests.strategies import pauses, times

MINUTE = timedelta(minutes=1)
targets = st.builds(Target, st.integers(0, 300_000), st.booleans())
some_seconds = st.integers(0, 300_000)
Times = tuple[BusinessHours, list[datetime]]


@given(times(6, MINUTE))
def test_elapsed_is_what_a_look_at_the_wall_every_minute_counts(drawn: Times) -> None:
    hours, (start, *edges, end) = drawn
    minutes = list(open_minutes(hours, start, end, pauses(edges)))

    assert SlaClock.started(start, hours, pauses(edges)).elapsed(end) == 60 * len(minutes)


@given(times(6, MINUTE), st.data())
def test_due_is_the_end_of_the_last_minute_counted_at_the_wall(
    drawn: Times, data: st.DataObject
) -> None:
    hours, (start, *edges, end) = drawn
    minutes = list(open_minutes(hours, start, end, pauses(edges)))
    count = data.draw(st.integers(0, len(minutes)))

    due = SlaClock.started(start, hours, pauses(edges)).due(count * 60)

    assert due == (minutes[count - 1] + MINUTE if count else start)


@given(times(5), st.integers(1, 300_000))
def test_a_pause_adds_its_business_time_to_what_is_due(drawn: Times, seconds: int) -> None:
    hours, (start, *edges) = drawn

    due = SlaClock.started(start, hours, pauses(edges)).due(seconds)

    assert due is not None
    begun = [Interval(one.start, min(one.end, due)) for one in pauses(edges) if one.start < due]
    paused = sum(hours.elapsed(pause.start, pause.end) for pause in begun)
    assert hours.elapsed(start, due) == seconds + paused


@given(times(4), targets)
def test_pausing_and_going_on_at_once_changes_nothing(drawn: Times, target: Target) -> None:
    hours, (start, moment, stopped, as_of) = drawn
    clock = SlaClock.started(start, hours)
    paused = clock.pause(moment).run(moment).pause(stopped).run(stopped)

    assert paused.read(target, as_of) == clock.read(target, as_of)


@given(times(4), targets)
def test_stopping_and_reopening_at_once_changes_nothing(drawn: Times, target: Target) -> None:
    hours, (start, pause, moment, as_of) = drawn
    clock = SlaClock.started(start, hours, [Interval(start, pause)])

    assert clock.stop(moment).run(moment).read(target, as_of) == clock.read(target, as_of)


@given(times(5), targets)
def test_splitting_a_stretch_changes_nothing(drawn: Times, target: Target) -> None:
    hours, (start, cut, pause, other_cut, as_of) = drawn
    whole = SlaClock.started(start, hours).pause(pause)
    split = SlaClock.started(start, hours).change_hours(cut, hours).pause(pause)

    assert split.change_hours(other_cut, hours).read(target, as_of) == whole.read(target, as_of)


@given(times(6), targets)
def test_what_is_used_and_what_is_left_are_the_target(drawn: Times, target: Target) -> None:
    hours, (start, *edges, as_of) = drawn
    clock = SlaClock.started(start, hours, pauses(edges))

    reading = clock.read(target, as_of)

    assert reading.elapsed_seconds + reading.remaining_seconds == target.seconds
    assert reading.due_at is not None
    assert clock.read(target, reading.due_at).remaining_seconds == 0
    assert reading.remaining_seconds >= 0 or reading.is_missed


@given(times(5), some_seconds)
def test_what_cannot_be_paused_is_due_as_if_nothing_had_been(drawn: Times, seconds: int) -> None:
    hours, (start, *edges) = drawn
    clock = SlaClock.started(start, hours, pauses(edges))

    assert clock.due(seconds, is_pausable=False) == hours.due(start, seconds)


@given(times(6), targets)
def test_time_only_goes_forward(drawn: Times, target: Target) -> None:
    hours, (start, *edges, end) = drawn
    clock = SlaClock.started(start, hours, pauses(edges))

    used = [clock.elapsed(moment) for moment in (start, *edges, end)]
    reached = [milestone.at for milestone in clock.read(target, end).milestones]

    assert used == sorted(used)
    assert all(one and other and one <= other for one, other in pairwise(reached))
