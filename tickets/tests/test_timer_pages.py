"""Timers on the screen: the control of every page, the form that logs, nothing lost."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalog.models import WorkType
from catalog.tests.factories import WorkTypeFactory
from tickets.models import Ticket, TimeEntry, Timer
from tickets.tests.factories import TicketFactory, TimeEntryFactory, TimerFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def remote(db: None) -> WorkType:
    """Remote work."""
    made: WorkType = WorkTypeFactory.create()
    return made


def at(name: str, timer: Timer) -> str:
    return reverse(f"time:{name}", args=[timer.pk])


def test_every_page_of_the_desk_starts_a_timer_and_a_ticket_its_own(
    as_technician: Browser, ticket: Ticket
) -> None:
    anywhere = as_technician.get(reverse("clients:clients")).content.decode()
    on_ticket = as_technician.get(ticket.get_absolute_url()).content.decode()

    assert 'name="ticket" value=""' in anywhere
    assert f'name="ticket" value="{ticket.pk}"' in on_ticket
    assert 'data-shortcut="s"' in anywhere


def test_an_accountant_who_logs_no_time_has_no_timer(as_accountant: Browser, firm: object) -> None:
    assert "timer-control" not in as_accountant.get(reverse("clients:clients")).content.decode()


def test_start_park_go_on_stop_and_log_without_javascript(
    as_technician: Browser, technician: User, ticket: Ticket, remote: WorkType
) -> None:
    here = ticket.get_absolute_url()
    pressed = as_technician.post(reverse("time:timer-start"), {"ticket": ticket.pk, "next": here})
    timer = Timer.objects.get()
    Timer.objects.update(running_since=timezone.now() - timedelta(minutes=30))
    parked = as_technician.post(at("timer-park", timer), {"next": here})
    resumed = as_technician.post(at("timer-resume", timer), {"next": "https://evil.example/"})
    stopped = as_technician.post(at("timer-stop", timer))
    page = as_technician.get(at("timer-log", timer))
    timer.refresh_from_db()
    logged = as_technician.post(
        at("timer-log", timer),
        {
            "ticket": ticket.number,
            "work_type": remote.pk,
            "note": "Mended",
            "is_billable": "on",
            "seconds_seen": timer.seconds(timezone.now()),
        },
    )

    moves = [one["Location"] for one in (pressed, parked, resumed, stopped, logged)]
    assert moves == [here, here, reverse("time:timers"), at("timer-log", timer), here]
    assert b"30 min" in page.content
    entry = TimeEntry.objects.get()
    assert (entry.minutes, entry.ticket, entry.technician) == (30, ticket, technician)
    assert entry.note == "Mended"


def test_a_press_with_htmx_draws_the_control_anew(as_technician: Browser, ticket: Ticket) -> None:
    answer = as_technician.post(reverse("time:timer-start"), {"ticket": ticket.pk}, headers=HTMX)

    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith('<div id="timer-control"')
    assert ticket.number in answer.content.decode()


def test_a_press_that_is_refused_says_why(as_technician: Browser, firm: object) -> None:
    closed = TicketFactory.create(closed=True)

    quick = as_technician.post(reverse("time:timer-start"), {"ticket": closed.pk}, headers=HTMX)
    plain = as_technician.post(reverse("time:timer-start"), {"ticket": closed.pk}, follow=True)

    assert quick.status_code == 422
    assert "This ticket is closed." in quick.content.decode()
    assert "This ticket is closed." in plain.content.decode()
    assert not Timer.objects.exists()


def test_a_form_that_is_refused_keeps_the_timer_and_every_word(
    as_technician: Browser, technician: User, firm: object, remote: WorkType
) -> None:
    timer = TimerFactory.create(person=technician, ticket=TicketFactory.create(closed=True))

    answer = as_technician.post(
        at("timer-log", timer),
        {
            "ticket": timer.ticket.number,
            "work_type": remote.pk,
            "note": "Replaced the disk",
            "is_billable": "on",
            "seconds_seen": "1800",
        },
    )

    timer.refresh_from_db()
    assert answer.status_code == 422
    assert "This ticket is closed. Reopen it" in answer.content.decode()
    assert "Replaced the disk</textarea>" in answer.content.decode()
    assert (timer.note, timer.seconds(timezone.now())) == ("Replaced the disk", 1800)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ticket": "T000"}, "There is no ticket with this number."),
        ({"ticket": ""}, "Say which ticket this was for."),
        ({"minutes": "a while"}, "Write it as 45, 1:30, 1h30 or 0.75h."),
        ({"seconds_seen": "60"}, "The timer went on meanwhile."),
        ({"is_billable": ""}, "Say why this will not be billed."),
    ],
)
def test_what_is_wrong_is_told(
    as_technician: Browser,
    technician: User,
    ticket: Ticket,
    remote: WorkType,
    wrong: dict[str, str],
    told: str,
) -> None:
    timer = TimerFactory.create(person=technician, ticket=ticket)
    right = {
        "ticket": ticket.number,
        "work_type": str(remote.pk),
        "is_billable": "on",
        "seconds_seen": "1800",
    }

    answer = as_technician.post(at("timer-log", timer), right | wrong)

    assert (answer.status_code, TimeEntry.objects.count()) == (422, 0)
    assert told in answer.content.decode()


def test_a_timer_that_runs_is_not_logged_yet(as_technician: Browser, technician: User) -> None:
    timer = TimerFactory.create(person=technician, running=True)

    answer = as_technician.get(at("timer-log", timer))

    assert answer["Location"] == reverse("time:timers")


def test_somebody_elses_timer_is_not_there(as_dispatcher: Browser, technician: User) -> None:
    timer = TimerFactory.create(person=technician)

    assert as_dispatcher.get(at("timer-log", timer)).status_code == 404


def test_correcting_the_words_of_a_measured_entry_leaves_its_seconds(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    """09:00:20 to 09:37:50 are 37 min 30 s: 38 minutes, though the form shows 09:00 and 09:37."""
    began = TimerFactory.build().begun_at + timedelta(seconds=20)
    entry = TimeEntryFactory.create(
        ticket=ticket,
        technician=technician,
        minutes=38,
        started_at=began,
        ended_at=began + timedelta(minutes=37, seconds=30),
    )

    answer = as_technician.post(
        reverse("tickets:time-edit", args=[entry.pk]),
        {
            "time-worked_on": "2026-03-10",
            "time-begins": "09:00",
            "time-ends": "09:37",
            "time-work_type": entry.work_type_id,
            "time-is_billable": "on",
            "time-note": "Spelt well",
            "time-contract_choice": "automatic",
        },
    )

    entry.refresh_from_db()
    assert answer.status_code == 302
    assert (entry.minutes, entry.started_at, entry.note) == (38, began, "Spelt well")


def test_a_break_can_be_typed(as_technician: Browser, ticket: Ticket) -> None:
    entry = TimeEntryFactory.create(ticket=ticket)

    as_technician.post(
        reverse("tickets:time-edit", args=[entry.pk]),
        {
            "time-worked_on": "2026-03-10",
            "time-begins": "09:00",
            "time-ends": "17:00",
            "time-breaks": "12:00-13:00",
            "time-work_type": entry.work_type_id,
            "time-is_billable": "on",
            "time-contract_choice": "automatic",
        },
    )

    entry.refresh_from_db()
    assert entry.minutes == 420
