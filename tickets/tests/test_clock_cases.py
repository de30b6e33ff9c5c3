"""Cases 21 to 24 of the clock, through the operations that people use, with exact instants."""

from datetime import date, time

import pytest

from accounts.models import User
from clients.tests.factories import SiteFactory
from contracts.models import CalendarDay, ClientSLA
from contracts.operations.keep_calendar_versions import keep_calendar_versions
from contracts.operations.save_calendar import save_calendar
from contracts.operations.save_sla_policy import save_sla_policy
from contracts.tests.factories import ContractFactory
from tickets.models import ClockStretch, ServiceBoard, SLAVerdict
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.save_board import save_board
from tickets.tests.clocks import (
    Desk,
    clock_of,
    looked_at,
    make_calendar,
    make_policy,
    paris,
    verdicts_of,
)
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db
HOUR = 3600
# 6 March 2026 is a Friday; summer time begins three weeks later.


def test_case_21_an_hour_from_friday_evening_ends_on_monday_morning(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})

    ticket = desk.opened("2026-03-06 16:45")

    assert clock_of(ticket).response_due_at == paris("2026-03-09 09:45")


def test_case_21_a_ticket_of_saturday_is_due_an_hour_into_monday(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})

    ticket = desk.opened("2026-03-07 11:00")

    assert clock_of(ticket).response_due_at == paris("2026-03-09 10:00")


def test_case_21_only_a_public_answer_of_the_firm_is_a_first_answer(
    technician: User, client_contact: User
) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    client_contact.contact.client = desk.client
    client_contact.contact.save()
    ticket = desk.opened("2026-03-06 09:00")

    desk.said(ticket, "2026-03-06 09:05", is_public=False)
    desk.moved(ticket, "in-progress", "2026-03-06 09:10")
    desk.said(ticket, "2026-03-06 09:20", is_public=True, by=client_contact)
    assert clock_of(ticket).responded_at is None
    desk.said(ticket, "2026-03-06 09:40", is_public=True)

    assert verdicts_of(ticket) == {"response": ("met", paris("2026-03-06 09:40"), 40 * 60)}


