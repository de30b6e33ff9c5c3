"""The calendar feed: what a program reads at a secret address, and when it reads nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import SiteFactory
from tickets.models import Appointment, CalendarFeed
from tickets.operations.cancel_appointment import cancel_appointment
from tickets.operations.make_feed import make_feed
from tickets.tests.factories import AppointmentFactory, NoteFactory

NOW = datetime(2026, 3, 30, 7, tzinfo=UTC)
TEN = datetime(2026, 3, 31, 8, tzinfo=UTC)
AWKWARD = "Commas, semicolons; back\\slashes\nand “é” " + "so on " * 20


@pytest.fixture(autouse=True)
def now(firm: LegalEntity) -> Iterator[Any]:
    """It is Monday 30 March 2026, 09:00 in Paris."""
    with time_machine.travel(NOW, tick=False) as found:
        yield found


@pytest.fixture
def address(technician: User) -> str:
    """The technician's feed."""
    return reverse("dispatch:feed-file", args=[make_feed(actor=technician, now=NOW).token])


@pytest.fixture
def appointment(technician: User) -> Appointment:
    """One of the technician's, with words that need escaping and folding."""
    row: Appointment = AppointmentFactory.create(
        technician=technician, note=AWKWARD[:300], ticket__subject="Disk, full; again"
    )
    ticket = row.ticket
    ticket.site = SiteFactory.create(
        client=ticket.client, name="Shop", street="1, rue Pasteur", postcode="69007", city="Lyon"
    )
    ticket.save()
    return row


def read(address: str) -> list[Any]:
    return list(Calendar.from_ical(Browser().get(address).content).walk("VEVENT"))


def test_a_program_reads_the_appointments_as_the_standard_says(
    address: str, appointment: Appointment
) -> None:
    answer = Browser().get(address)

    calendar: Any = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert calendar["PRODID"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (TEN, TEN + timedelta(hours=1))
    assert event["UID"] == f"{appointment.uid}@fixpoint"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == appointment.changed_at
    ticket = appointment.ticket
    assert event["SUMMARY"] == f"{ticket.number} {ticket.client}: Disk, full; again"
    assert event["LOCATION"] == "Shop, 1, rue Pasteur, 69007 Lyon"
    assert str(event["DESCRIPTION"]).startswith(AWKWARD[:300])


def test_lines_are_folded_at_75_bytes_end_as_they_must_and_are_escaped(
    address: str, appointment: Appointment
) -> None:
    raw = Browser().get(address).content

    lines = raw.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert rb"Disk\, full\; again" in raw.replace(b"\r\n ", b"")


def test_what_was_moved_keeps_its_uid_and_counts_up_and_what_was_cancelled_says_so(
    address: str, appointment: Appointment, technician: User
) -> None:
    [before] = read(address)

    later = NOW + timedelta(minutes=5)
    cancel_appointment(appointment_id=appointment.pk, actor=technician, now=later)

    [after] = read(address)
    assert after["UID"] == before["UID"]
    assert (after["SEQUENCE"], after["STATUS"]) == (1, "CANCELLED")
    assert after["LAST-MODIFIED"].dt == later


def test_it_tells_ones_own_of_the_last_month_on_and_nothing_of_the_conversation(
    address: str, appointment: Appointment, technician: User
) -> None:
    AppointmentFactory.create(ticket__subject="A colleague's")
    long_ago = TEN - timedelta(days=40)
    AppointmentFactory.create(
        technician=technician, starts_at=long_ago, ends_at=long_ago + timedelta(hours=1)
    )
    NoteFactory.create(ticket=appointment.ticket, body="The password is hunter2")

    told = Browser().get(address).content

    assert [str(one["UID"]) for one in read(address)] == [f"{appointment.uid}@fixpoint"]
    assert b"hunter2" not in told


def test_who_has_it_already_is_told_so(address: str, appointment: Appointment) -> None:
    etag = Browser().get(address)["ETag"]

    same = Browser().get(address, headers={"If-None-Match": etag})
    Appointment.objects.update(revision=1)
    other = Browser().get(address, headers={"If-None-Match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200


def test_only_a_hash_of_the_token_is_kept(technician: User) -> None:
    made = make_feed(actor=technician, now=NOW)

    kept = CalendarFeed.objects.get()
    assert kept.token_hash == sha256(made.token.encode()).hexdigest()
    assert len(made.token) >= 43  # 256 bits


def test_a_new_address_closes_the_old_one_and_revoking_closes_both(
    as_technician: Browser, address: str
) -> None:
    shown = as_technician.post(reverse("dispatch:feed-make"))
    new = shown.context["address"].partition("//")[2].partition("/")[2]

    assert Browser().get(address).status_code == 404
    assert Browser().get(f"/{new}").status_code == 200
    assert new not in as_technician.get(reverse("dispatch:feed")).content.decode()
    as_technician.post(reverse("dispatch:feed-revoke"))
    assert Browser().get(f"/{new}").status_code == 404


def test_the_address_of_somebody_who_left_or_lost_the_role_answers_nobody(
    address: str, technician: User
) -> None:
    technician.groups.clear()
    without_role = Browser().get(address).status_code
    User.objects.filter(pk=technician.pk).update(is_active=False, is_superuser=True)

    assert (without_role, Browser().get(address).status_code) == (404, 404)


def test_a_feed_costs_the_same_however_much_is_booked(
    address: str, appointment: Appointment, technician: User
) -> None:
    Browser().get(address)
    with CaptureQueriesContext(connection) as few:
        Browser().get(address)
    AppointmentFactory.create_batch(6, technician=technician)

    with CaptureQueriesContext(connection) as many:
        Browser().get(address)

    assert len(many) == len(few)
    assert len(read(address)) == 7
