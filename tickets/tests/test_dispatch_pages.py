"""The dispatch calendar on the screen: drawn, and dropped on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import LegalEntity
from tickets.models import Appointment, Ticket
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


def drop(browser: Browser, where: str = WEEK, **fields: Any) -> Any:
    return browser.post(where.replace("/dispatch/", "/dispatch/place/"), fields, headers=HTMX)


@pytest.mark.parametrize("where", [WEEK, DAY])
def test_the_calendar_draws_people_appointments_and_why_somebody_is_away(
    as_dispatcher: Browser, technician: User, where: str
) -> None:
    office()
    AppointmentFactory.create(technician=technician, ticket__subject="Swap the firewall")
    LeaveFactory.create(person=technician, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)

    shown = as_dispatcher.get(where).content.decode()

    assert str(technician) in shown
    assert "Swap the firewall" in shown
    assert "10:00–11:00" in shown
    assert "Holiday" in shown


def test_a_colleague_sees_that_somebody_is_away_but_not_why(
    as_technician: Browser, dispatcher: User
) -> None:
    leave = LeaveFactory.create(person=dispatcher, starts_at=TEN, ends_at=TEN + HOUR)

    shown = as_technician.get(WEEK).content.decode()

    assert "on leave" in shown
    assert "Holiday" not in shown
    assert as_technician.get(leave.get_absolute_url()).status_code == 404


def test_an_open_ticket_without_an_appointment_waits_at_the_side(as_dispatcher: Browser) -> None:
    TicketFactory.create(subject="Printer jams", client__name="Boulangerie Mercier")
    TicketFactory.create(subject="No mail")
    AppointmentFactory.create(ticket__subject="Planned already")
    AppointmentFactory.create(
        ticket__subject="Was yesterday", starts_at=TEN - 48 * HOUR, ends_at=TEN - 47 * HOUR
    )
    TicketFactory.create(subject="Long closed", closed=True)

    everything = as_dispatcher.get(WEEK).context["backlog"]
    found = as_dispatcher.get(f"{WEEK}&q=mercier+print").context["backlog"]

    assert {one.subject for one in everything} == {"Printer jams", "No mail", "Was yesterday"}
    assert [one.subject for one in found] == ["Printer jams"]


def test_the_calendar_says_whether_anything_it_shows_has_changed(
    as_dispatcher: Browser, technician: User
) -> None:
    row = AppointmentFactory.create(technician=technician)
    url = DAY.replace("/dispatch/", "/dispatch/news/")

    def heard(since: str) -> int:
        return as_dispatcher.get(f"{url}&since={since}").status_code

    states = [as_dispatcher.get(DAY).context["state"]]
    assert heard(states[0]) == 204
    Appointment.objects.filter(pk=row.pk).update(revision=1)
    states.append(as_dispatcher.get(DAY).context["state"])
    LeaveFactory.create(person=technician, starts_at=TEN, ends_at=TEN + HOUR)
    states.append(as_dispatcher.get(DAY).context["state"])
    TicketFactory.create()

    assert [heard(one) for one in states] == [200, 200, 200]
    AppointmentFactory.create(starts_at=TEN + 48 * HOUR, ends_at=TEN + 49 * HOUR)
    assert heard(as_dispatcher.get(DAY).context["state"]) == 204


def test_a_ticket_dropped_on_a_day_takes_the_first_room_in_the_working_hours(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    office()
    AppointmentFactory.create(
        technician=technician, starts_at=TEN - HOUR, ends_at=TEN + HOUR
    )  # 09:00 to 11:00

    answer = drop(as_dispatcher, ticket=ticket.pk, technician=technician.pk, day="2026-03-31")

    made = ticket.appointments.get()
    assert answer.status_code == 200
    assert (made.starts_at, made.ends_at) == (TEN + HOUR, TEN + 2 * HOUR)
    assert "11:00–12:00" in answer.content.decode()


def test_a_ticket_dropped_on_a_slot_of_the_day_is_booked_there(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    start = "2026-03-31T12:15:00.000Z"

    drop(as_dispatcher, DAY, ticket=ticket.pk, technician=technician.pk, start=start, minutes=60)

    made = ticket.appointments.get()
    assert (made.starts_at, made.minutes) == (datetime(2026, 3, 31, 12, 15, tzinfo=UTC), 60)


def test_an_appointment_dropped_on_another_day_keeps_its_time_over_summer_time(
    as_dispatcher: Browser, technician: User
) -> None:
    # Friday 27 March, 10:00 in Paris, is 09:00 UTC; on Monday the 30th 10:00 is 08:00 UTC.
    friday = datetime(2026, 3, 27, 9, tzinfo=UTC)
    row = AppointmentFactory.create(
        technician=technician, starts_at=friday, ends_at=friday + HOUR, note="Ring twice"
    )

    drop(as_dispatcher, appointment=row.pk, seen=0, technician=technician.pk, day="2026-03-30")

    row.refresh_from_db()
    assert row.starts_at == datetime(2026, 3, 30, 8, tzinfo=UTC)
    assert (row.minutes, row.note, row.revision) == (60, "Ring twice", 1)


def test_a_drop_in_conflict_asks_first_and_is_booked_when_that_is_accepted(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    other = AppointmentFactory.create(technician=technician)
    dropped = {"ticket": ticket.pk, "technician": technician.pk, "start": TEN.isoformat()}

    asked = drop(as_dispatcher, DAY, **dropped)

    shown = asked.content.decode()
    assert asked.status_code == 422
    assert f"{other.ticket.number} is booked from 10:00 to 11:00." in shown
    assert not ticket.appointments.exists()
    again = {**dict(asked.context["dropped"]), "accepted": asked.context["accepts"]}
    assert drop(as_dispatcher, DAY, **again).status_code == 200
    assert ticket.appointments.get().starts_at == TEN


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"ticket": "x", "technician": "1", "day": "2026-03-31"},
        {"ticket": 999_999, "day": "2026-03-31"},
        {"day": "never"},
    ],
)
def test_a_drop_that_means_nothing_books_nothing(
    as_dispatcher: Browser, nonsense: dict[str, Any]
) -> None:
    assert drop(as_dispatcher, **nonsense).status_code == 400
    assert not Appointment.objects.exists()


def test_today_stands_on_my_work_and_what_comes_on_the_ticket_and_in_the_portal(
    as_technician: Browser, technician: User, as_client_contact: Browser, client_contact: User
) -> None:
    row = AppointmentFactory.create(
        technician=technician,
        ticket__client=client_contact.contact.client,
        starts_at=TEN - 24 * HOUR,
        ends_at=TEN - 23 * HOUR,
        note="Beware of the dog",
    )
    ticket = row.ticket

    mine = as_technician.get(reverse("tickets:my-work")).content.decode()
    page = as_technician.get(ticket.get_absolute_url()).content.decode()
    portal = as_client_contact.get(reverse("portal:ticket", args=[ticket.pk])).content.decode()

    assert "10:00–11:00" in mine
    assert "30 Mar 2026, 10:00–11:00" in page
    assert "Beware of the dog" in page
    assert "30 Mar 2026, 10:00" in portal
    assert str(technician) in portal
    assert "Beware of the dog" not in portal


@pytest.mark.parametrize("where", [WEEK, DAY])
def test_the_calendar_costs_the_same_however_much_is_booked(
    as_dispatcher: Browser, where: str
) -> None:
    office()
    AppointmentFactory.create()
    LeaveFactory.create()
    TicketFactory.create()
    as_dispatcher.get(where)
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_dispatcher.get(where)
    for _ in range(4):
        person = UserFactory.create(role="technician")
        AppointmentFactory.create_batch(3, technician=person)
        LeaveFactory.create(person=person, starts_at=TEN, ends_at=TEN + HOUR)
        TicketFactory.create(assignee=person)

    with CaptureQueriesContext(connection) as many:
        as_dispatcher.get(where)

    assert len(many) == len(few)
