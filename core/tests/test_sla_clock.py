"""The clock of a promise: pauses, reopening and changes, worked out by hand.

5 June 2026 is a Friday; the office works from 9 to 17 in Paris.
"""

from datetime import date, datetime, timedelta

import pytest

from core.business_hours import BusinessHours, Interval, NeverDue
from core.sla_clock import ClockTurnedBack, Milestone, SlaClock, Stretch, Target
from core.tests.places import HOUR, MINUTE, NEW_YORK, PARIS, at, nights, office, weekdays, window

OFFICE = office()
EIGHT_HOURS = Target(8 * HOUR)
RESPONSE = Target(60 * MINUTE, is_pausable=False)
FRIDAY = at("2026-06-05 10:00")
MONDAY = at("2026-06-08 09:00")
WEEKEND = Interval(at("2026-06-05 16:50"), at("2026-06-08 09:10"))


def test_a_pause_adds_its_business_time() -> None:
    # Case 22: 10 min on Friday and 10 min on Monday.
    assert SlaClock.started(FRIDAY, OFFICE).due(8 * HOUR) == at("2026-06-08 10:00")
    assert SlaClock.started(FRIDAY, OFFICE, [WEEKEND]).due(8 * HOUR) == at("2026-06-08 10:20")


def test_a_reading_tells_what_is_used_what_is_left_and_when_it_is_due() -> None:
    clock = SlaClock.started(FRIDAY, OFFICE, [WEEKEND])

    reading = clock.read(EIGHT_HOURS, as_of=at("2026-06-08 09:40"))

    # Friday 10:00 to 16:50, Monday 9:10 to 9:40.
    assert reading.elapsed_seconds == 7 * HOUR + 20 * MINUTE
    assert reading.remaining_seconds == 40 * MINUTE
    assert reading.due_at == at("2026-06-08 10:20")
    assert not reading.is_missed


def test_milestones_tell_when_a_share_of_the_target_is_used() -> None:
    reading = SlaClock.started(MONDAY, OFFICE).read(EIGHT_HOURS, as_of=MONDAY)

    assert reading.milestones == (
        Milestone(50, at("2026-06-08 13:00")),
        Milestone(75, at("2026-06-08 15:00")),
        Milestone(100, at("2026-06-08 17:00")),
    )


def test_a_share_is_reached_with_the_second_that_completes_it() -> None:
    assert [Target(3).share(percent) for percent in (50, 75, 100)] == [2, 3, 3]


def test_while_it_waits_nothing_is_due_and_what_is_left_stays() -> None:
    clock = SlaClock.started(MONDAY, OFFICE).pause(at("2026-06-08 14:00"))

    reading = clock.read(EIGHT_HOURS, as_of=at("2026-06-10 12:00"))

    assert clock.is_paused
    assert reading.remaining_seconds == 3 * HOUR
    assert reading.due_at is None
    assert reading.milestones[:2] == (Milestone(50, at("2026-06-08 13:00")), Milestone(75, None))
    assert not reading.is_missed


def test_a_first_response_is_due_whether_or_not_the_client_is_waited_for() -> None:
    # Case 21: Friday 16:45; the pause leaves 5 min on Friday and nothing before Monday noon.
    pause = Interval(at("2026-06-05 16:50"), at("2026-06-08 12:00"))
    clock = SlaClock.started(at("2026-06-05 16:45"), OFFICE, [pause])

    assert clock.read(RESPONSE, as_of=FRIDAY).due_at == at("2026-06-08 09:45")
    assert clock.read(Target(60 * MINUTE), as_of=FRIDAY).due_at == at("2026-06-08 12:55")


def test_a_response_stops_with_the_work_even_when_it_cannot_be_paused() -> None:
    clock = SlaClock.started(MONDAY, OFFICE).stop(at("2026-06-08 09:20"))

    reading = clock.read(RESPONSE, as_of=at("2026-06-09 12:00"))

    assert (reading.elapsed_seconds, reading.due_at) == (20 * MINUTE, None)


def test_reopening_continues_where_it_stopped() -> None:
    # Case 24: resolved after 2 h of 8, reopened on Wednesday at 14:00.
    resolved = SlaClock.started(MONDAY, OFFICE).stop(at("2026-06-08 11:00"))
    reopened = resolved.run(at("2026-06-10 14:00"))

    reading = reopened.read(EIGHT_HOURS, as_of=at("2026-06-10 14:00"))

    assert not resolved.is_running
    assert reopened.is_running
    assert reading.remaining_seconds == 6 * HOUR
    assert reading.due_at == at("2026-06-11 12:00")  # 3 h on Wednesday, 3 h on Thursday


