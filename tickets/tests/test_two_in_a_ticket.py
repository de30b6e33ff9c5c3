"""Two people in one ticket: they see each other, and neither overwrites the other silently."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from catalog.tests.factories import WorkTypeFactory
from tickets.domain.seen import Seen
from tickets.domain.work import Response, TimeWorked
from tickets.models import Note, Ticket, TicketStatus
from tickets.operations.respond import respond
from tickets.operations.take_ticket import take_ticket
from tickets.operations.write_note import write_note
from tickets.queries.news import seen_now
from tickets.refusals import AnsweredMeanwhile, TakenMeanwhile
from tickets.tests.conftest import NOW

HTMX = {"HX-Request": "true"}


def page(ticket: Ticket, name: str = "ticket", *more: object) -> str:
    return reverse(f"tickets:{name}", args=[ticket.pk, *more])


def says(body: str) -> dict[str, str]:
    return {"note-body": body, "note-is_public": "yes"}


@pytest.fixture
def colleague(db: None) -> User:
    """Another technician."""
    made: User = UserFactory.create(role="technician", first_name="Ana", last_name="Roy")
    return made


def test_an_answer_given_meanwhile_is_shown_before_the_second_is_saved(
    as_technician: Browser, ticket: Ticket, colleague: User
) -> None:
    sheet = as_technician.get(page(ticket)).context["composer"]
    write_note(
        ticket_id=ticket.pk, body="Sent a new disk.", is_public=True, actor=colleague, now=NOW
    )

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {**says("Your disk is fine."), "note-seen": sheet.seen, "note-sheet": sheet.sheet},
        headers=HTMX,
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Your disk is fine." in shown
    assert "Sent a new disk." in shown
    assert [note.body for note in ticket.notes.all()] == ["Sent a new disk."]


def test_who_has_read_it_saves_all_the_same_and_both_texts_are_there(
    as_technician: Browser, ticket: Ticket, colleague: User
) -> None:
    sheet = as_technician.get(page(ticket)).context["composer"]
    write_note(ticket_id=ticket.pk, body="First", is_public=True, actor=colleague, now=NOW)
    sent = {**says("Second"), "note-seen": sheet.seen, "note-sheet": sheet.sheet}
    told = as_technician.post(page(ticket, "ticket-respond"), sent).context["composer"]

    as_technician.post(page(ticket, "ticket-respond"), {**sent, "note-seen": told.seen})

    assert {note.body for note in ticket.notes.all()} == {"First", "Second"}


def test_time_alone_contradicts_nobody_and_is_saved(
    ticket: Ticket, technician: User, colleague: User
) -> None:
    seen = seen_now(ticket)
    write_note(ticket_id=ticket.pk, body="First", is_public=True, actor=colleague, now=NOW)
    time = TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=20)

    respond(ticket_id=ticket.pk, response=Response(time=time), actor=technician, now=NOW, seen=seen)

    assert ticket.time_entries.get().minutes == 20


def test_a_status_chosen_on_an_old_page_moves_nothing(
    ticket: Ticket, technician: User, colleague: User
) -> None:
    waiting, closed = (TicketStatus.objects.get(code=code) for code in ("waiting", "closed"))
    moved = Response(status_id=waiting.pk)
    respond(ticket_id=ticket.pk, response=moved, actor=colleague, now=NOW)

    with pytest.raises(AnsweredMeanwhile):
        respond(
            ticket_id=ticket.pk,
            response=Response(status_id=closed.pk),
            actor=technician,
            now=NOW,
            seen=Seen(),
        )

    ticket.refresh_from_db()
    assert ticket.status == waiting


def test_ones_own_answer_is_no_news(ticket: Ticket, technician: User) -> None:
    seen = seen_now(ticket)
    write_note(ticket_id=ticket.pk, body="First", is_public=True, actor=technician, now=NOW)

    respond(
        ticket_id=ticket.pk, response=Response(body="Second"), actor=technician, now=NOW, seen=seen
    )

    assert ticket.notes.count() == 2


def test_the_second_to_take_a_ticket_is_told_who_has_it(
    ticket: Ticket, technician: User, colleague: User
) -> None:
    take_ticket(ticket_id=ticket.pk, actor=colleague, now=NOW)

    with pytest.raises(TakenMeanwhile, match="Ana Roy has this ticket now"):
        take_ticket(ticket_id=ticket.pk, actor=technician, now=NOW)

    ticket.refresh_from_db()
    assert ticket.assignee == colleague


def test_who_sees_the_colleague_can_take_it_over(
    ticket: Ticket, technician: User, colleague: User
) -> None:
    take_ticket(ticket_id=ticket.pk, actor=colleague, now=NOW)

    taken = take_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, from_id=colleague.pk)

    assert taken.assignee == technician


@pytest.mark.parametrize(
    ("name", "field", "value", "kept"),
    [
        (["ticket-set", "priority"], "priority", "4_low", "2_high"),
        (["ticket-set", "billing_mode"], "billing_mode", "free", "flat_rate"),
    ],
)
def test_a_property_changed_by_another_is_not_overwritten(
    as_technician: Browser, ticket: Ticket, name: list[str], field: str, value: str, kept: str
) -> None:
    before = getattr(ticket, field)
    Ticket.objects.filter(pk=ticket.pk).update(**{field: kept})

    answer = as_technician.post(page(ticket, *name), {field: value, "seen": before}, headers=HTMX)

    ticket.refresh_from_db()
    assert (answer.status_code, getattr(ticket, field)) == (422, kept)
    assert "changed meanwhile" in answer.content.decode()


def test_a_status_changed_by_another_is_not_overwritten(
    as_technician: Browser, ticket: Ticket
) -> None:
    seen = ticket.status_id
    waiting, closed = (TicketStatus.objects.get(code=code) for code in ("waiting", "closed"))
    Ticket.objects.filter(pk=ticket.pk).update(status=waiting)

    answer = as_technician.post(
        page(ticket, "ticket-status"), {"status": closed.pk, "seen": seen}, headers=HTMX
    )

    ticket.refresh_from_db()
    assert (answer.status_code, ticket.status) == (422, waiting)
    assert "Waiting for the client" in answer.content.decode()


def test_a_ticket_reworded_by_another_shows_both_texts(
    as_technician: Browser, ticket: Ticket
) -> None:
    form = as_technician.get(page(ticket, "ticket-edit"))
    Ticket.objects.filter(pk=ticket.pk).update(subject="Disk failure", description="Serial 77")
    mine: dict[str, Any] = {
        "client": form.context["form"]["client"].value(),
        "subject": "Laptop is slow",
        "description": "Since Monday",
        "wording": form.context["wording"],
    }

    told = as_technician.post(page(ticket, "ticket-edit"), mine)
    again = as_technician.post(
        page(ticket, "ticket-edit"), {**mine, "wording": told.context["wording"]}
    )

    shown = told.content.decode()
    assert all(text in shown for text in ("Serial 77", "Disk failure", "Since Monday"))
    ticket.refresh_from_db()
    assert (told.status_code, again.status_code, ticket.subject) == (422, 302, "Laptop is slow")


def test_colleagues_see_each_other_and_who_writes(
    as_technician: Browser, sign_in: Any, ticket: Ticket, colleague: User
) -> None:
    sign_in(colleague).get(page(ticket, "ticket-here"), {"writing": "yes"}, headers=HTMX)

    shown = as_technician.get(page(ticket)).content.decode()

    assert "Ana Roy is writing here" in shown


def test_what_a_colleague_does_appears_without_a_reload(
    as_technician: Browser, ticket: Ticket, colleague: User
) -> None:
    drawn = as_technician.get(page(ticket)).context["drawn"]
    Note.objects.create(
        ticket=ticket, author=colleague, body="Fresh", written_at=NOW + timedelta(minutes=1)
    )

    quiet = as_technician.get(page(ticket, "ticket-here"), {"drawn": str(seen_now(ticket))})
    told = as_technician.get(page(ticket, "ticket-here"), {"drawn": drawn}).content.decode()

    assert "Fresh" not in quiet.content.decode()
    assert "New from Ana Roy" in told
    assert "Fresh" in told


def test_a_ticket_opens_and_is_answered_while_the_cache_is_away(
    ticket: Ticket, as_technician: Browser, tmp_path: Path
) -> None:
    nowhere = f"unix://{tmp_path}/nobody.sock"
    backend = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}
    with override_settings(CACHES={"default": backend}):
        opened = as_technician.get(ticket.get_absolute_url())
        looked = as_technician.get(page(ticket, "ticket-here"), headers=HTMX)

    assert (opened.status_code, looked.status_code) == (200, 200)
