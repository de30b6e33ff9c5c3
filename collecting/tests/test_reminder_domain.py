"""When a reminder is due and when not, and what a promise comes to; worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from collecting.domain.promises import Promise, PromiseState, Received, standings
from collecting.domain.reminders import (
    Cover,
    Facts,
    Overdue,
    Plan,
    Reason,
    judge,
    letter_of,
    level_due,
)

PLAN = Plan({1: 5, 2: 15, 3: 30}, grace_days=2, days_between=7, smallest=Decimal(10))
DUE = date(2026, 4, 30)


def owed(pk: int = 1, amount: str = "100", due_on: date = DUE, **more: object) -> Overdue:
    return Overdue(pk, "EUR", due_on, Decimal(amount), **more)  # type: ignore[arg-type]  # by name


def reasons(day: date, *overdue: Overdue, **more: object) -> list[tuple[int, object]]:
    found = judge(Facts(PLAN, overdue, **more), day)  # type: ignore[arg-type]  # by name
    return [(one.level, one.reason) for one in found]


def test_each_level_is_due_so_many_days_after_the_due_day_and_the_grace() -> None:
    """30 April + 2 + 5 is 7 May, + 15 is 17 May, + 30 is 1 June."""
    days = [date(2026, 5, 6), date(2026, 5, 7), date(2026, 5, 16), date(2026, 5, 17)]

    assert [level_due(PLAN, DUE, day) for day in days] == [0, 1, 1, 2]
    assert level_due(PLAN, DUE, date(2026, 5, 31)) == 2
    assert level_due(PLAN, DUE, date(2026, 6, 1)) == 3


def test_days_of_downtime_ask_at_the_highest_level_only() -> None:
    assert reasons(date(2026, 6, 20), owed()) == [(3, None)]


def test_a_level_that_was_reached_waits_for_the_next() -> None:
    assert reasons(date(2026, 5, 16), owed(reached=1)) == [(1, Reason.REACHED)]
    assert reasons(date(2026, 5, 17), owed(reached=1)) == [(2, None)]


def test_a_client_hears_from_us_once_in_seven_days() -> None:
    last = date(2026, 5, 12)

    assert reasons(date(2026, 5, 18), owed(reached=1), last_sent_on=last) == [(2, Reason.TOO_SOON)]
    assert reasons(date(2026, 5, 19), owed(reached=1), last_sent_on=last) == [(2, None)]


def test_credit_and_promises_answer_for_the_oldest_first() -> None:
    """100 and 80 are late; 60 of credit and 70 promised leave 50 of the second."""
    covers = (
        Cover("EUR", Decimal(60), Reason.CREDIT),
        Cover("EUR", Decimal(70), Reason.PROMISED),
        Cover("USD", Decimal(500), Reason.CREDIT),
    )
    older, newer = owed(1, "100", DUE - timedelta(days=9)), owed(2, "80")
    found = judge(Facts(PLAN, [newer, older], covers), date(2026, 5, 7))

    assert [(one.invoice_id, one.amount, one.reason) for one in found] == [
        (1, Decimal(0), Reason.PROMISED),
        (2, Decimal(50), None),
    ]


def test_what_is_disputed_is_not_asked_for_and_the_rest_is() -> None:
    whole, part = owed(1, disputed=Decimal(100)), owed(2, disputed=Decimal("99.99"))

    assert reasons(date(2026, 5, 7), whole) == [(1, Reason.DISPUTED)]
    assert reasons(date(2026, 5, 7), part) == [(1, Reason.SMALL)]
    assert reasons(date(2026, 5, 7), owed(3, disputed=Decimal(90))) == [(1, None)]


def test_what_is_on_hold_uses_up_no_credit() -> None:
    covers = (Cover("EUR", Decimal(100), Reason.CREDIT),)
    held = owed(1, due_on=DUE - timedelta(days=1), kept_back=Reason.HELD)

    assert reasons(date(2026, 5, 7), held, owed(2), covers=covers) == [
        (1, Reason.HELD),
        (1, Reason.CREDIT),
    ]


def test_small_amounts_wait_until_together_they_are_enough() -> None:
    assert reasons(date(2026, 5, 7), owed(1, "6")) == [(1, Reason.SMALL)]
    assert reasons(date(2026, 5, 7), owed(1, "6"), owed(2, "4")) == [(1, None), (1, None)]


@given(
    late=st.lists(st.integers(0, 90), min_size=1, max_size=5),
    credit=st.integers(0, 500),
    reached=st.integers(0, 3),
)
def test_no_more_is_asked_for_than_is_open_and_nobody_is_asked_twice(
    late: list[int], credit: int, reached: int
) -> None:
    today = date(2026, 8, 1)
    rows = [
        owed(n, "100", today - timedelta(days=days), reached=reached) for n, days in enumerate(late)
    ]
    covers = (Cover("EUR", Decimal(credit), Reason.CREDIT),)
    letter = letter_of(judge(Facts(PLAN, rows, covers), today))

    assert sum(one.amount for one in letter) <= max(100 * len(rows) - credit, 0)
    assert all(one.level > reached and one.amount > 0 for one in letter)


NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def promise(pk: int, amount: str, pay_by: date, **more: bool) -> Promise:
    return Promise(pk, Decimal(amount), "EUR", NOON.date(), NOON, pay_by, **more)


def money(amount: str, day: date, hours: int = 1) -> Received:
    return Received(Decimal(amount), "EUR", day, NOON + timedelta(hours=hours))


def test_a_payment_keeps_one_promise_the_one_for_the_earliest_day_first() -> None:
    """200 by the 8th and 100 by the 15th; 250 come in on the 7th: 50 are wanting."""
    promises = [promise(2, "100", date(2026, 5, 15)), promise(1, "200", date(2026, 5, 8))]
    received = [money("250", date(2026, 5, 7))]
    day = {n: standings(promises, received, date(2026, 5, n)) for n in (9, 15, 16)}

    assert (day[9][1].state, day[9][2].state) == (PromiseState.KEPT, PromiseState.OPEN)
    assert (day[15][2].state, day[15][2].rest) == (PromiseState.OPEN, Decimal(50))
    assert day[16][2].state == PromiseState.BROKEN


def test_money_that_was_there_before_or_came_too_late_keeps_no_promise() -> None:
    promises = [promise(1, "100", date(2026, 5, 8))]
    known = money("100", NOON.date(), hours=-1)
    late = money("100", date(2026, 5, 9), hours=200)

    found = standings(promises, [known, late], date(2026, 5, 10))[1]

    assert (found.state, found.paid) == (PromiseState.BROKEN, Decimal(0))