def test_case_21_solving_without_a_word_answers_too(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    ticket = desk.opened("2026-03-06 09:00")

    desk.moved(ticket, "closed", "2026-03-06 09:30")

    assert verdicts_of(ticket) == {"response": ("met", paris("2026-03-06 09:30"), 30 * 60)}


def test_case_21_the_clients_answer_lets_the_clock_run_again(
    technician: User, client_contact: User
) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    client_contact.contact.client = desk.client
    client_contact.contact.save()
    ticket = desk.opened("2026-03-06 10:00")
    desk.moved(ticket, "waiting", "2026-03-06 11:00")

    desk.said(ticket, "2026-03-06 14:00", is_public=True, by=client_contact)

    assert clock_of(ticket).resolution_due_at == paris("2026-03-09 13:00")


def test_case_22_a_pause_adds_its_business_minutes_not_the_weekend(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    ticket = desk.opened("2026-03-06 10:00")
    assert clock_of(ticket).resolution_due_at == paris("2026-03-09 10:00")

    desk.moved(ticket, "waiting", "2026-03-06 16:50")
    assert clock_of(ticket).resolution_due_at is None
    assert clock_of(ticket).resolution_used == 6 * HOUR + 50 * 60
    desk.moved(ticket, "in-progress", "2026-03-09 09:10")

    assert clock_of(ticket).resolution_due_at == paris("2026-03-09 10:20")
    assert [row.is_paused for row in ClockStretch.objects.all()] == [False, True, False]


def test_case_22_the_time_to_the_first_answer_does_not_wait(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    ticket = desk.opened("2026-03-06 10:00")

    desk.moved(ticket, "waiting", "2026-03-06 10:10")

    assert clock_of(ticket).response_due_at == paris("2026-03-06 11:00")
    ticket.refresh_from_db()
    assert ticket.due_at == paris("2026-03-06 11:00")


def test_case_23_another_priority_is_measured_against_the_time_used(technician: User) -> None:
    desk = Desk.with_promise(technician, {"1_urgent": (None, 480), "4_low": (None, 960)})
    ticket = desk.opened("2026-03-09 09:00", priority="1_urgent")

    edit_ticket(
        ticket_id=ticket.pk,
        changes={"priority": "4_low"},
        actor=technician,
        now=paris("2026-03-09 15:00"),
    )

    clock = clock_of(ticket)
    assert clock.resolution_used == 6 * HOUR
    assert clock.resolution_due_at == paris("2026-03-10 17:00")


def test_case_23_closed_stretches_keep_the_hours_they_were_judged_by(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 960)})
    ticket = desk.opened("2026-03-09 09:00")

    shorter = [(day, time(13), time(17)) for day in range(5)]
    save_calendar(
        facts={"name": "Office"}, week=shorter, now=paris("2026-03-10 09:00"),
        calendar_id=desk.calendar.pk,
    )  # fmt: skip

    # Eight hours of Monday stay used; the other eight are two afternoons of four hours.
    assert looked_at(ticket, "2026-03-10 14:00").resolution_used == 9 * HOUR
    assert clock_of(ticket).resolution_due_at == paris("2026-03-11 17:00")
    rows = ClockStretch.objects.order_by("starts_at")
    assert [row.version and row.version.number for row in rows] == [1, 2]
    assert [row.ends_at for row in rows] == [paris("2026-03-10 09:00"), None]


def test_case_23_a_verdict_stays_when_the_calendar_is_edited(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    ticket = desk.opened("2026-03-09 09:00")
    desk.moved(ticket, "closed", "2026-03-09 17:00")
    before = verdicts_of(ticket)
    assert before["resolution"] == ("met", paris("2026-03-09 17:00"), 8 * HOUR)

    day = date(2026, 3, 9)
    CalendarDay.objects.create(calendar=desk.calendar, day=day, is_holiday=True)
    keep_calendar_versions(now=paris("2026-03-20 09:00"))
    looked_at(ticket, "2026-03-20 09:00")

    assert verdicts_of(ticket) == before


def test_case_23_a_holiday_that_is_added_moves_what_is_still_open(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    ticket = desk.opened("2026-03-06 13:00")
    assert clock_of(ticket).resolution_due_at == paris("2026-03-09 13:00")

    CalendarDay.objects.create(calendar=desk.calendar, day=date(2026, 3, 9), is_holiday=True)
    keep_calendar_versions(now=paris("2026-03-06 15:00"))

    assert looked_at(ticket, "2026-03-06 15:01").resolution_due_at == paris("2026-03-10 13:00")


def test_case_23_easter_monday_is_closed_by_the_countrys_calendar(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    french = make_policy(
        make_calendar("France", country="FR"), {"3_normal": (None, 480)}, name="French"
    )
    ticket = desk.opened("2026-04-03 13:00")

    edit_ticket(
        ticket_id=ticket.pk,
        changes={"sla_policy_id": french.pk},
        actor=technician,
        now=paris("2026-04-03 13:00"),
    )

    # Monday 6 April 2026 is Easter Monday.
    assert clock_of(ticket).resolution_due_at == paris("2026-04-07 13:00")


def test_case_23_leaving_a_promise_clears_its_other_targets(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, 480)})
    ticket = desk.opened("2026-03-09 09:00")

    save_sla_policy(
        facts={"name": "Gold"}, targets={"1_urgent": (60, 480)}, policy_id=desk.policy.pk
    )

    clock = looked_at(ticket, "2026-03-09 09:30")
    assert (clock.response_due_at, clock.resolution_due_at) == (None, None)
    ticket.refresh_from_db()
    assert ticket.due_at is None


def test_case_24_reopened_after_two_hours_of_eight_six_remain(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    ticket = desk.opened("2026-03-09 09:00")
    desk.moved(ticket, "closed", "2026-03-09 11:00")
    assert verdicts_of(ticket)["resolution"][0] == "met"

    desk.moved(ticket, "in-progress", "2026-03-10 10:00")
    assert clock_of(ticket).resolution_due_at == paris("2026-03-10 16:00")
    assert set(verdicts_of(ticket)) == {"first"}
    desk.moved(ticket, "closed", "2026-03-10 17:00")

    assert verdicts_of(ticket) == {
        "first": ("met", paris("2026-03-09 11:00"), 2 * HOUR),
        "resolution": ("missed", paris("2026-03-10 16:00"), 9 * HOUR),
    }


def test_case_24_a_recorded_miss_stays_though_the_ticket_is_reopened(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 60), "4_low": (None, 960)})
    ticket = desk.opened("2026-03-09 09:00")
    looked_at(ticket, "2026-03-09 10:30")
    desk.moved(ticket, "closed", "2026-03-09 11:00")
    desk.moved(ticket, "in-progress", "2026-03-09 12:00")

    edit_ticket(
        ticket_id=ticket.pk, changes={"priority": "4_low"}, actor=technician,
        now=paris("2026-03-09 12:00"),
    )  # fmt: skip
    desk.moved(ticket, "closed", "2026-03-09 13:00")

    assert verdicts_of(ticket) == {
        "first": ("missed", paris("2026-03-09 10:00"), 2 * HOUR),
        "resolution": ("missed", paris("2026-03-09 10:00"), 3 * HOUR),
    }


def test_a_ticket_brought_from_elsewhere_begins_in_the_status_it_came_with(
    technician: User,
) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 480)})
    ticket = TicketFactory.create(client=desk.client, opened_at=paris("2026-03-06 10:00"))

    desk.moved(ticket, "waiting", "2026-03-06 12:00")

    assert clock_of(ticket).resolution_used == 2 * HOUR
    assert [row.is_paused for row in ClockStretch.objects.order_by("starts_at")] == [False, True]