def test_a_recorded_miss_is_still_read_after_reopening() -> None:
    resolved_at = at("2026-06-09 09:00:01")
    clock = SlaClock.started(MONDAY, OFFICE).stop(resolved_at).run(at("2026-06-12 09:00"))

    assert clock.read(EIGHT_HOURS, as_of=resolved_at).is_missed
    assert clock.read(EIGHT_HOURS, as_of=resolved_at).due_at == at("2026-06-08 17:00")


@pytest.mark.parametrize(
    ("done_at", "remaining", "is_missed"),
    [
        ("2026-06-08 16:59:59", 1, False),
        ("2026-06-08 17:00", 0, False),
        ("2026-06-08 17:00:01", 0, True),  # due as the office closed, and it has closed
        ("2026-06-09 09:00", 0, True),
        ("2026-06-09 10:00", -HOUR, True),
    ],
)
def test_what_is_done_by_the_due_time_is_in_time(
    done_at: str, remaining: int, *, is_missed: bool
) -> None:
    reading = SlaClock.started(MONDAY, OFFICE).read(EIGHT_HOURS, as_of=at(done_at))

    assert (reading.remaining_seconds, reading.is_missed) == (remaining, is_missed)


def test_another_target_is_measured_against_the_time_already_used() -> None:
    # Case 23: urgent (4 h) to low (16 h) after 6 h.
    clock, changed_at = SlaClock.started(MONDAY, OFFICE), at("2026-06-08 15:00")

    urgent = clock.read(Target(4 * HOUR), as_of=changed_at)
    low = clock.read(Target(16 * HOUR), as_of=changed_at)

    assert (urgent.due_at, urgent.remaining_seconds) == (at("2026-06-08 13:00"), -2 * HOUR)
    assert (low.due_at, low.remaining_seconds) == (at("2026-06-09 17:00"), 10 * HOUR)
    assert (urgent.is_missed, low.is_missed) == (True, False)


def test_other_hours_count_from_their_moment_on() -> None:
    # Case 23: from Tuesday on the calendar says 10 to 16.
    short = BusinessHours(PARIS, weekdays(window("10:00", "16:00")))
    before = SlaClock.started(MONDAY, OFFICE)
    after = before.change_hours(at("2026-06-09 00:00"), short)

    assert before.due(12 * HOUR) == at("2026-06-09 13:00")  # 8 h on Monday, 4 h from 9:00
    assert after.due(12 * HOUR) == at("2026-06-09 14:00")  # 8 h on Monday, 4 h from 10:00
    assert after.elapsed(at("2026-06-08 17:00")) == 8 * HOUR
    assert [stretch.hours for stretch in after.stretches] == [OFFICE, short]


def test_other_hours_leave_a_pause_a_pause() -> None:
    paused = SlaClock.started(MONDAY, OFFICE).pause(at("2026-06-08 12:00"))
    clock = paused.change_hours(at("2026-06-09 00:00"), nights(PARIS)).run(at("2026-06-09 23:00"))

    assert clock.elapsed(at("2026-06-09 23:00")) == 3 * HOUR
    assert clock.due(4 * HOUR) == at("2026-06-10 00:00")


def test_a_pause_after_a_change_of_hours_is_judged_by_the_new_hours() -> None:
    changed = SlaClock.started(MONDAY, OFFICE).change_hours(at("2026-06-08 17:00"), nights(PARIS))
    clock = changed.pause(at("2026-06-08 23:00"))

    # 8 h in the office, an hour of the night shift, and three more that a response cannot skip.
    assert clock.elapsed(at("2026-06-09 02:00")) == 9 * HOUR
    assert clock.elapsed(at("2026-06-09 02:00"), is_pausable=False) == 12 * HOUR


def test_hours_changed_while_it_is_stopped_count_once_it_runs_again() -> None:
    stopped = SlaClock.started(MONDAY, OFFICE).stop(at("2026-06-08 11:00"))
    changed = stopped.change_hours(at("2026-06-09 00:00"), nights(PARIS))

    assert not changed.is_running
    assert changed.elapsed(at("2026-06-10 12:00")) == 2 * HOUR
    assert changed.run(at("2026-06-10 12:00")).due(3 * HOUR) == at("2026-06-10 23:00")


