"""What is typed on a ticket survives, and is sent once."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from catalog.tests.factories import WorkTypeFactory
from tests.plugins.cast import SignIn
from tickets.domain.work import Response, TimeWorked
from tickets.models import Draft, Ticket
from tickets.operations.keep_draft import keep_draft
from tickets.operations.respond import respond
from tickets.refusals import AlreadySent, DraftTooLong
from tickets.tests.conftest import NOW


def page(ticket: Ticket, name: str = "ticket") -> str:
    return reverse(f"tickets:{name}", args=[ticket.pk])


def test_what_was_typed_is_there_again_on_another_device(
    technician: User, sign_in: SignIn, ticket: Ticket
) -> None:
    work_type = WorkTypeFactory.create()
    sign_in(technician).post(
        page(ticket, "ticket-draft"),
        {
            "note-body": "Half an answer",
            "note-is_public": "no",
            "note-sheet": "a1",
            "time-minutes": "25",
            "time-work_type": work_type.pk,
            "part2-description": "Cable",
        },
    )

    composer = sign_in(technician).get(page(ticket)).context["composer"]

    assert composer.note["body"].value() == "Half an answer"
    assert composer.note["is_public"].value() == "no"
    assert composer.time["minutes"].value() == "25"
    assert composer.time["is_billable"].value() is False
    assert [part["description"].value() for part in composer.shown_parts] == [None, "Cable"]


def test_nobody_else_sees_it(technician: User, as_dispatcher: Browser, ticket: Ticket) -> None:
    fields = {"note-body": "Half an answer"}
    keep_draft(ticket_id=ticket.pk, sheet="a1", fields=fields, actor=technician, now=NOW)

    shown = as_dispatcher.get(page(ticket)).content.decode()

    assert "Half an answer" not in shown


def test_it_is_gone_once_it_is_sent_and_a_late_save_brings_nothing_back(
    ticket: Ticket, technician: User
) -> None:
    fields = {"note-body": "An answer"}
    keep_draft(ticket_id=ticket.pk, sheet="a1", fields=fields, actor=technician, now=NOW)
    respond(
        ticket_id=ticket.pk,
        response=Response(body="An answer"),
        actor=technician,
        now=NOW,
        sheet="a1",
    )

    is_kept = keep_draft(ticket_id=ticket.pk, sheet="a1", fields=fields, actor=technician, now=NOW)

    assert (is_kept, Draft.objects.get().fields) == (False, {})


def test_the_same_sheet_is_never_saved_twice(ticket: Ticket, technician: User) -> None:
    time = TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=30)
    sent = Response(body="Done.", time=time)
    respond(ticket_id=ticket.pk, response=sent, actor=technician, now=NOW, sheet="a1")

    with pytest.raises(AlreadySent):
        respond(ticket_id=ticket.pk, response=sent, actor=technician, now=NOW, sheet="a1")

    assert (ticket.notes.count(), ticket.time_entries.count()) == (1, 1)


def test_a_second_click_shows_the_ticket_as_saved(as_technician: Browser, ticket: Ticket) -> None:
    sent = {"note-body": "Done.", "note-is_public": "yes", "note-sheet": "a1"}
    as_technician.post(page(ticket, "ticket-respond"), sent)

    again = as_technician.post(page(ticket, "ticket-respond"), sent, follow=True)

    assert "nothing was saved twice" in again.content.decode()
    assert ticket.notes.count() == 1


def test_a_refused_sheet_keeps_its_draft(as_technician: Browser, ticket: Ticket) -> None:
    typed = {"note-body": "An answer", "note-is_public": "yes", "note-sheet": "a1"}
    as_technician.post(page(ticket, "ticket-draft"), typed)

    refused = as_technician.post(
        page(ticket, "ticket-respond"), {**typed, "time-minutes": "a while"}
    )

    assert refused.status_code == 422
    assert Draft.objects.get().fields["note-body"] == "An answer"


def test_it_can_be_thrown_away(as_technician: Browser, technician: User, ticket: Ticket) -> None:
    fields = {"note-body": "An answer"}
    keep_draft(ticket_id=ticket.pk, sheet="a1", fields=fields, actor=technician, now=NOW)

    as_technician.post(page(ticket, "ticket-draft"), {"throw-away": "", **fields})

    assert as_technician.get(page(ticket)).context["composer"].note["body"].value() is None


def test_nothing_typed_is_no_draft_and_too_much_is_refused(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    as_technician.post(page(ticket, "ticket-draft"), {"note-body": " ", "note-is_public": "no"})

    with pytest.raises(DraftTooLong):
        keep_draft(
            ticket_id=ticket.pk,
            sheet="a1",
            fields={"note-body": "x" * 200_001},
            actor=technician,
            now=NOW,
        )
    assert Draft.objects.get().fields == {}


def test_drafts_are_ones_own(ticket: Ticket, technician: User) -> None:
    colleague = UserFactory.create(role="technician")
    fields = {"note-body": "Mine"}
    keep_draft(ticket_id=ticket.pk, sheet="a1", fields=fields, actor=technician, now=NOW)

    assert not Draft.objects.visible_to(colleague).exists()
    assert Draft.objects.visible_to(technician).count() == 1