def test_a_site_may_be_promised_hours_by_its_own_clock(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)}, zone_of="site")
    lisbon = SiteFactory.create(client=desk.client, time_zone="Europe/Lisbon")

    ticket = desk.opened("2026-03-09 09:00", site_id=lisbon.pk)

    # Nine in Lisbon is ten in Paris.
    assert clock_of(ticket).response_due_at == paris("2026-03-09 11:00")


def test_a_contract_goes_before_the_client_and_the_ticket_before_both(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    hours = desk.policy.calendar
    slow, quick, own = (
        make_policy(hours, {"3_normal": (minutes, None)}, name=name)
        for minutes, name in ((50, "Slow"), (20, "Quick"), (90, "Own"))
    )
    ContractFactory.create(client=desk.client, sla_policy=slow)
    contract = ContractFactory.create(client=desk.client, sla_policy=quick)
    ContractFactory.create(client=desk.client, sla_policy=own, last_day_on=date(2026, 3, 5))

    by_contract = clock_of(desk.opened("2026-03-09 09:00"))
    by_ticket = clock_of(desk.opened("2026-03-09 09:00", sla_policy_id=own.pk))

    assert (by_contract.policy, by_contract.source) == (quick, "contract")
    assert by_contract.contract == contract
    assert (by_ticket.policy, by_ticket.source) == (own, "ticket")


def test_the_board_promises_where_nobody_else_does(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    ClientSLA.objects.all().delete()
    desk.said(desk.opened("2026-03-09 09:00"), "2026-03-09 09:10", is_public=True)
    assert not SLAVerdict.objects.exists()

    board = ServiceBoard.objects.get()
    save_board(facts={"sla_policy": desk.policy}, now=paris("2026-03-09 09:20"), board_id=board.pk)
    ticket = desk.opened("2026-03-09 09:30")

    clock = clock_of(ticket)
    assert (clock.source, clock.response_due_at) == ("board", paris("2026-03-09 10:30"))
