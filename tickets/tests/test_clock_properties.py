"""What holds for the clock of any ticket, whatever happens to it and when."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from core.business_hours import BusinessHours
from core.business_hours.schedule import Window
from tickets.models import SLAVerdict, Ticket
from tickets.queries.burning import burning_first
from tickets.queries.clock_card import intervals_of
from tickets.queries.clocks import clock_from
from tickets.tests.clocks import NINE_TO_FIVE, PARIS, Desk, clock_of

pytestmark = pytest.mark.django_db
# Two weeks around the night of 29 March 2026, in which Paris loses an hour.
FIRST = datetime(2026, 3, 20, tzinfo=UTC)
moments = st.lists(st.integers(0, 14 * 24 * 60), min_size=2, max_size=6, unique=True).map(
    lambda minutes: [FIRST + timedelta(minutes=one) for one in sorted(minutes)]
)
statuses = st.lists(st.sampled_from(["waiting", "in-progress", "closed"]), min_size=6, max_size=6)
SHARED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def local(moment: datetime) -> str:
    return moment.astimezone(PARIS).strftime("%Y-%m-%d %H:%M")


@pytest.fixture
def desk() -> Desk:
    """A desk that answers within an hour and solves within two days of eight hours."""
    return Desk.with_promise(UserFactory.create(), {"3_normal": (60, 960)})


def lived(desk: Desk, moments: list[datetime], statuses: list[str]) -> Ticket:
    """Open a ticket at the first moment and move it at each of the others but the last."""
    ticket = desk.opened(local(moments[0]))
    for moment, status in zip(moments[1:-1], statuses, strict=False):
        desk.moved(ticket, status, local(moment))
    ticket.refresh_from_db()
    return ticket


def office() -> BusinessHours:
    windows = {day: (Window(opens, closes),) for day, opens, closes in NINE_TO_FIVE}
    return BusinessHours(PARIS, tuple(windows.get(day, ()) for day in range(7)))


@SHARED
@given(moments=moments, statuses=statuses)
def test_the_stretches_follow_one_another_and_their_time_adds_up(
    desk: Desk, moments: list[datetime], statuses: list[str]
) -> None:
    ticket = lived(desk, moments, statuses)

    intervals = intervals_of(ticket, moments[-1])

    rows = [one.stretch for one in intervals]
    ends = [row.ends_at for row in rows]
    assert all(
        end is not None and end <= row.starts_at for end, row in zip(ends, rows[1:], strict=False)
    )
    running = sum(one.seconds for one in intervals if not one.stretch.is_paused)
    assert running == intervals[-1].total_seconds
    assert running == clock_from(rows).elapsed(moments[-1])


@SHARED
@given(moments=moments, statuses=statuses)
def test_used_and_paused_and_stopped_time_are_all_business_time_there_is(
    desk: Desk, moments: list[datetime], statuses: list[str]
) -> None:
    ticket = lived(desk, moments, statuses)
    kinds = ["in-progress", *statuses[: len(moments) - 2]]

    by_kind = {"in-progress": 0, "waiting": 0, "closed": 0}
    for (start, end), kind in zip(pairwise(moments), kinds, strict=False):
        by_kind[kind] += office().elapsed(start, end)

    rows = intervals_of(ticket, moments[-1])
    used = sum(one.seconds for one in rows if not one.stretch.is_paused)
    paused = sum(one.seconds for one in rows if one.stretch.is_paused)
    assert (used, paused) == (by_kind["in-progress"], by_kind["waiting"])


@SHARED
@given(moments=moments)
def test_a_pause_adds_exactly_its_business_minutes(desk: Desk, moments: list[datetime]) -> None:
    start, paused, resumed = moments[0], moments[1], moments[-1]
    ticket = desk.opened(local(start))
    before = clock_of(ticket).resolution_due_at
    assert before is not None
    desk.moved(ticket, "waiting", local(paused))
    desk.moved(ticket, "in-progress", local(resumed))

    after = clock_of(ticket).resolution_due_at

    assert after is not None
    if before <= paused:
        assert after == before
    else:
        assert office().elapsed(before, after) == office().elapsed(paused, resumed)


@SHARED
@given(moments=moments, statuses=statuses)
def test_looking_at_the_clock_again_changes_nothing(
    desk: Desk, moments: list[datetime], statuses: list[str]
) -> None:
    ticket = lived(desk, moments, statuses)
    stretches = list(ticket.clock_stretches.order_by("starts_at", "pk").values())
    verdicts = list(SLAVerdict.objects.filter(ticket=ticket).order_by("pk").values())

    desk.said(ticket, local(moments[-1]), is_public=False)

    assert list(ticket.clock_stretches.order_by("starts_at", "pk").values()) == stretches
    assert list(SLAVerdict.objects.filter(ticket=ticket).order_by("pk").values()) == verdicts


@SHARED
@given(moments=moments)
def test_what_burns_first_is_what_is_due_first(desk: Desk, moments: list[datetime]) -> None:
    for moment in moments:
        desk.opened(local(moment))
    waiting = desk.opened(local(moments[0]))
    desk.said(waiting, local(moments[0]), is_public=True)
    desk.moved(waiting, "waiting", local(moments[0]))

    found = list(burning_first(Ticket.objects.filter(client=desk.client).open()))

    dues = [one.due_at for one in found if one.due_at is not None]
    assert dues == sorted(dues)
    assert [one.due_at is None for one in found] == [False] * len(dues) + [True] * (
        len(found) - len(dues)
    )
    assert found[-1].due_at is None
