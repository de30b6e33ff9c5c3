"""Appointments, leave and the feed, for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from tickets.models import Appointment, Leave, Ticket
from tickets.tests.factories import AppointmentFactory, LeaveFactory

APPOINTMENTS, LEAVE, FEEDS = "/api/v1/appointments/", "/api/v1/leave/", "/api/v1/calendar-feeds/"
TEN = datetime(2026, 3, 31, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def sent(ticket: Ticket, technician: User, **fields: Any) -> dict[str, Any]:
    return {
        "ticket": ticket.pk,
        "technician": technician.pk,
        "starts_at": "2026-03-31T10:00:00+02:00",
        "ends_at": "2026-03-31T11:00:00+02:00",
        **fields,
    }


def patch(browser: Browser, url: str, **fields: Any) -> Any:
    return browser.patch(url, fields, content_type="application/json")


def post(browser: Browser, url: str, **fields: Any) -> Any:
    return browser.post(url, fields, content_type="application/json")


def test_a_program_books_moves_and_cancels(
    as_dispatcher: Browser, dispatcher: User, technician: User, ticket: Ticket
) -> None:
    booked = post(as_dispatcher, APPOINTMENTS, **sent(ticket, technician, note="Cellar"))
    url = f"{APPOINTMENTS}{booked.json()['id']}/"
    moved = patch(as_dispatcher, url, ends_at="2026-03-31T12:00:00+02:00", seen=0)

    row = Appointment.objects.get()
    assert (booked.status_code, moved.status_code) == (201, 200)
    assert (row.starts_at, row.ends_at, row.note) == (TEN, TEN + 2 * HOUR, "Cellar")
    assert (row.booked_by, moved.json()["revision"]) == (dispatcher, 1)
    assert as_dispatcher.delete(url).status_code == 204
    row.refresh_from_db()
    assert row.is_cancelled


def test_a_conflict_is_named_and_accepted_by_name(
    as_dispatcher: Browser, technician: User, ticket: Ticket
) -> None:
    other = AppointmentFactory.create(technician=technician)

    refused = post(as_dispatcher, APPOINTMENTS, **sent(ticket, technician))

    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (409, "conflict")
    assert error["fields"] == {"accepted": [f"overlap:{other.pk}"]}
    assert f"{other.ticket.number} is booked" in error["message"]
    assert not ticket.appointments.exists()
    accepted = sent(ticket, technician, accepted=error["fields"]["accepted"])
    assert post(as_dispatcher, APPOINTMENTS, **accepted).status_code == 201


def test_what_changed_meanwhile_and_what_is_somebody_elses_is_refused(
    as_technician: Browser, technician: User, dispatcher: User, ticket: Ticket
) -> None:
    row = AppointmentFactory.create(technician=technician, revision=2)

    stale = patch(as_technician, f"{APPOINTMENTS}{row.pk}/", note="x", seen=1)
    others = post(as_technician, APPOINTMENTS, **sent(ticket, dispatcher))

    assert (stale.status_code, others.status_code) == (409, 409)
    assert others.json()["error"]["fields"]["technician"]
    assert Appointment.objects.get() == row


def test_leave_is_ones_own_and_everybodys_to_a_dispatcher(
    as_technician: Browser, as_dispatcher: Browser, technician: User, dispatcher: User
) -> None:
    LeaveFactory.create(person=dispatcher)
    own = {
        "person": technician.pk,
        "starts_at": "2026-03-31T00:00:00+02:00",
        "ends_at": "2026-04-01T00:00:00+02:00",
        "reason": "Dentist",
    }

    entered = post(as_technician, LEAVE, **own)
    url = f"{LEAVE}{entered.json()['id']}/"
    changed = patch(as_technician, url, reason="Course")

    assert (entered.status_code, changed.json()["reason"]) == (201, "Course")
    assert [one["reason"] for one in as_technician.get(LEAVE).json()["results"]] == ["Course"]
    assert as_dispatcher.get(LEAVE).json()["count"] == 2
    assert post(as_technician, LEAVE, **{**own, "person": dispatcher.pk}).status_code == 409
    assert as_technician.delete(url).status_code == 204
    assert Leave.objects.get().person == dispatcher


@pytest.mark.usefixtures("firm")
def test_a_feed_is_made_told_once_and_closed(as_technician: Browser) -> None:
    made = as_technician.post(FEEDS)
    address = made.json()["address"]
    path = "/" + address.partition("//")[2].partition("/")[2]

    [listed] = as_technician.get(FEEDS).json()["results"]
    assert made.status_code == 201
    assert "address" not in listed
    assert Browser().get(path).status_code == 200
    assert as_technician.delete(f"{FEEDS}{listed['id']}/").status_code == 204
    assert Browser().get(path).status_code == 404
