"""Appointments and leave by form: without a mouse, over summer time, on a stale page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import LegalEntity
from tickets.models import Appointment, Leave, Ticket
from tickets.tests.factories import AppointmentFactory, LeaveFactory, TicketFactory
from tickets.tests.office import office

TEN = datetime(2026, 3, 31, 8, tzinfo=UTC)  # 10:00 in Paris, a Tuesday
HOUR = timedelta(hours=1)
WEEK = "/dispatch/?view=week&day=2026-03-31"
DAY = "/dispatch/?view=day&day=2026-03-31"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def now(firm: LegalEntity) -> Iterator[Any]:
    """It is Monday 30 March 2026, 09:00 in Paris."""
    with time_machine.travel(datetime(2026, 3, 30, 7, tzinfo=UTC), tick=False) as found:
        yield found


def typed(about: Ticket | None, technician: User, **fields: Any) -> dict[str, Any]:
    return {
        **({"ticket": about.number} if about else {}),
        "technician": technician.pk,
        "day": "2026-03-31",
        "begins": "10:00",
        "length": "1h30",
        "note": "",
        **fields,
    }


def create() -> str:
    return reverse("dispatch:appointment-create")


def test_the_ticket_is_found_by_words_and_several_are_asked_about(
    as_dispatcher: Browser, technician: User
) -> None:
    jam, _mail, _closed = (
        TicketFactory.create(subject=subject, client__name="Garage Roux", **fields)
        for subject, fields in [
            ("Printer jams", {}), ("No mail", {}), ("Printer stolen", {"closed": True}),
        ]
    )  # fmt: skip
    options = as_dispatcher.get(reverse("tickets:ticket-options"), {"ticket": "print roux"}).text

    several = as_dispatcher.post(create(), typed(None, technician, ticket="garage"))
    nothing = as_dispatcher.post(create(), typed(None, technician, ticket="scanner"))
    as_dispatcher.post(create(), typed(None, technician, ticket="printer garage"))

    assert options == f'<option value="{jam.number} Printer jams · Garage Roux"></option>'
    assert (several.status_code, "Which one: " in several.text) == (422, True)
    assert "Nor is there an open one that holds these words." in nothing.text
    assert Appointment.objects.get().ticket == jam


def test_the_form_books_without_a_mouse(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    offered = as_dispatcher.get(f"{create()}?ticket={ticket.number}&day=2026-03-31")

    answer = as_dispatcher.post(create(), typed(ticket, technician, note="Cellar"))

    made = ticket.appointments.get()
    assert ticket.number in offered.content.decode()
    assert answer["Location"] == "/dispatch/?day=2026-03-31"
    assert (made.starts_at, made.minutes, made.note) == (TEN, 90, "Cellar")


def test_the_form_tells_what_is_in_the_way_and_keeps_what_was_typed(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    office()
    evening = typed(ticket, technician, begins="18:00", note="Cellar")

    told = as_dispatcher.post(create(), evening)

    assert told.status_code == 422
    assert "Outside working hours from 18:00 to 19:30." in told.content.decode()
    assert "Cellar" in told.content.decode()
    assert not ticket.appointments.exists()
    as_dispatcher.post(create(), {**evening, "accepted": told.context["accepts"]})
    assert ticket.appointments.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("ticket", "T-NONE", "There is no ticket with this number."),
        ("length", "soon", "Write it as 45, 1:30, 1h30 or 0.75h."),
        ("length", "26h", "An appointment lasts 24 hours at most; make several."),
        ("begins", "25:00", "Enter a valid time."),
    ],
)
def test_a_slip_of_the_pen_is_told_at_its_field(
    as_dispatcher: Browser, technician: User, ticket: Ticket, field: str, value: str, told: str
) -> None:
    answer = as_dispatcher.post(create(), typed(ticket, technician, **{field: value}))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_time_that_the_clocks_skip_is_refused_and_one_shown_twice_is_the_first(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    skipped = typed(ticket, technician, day="2026-03-29", begins="02:30")
    twice = typed(ticket, technician, day="2026-10-25", begins="02:30", length="2:00")

    refused = as_dispatcher.post(create(), skipped)
    as_dispatcher.post(create(), twice)

    made = ticket.appointments.get()
    assert "The clocks go forward that night" in refused.content.decode()
    # 02:30 in summer time is 00:30 UTC; two hours later the clock shows 03:30, not 04:30.
    assert made.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert made.ends_at == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def test_saving_a_note_does_not_move_an_appointment_of_the_second_half_past_two(
    as_dispatcher: Browser, technician: User
) -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    row = AppointmentFactory.create(technician=technician, starts_at=second, ends_at=second + HOUR)

    changed = typed(None, technician, day="2026-10-25", begins="02:30", length="1:00", note="x")
    as_dispatcher.post(row.get_absolute_url(), {**changed, "seen": 0})

    row.refresh_from_db()
    assert (row.starts_at, row.note) == (second, "x")


def test_the_form_of_a_stale_page_overwrites_nothing(
    as_dispatcher: Browser, technician: User
) -> None:
    row = AppointmentFactory.create(technician=technician, revision=3)

    answer = as_dispatcher.post(
        row.get_absolute_url(), {**typed(None, technician, begins="15:00"), "seen": 2}
    )

    row.refresh_from_db()
    assert answer.status_code == 422
    assert "Somebody else has changed this appointment meanwhile." in answer.content.decode()
    assert (row.starts_at, row.revision) == (TEN, 3)


def test_an_appointment_is_cancelled_and_leaves_the_calendar(
    as_technician: Browser, technician: User
) -> None:
    row = AppointmentFactory.create(technician=technician, ticket__subject="Swap the firewall")

    as_technician.post(reverse("dispatch:appointment-cancel", args=[row.pk]), {"seen": 0})

    row.refresh_from_db()
    assert row.is_cancelled
    assert f"appointment-{row.pk}" not in as_technician.get(WEEK).content.decode()


def test_leave_of_whole_days_ends_at_midnight_and_names_the_appointments_within(
    as_dispatcher: Browser, technician: User
) -> None:
    AppointmentFactory.create(technician=technician)
    sent = {
        "person": technician.pk,
        "first_on": "2026-03-28",
        "last_on": "2026-03-31",
        "reason": "Holiday",
    }

    answer = as_dispatcher.post(reverse("dispatch:leave-create"), sent, follow=True)

    found = Leave.objects.get()
    assert found.starts_at == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert found.ends_at == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert "1 appointment lies within this leave" in answer.content.decode()
    assert "28 Mar 2026" in answer.content.decode()


def test_leave_is_changed_and_removed(as_technician: Browser, technician: User) -> None:
    leave = LeaveFactory.create(person=technician)
    sent = {
        "person": technician.pk,
        "first_on": "2026-04-01",
        "last_on": "2026-04-01",
        "back_at": "12:00",
        "reason": "Dentist",
    }

    as_technician.post(leave.get_absolute_url(), sent)

    leave.refresh_from_db()
    assert (leave.ends_at, leave.reason) == (datetime(2026, 4, 1, 10, tzinfo=UTC), "Dentist")
    as_technician.post(reverse("dispatch:leave-remove", args=[leave.pk]))
    assert not Leave.objects.exists()