def test_pauses_may_overlap_come_in_any_order_and_begin_before_the_clock() -> None:
    pauses = [
        Interval(at("2026-06-08 11:00"), at("2026-06-08 12:00")),
        Interval(at("2026-06-08 08:00"), at("2026-06-08 09:30")),  # 30 min count
        Interval(at("2026-06-08 10:30"), at("2026-06-08 11:30")),  # with the first: 90 min
        Interval(at("2026-06-08 07:00"), at("2026-06-08 08:30")),
    ]

    clock = SlaClock.started(MONDAY, OFFICE, pauses)

    assert clock.due(4 * HOUR) == at("2026-06-08 15:00")
    assert SlaClock.started(MONDAY, OFFICE, reversed(pauses)) == clock


def test_saying_the_same_again_changes_nothing() -> None:
    noon, later = at("2026-06-08 12:00"), at("2026-06-08 13:00")
    running = SlaClock.started(MONDAY, OFFICE)

    assert running.run(later) == running
    assert running.pause(noon).pause(later) == running.pause(noon)
    assert running.stop(noon).stop(later) == running.stop(noon)


def test_work_taken_up_again_can_begin_by_waiting_for_the_client() -> None:
    clock = SlaClock.started(MONDAY, OFFICE).stop(at("2026-06-08 11:00"))

    waiting = clock.pause(at("2026-06-08 14:00"))

    assert waiting.is_paused
    assert waiting.elapsed(at("2026-06-08 15:00")) == 2 * HOUR
    assert waiting.elapsed(at("2026-06-08 15:00"), is_pausable=False) == 3 * HOUR


def test_a_pause_over_the_end_of_summer_time_adds_real_hours() -> None:
    # The night shift of 31 October lasts nine hours; the pause takes 1:30 EDT to 1:30 EST.
    pause = Interval(*(at("2026-11-01 01:30", NEW_YORK, fold=fold) for fold in (0, 1)))
    begins = at("2026-10-31 22:00", NEW_YORK)

    clock = SlaClock.started(begins, nights(NEW_YORK), [pause])

    assert clock.due(8 * HOUR) == at("2026-11-01 06:00", NEW_YORK)
    assert clock.elapsed(at("2026-11-01 02:00", NEW_YORK)) == 4 * HOUR


def test_moments_of_an_hour_shown_twice_are_told_apart() -> None:
    # Stopped at 1:10 winter time, looked at twenty minutes earlier, at 1:50 summer time.
    stopped_at, as_of = (
        at("2026-11-01 01:10", NEW_YORK, fold=1),
        at("2026-11-01 01:50", NEW_YORK, fold=0),
    )
    clock = SlaClock.started(at("2026-10-31 23:50", NEW_YORK), nights(NEW_YORK)).stop(stopped_at)

    assert clock.elapsed(as_of) == 2 * HOUR
    assert clock.elapsed(stopped_at) == 2 * HOUR + 20 * MINUTE


def test_a_clock_cannot_be_turned_back() -> None:
    clock = SlaClock.started(MONDAY, OFFICE).pause(at("2026-06-08 12:00"))

    with pytest.raises(ClockTurnedBack):
        clock.run(at("2026-06-08 11:59"))
    with pytest.raises(ClockTurnedBack):
        clock.stop(at("2026-06-08 12:30")).run(at("2026-06-08 12:29"))
    with pytest.raises(ClockTurnedBack):
        SlaClock((Stretch(MONDAY, OFFICE), Stretch(MONDAY + timedelta(hours=1), OFFICE)))
    with pytest.raises(ValueError, match="begins with a stretch"):
        SlaClock(())


def test_nothing_is_used_before_the_clock_starts() -> None:
    clock = SlaClock.started(MONDAY, OFFICE)

    assert clock.elapsed(FRIDAY) == 0
    assert clock.due(0) == MONDAY


def test_a_promise_that_hours_can_never_keep_says_so() -> None:
    closed = BusinessHours(PARIS, ((),) * 7, holidays=frozenset({date(2026, 6, 8)}))

    with pytest.raises(NeverDue):
        SlaClock.started(MONDAY, closed).read(EIGHT_HOURS, as_of=MONDAY)


def test_a_target_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        Target(-1)


@pytest.mark.parametrize("as_of", [datetime(2026, 6, 8, 12)])  # noqa: DTZ001  (the clock refuses it)
def test_a_reading_needs_a_time_zone(as_of: datetime) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        SlaClock.started(MONDAY, OFFICE).read(EIGHT_HOURS, as_of=as_of)
