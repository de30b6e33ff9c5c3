"""A ticket goes on in another one: nothing is lost, nothing is billed twice, all can be undone."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tickets.domain.work import Response
from tickets.models import Note, Ticket, TicketMerge, TicketStatus, TimeEntry
from tickets.operations.change_status import change_status
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.respond import respond
from tickets.operations.undo_merge import undo_merge
from tickets.operations.write_note import write_note
from tickets.queries.conversation import conversation
from tickets.queries.merged import merges_into
from tickets.refusals import MergedAway, MergeImpossible
from tickets.tests.clocks import Desk, clock_of, paris, verdicts_of
from tickets.tests.conftest import NOW
from tickets.tests.factories import (
    NoteFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def twin(ticket: Ticket) -> Ticket:
    """Another ticket of the same client, with an answer, time and a part on it."""
    made: Ticket = TicketFactory.create(
        client=ticket.client,
        subject="Laptop is dead",
        status=TicketStatus.objects.get(code="waiting"),
    )
    NoteFactory.create(ticket=made, body="Which laptop?")
    TimeEntryFactory.create(ticket=made, minutes=25)
    PartUsedFactory.create(ticket=made)
    return made


def merge(ticket: Ticket, into: Ticket, actor: User) -> TicketMerge:
    return merge_tickets(ticket_id=ticket.pk, number=into.number, actor=actor, now=NOW)


def kinds(ticket: Ticket, user: User) -> list[str]:
    return sorted(one.kind for one in conversation(ticket, user, PARIS, merges_into(ticket)))


def test_everything_is_seen_in_the_other_ticket_and_stays_where_it_was(
    ticket: Ticket, twin: Ticket, technician: User
) -> None:
    merge(twin, ticket, technician)

    twin.refresh_from_db()
    assert kinds(ticket, technician) == ["merge", "part", "reply", "step", "time"]
    assert (twin.status.code, twin.closed_at) == ("closed", NOW)
    assert TimeEntry.objects.get().ticket == twin
    assert Note.objects.get().ticket == twin


def test_undoing_takes_them_apart_with_the_status_of_before(
    ticket: Ticket, twin: Ticket, technician: User
) -> None:
    made = merge(twin, ticket, technician)

    undo_merge(merge_id=made.pk, actor=technician, now=NOW)
    undo_merge(merge_id=made.pk, actor=technician, now=NOW)

    twin.refresh_from_db()
    assert (twin.status.code, twin.closed_at) == ("waiting", None)
    assert kinds(ticket, technician) == []
    assert [step.to_status.code for step in twin.status_changes.all()] == ["closed", "waiting"]


def test_undoing_takes_back_that_the_merge_answered_and_solved(technician: User) -> None:
    """Half an hour of each promise was used; from 10:30 on the rest of it runs."""
    desk = Desk.with_promise(technician, {"3_normal": (60, 480)})
    ticket, other = (desk.opened("2026-03-09 09:00") for _ in range(2))
    made = merge_tickets(
        ticket_id=ticket.pk, number=other.number, actor=technician, now=paris("2026-03-09 09:30")
    )
    assert {kind: met for kind, (met, *_) in verdicts_of(ticket).items()} == {
        "response": "met", "first": "met", "resolution": "met",
    }  # fmt: skip

    undo_merge(merge_id=made.pk, actor=technician, now=paris("2026-03-09 10:30"))

    clock = clock_of(ticket)
    assert verdicts_of(ticket) == {}
    assert clock.response_due_at == paris("2026-03-09 11:00")
    assert clock.resolution_due_at == paris("2026-03-10 10:00")


def test_they_can_be_merged_again_after_that(
    ticket: Ticket, twin: Ticket, technician: User
) -> None:
    undo_merge(merge_id=merge(twin, ticket, technician).pk, actor=technician, now=NOW)

    merge(ticket, twin, technician)

    assert [one.ticket for one in merges_into(twin)] == [ticket]


def test_a_merged_ticket_takes_no_work_but_its_client_is_heard(
    client_contact: User, technician: User, firm: object
) -> None:
    gone, into = TicketFactory.create_batch(2, client=client_contact.contact.client)
    merge(gone, into, technician)

    note = write_note(
        ticket_id=gone.pk, body="Any news?", is_public=True, actor=client_contact, now=NOW
    )

    assert note.ticket == into
    with pytest.raises(MergedAway, match=into.number):
        respond(ticket_id=gone.pk, response=Response(body="Yes"), actor=technician, now=NOW)
    with pytest.raises(MergedAway):
        change_status(ticket_id=gone.pk, status_id=into.status_id, actor=technician, now=NOW)


def test_what_cannot_be_merged_is_refused(ticket: Ticket, twin: Ticket, technician: User) -> None:
    strangers, third = TicketFactory.create(), TicketFactory.create(client=ticket.client)
    for into in (twin, strangers):
        with pytest.raises(MergeImpossible):
            merge(twin, into, technician)
    merge(twin, ticket, technician)

    for one, into in ((twin, third), (third, twin), (ticket, third)):
        with pytest.raises(MergeImpossible):
            merge(one, into, technician)
    assert TicketMerge.objects.count() == 1


def test_the_page_merges_shows_both_and_undoes(
    as_technician: Browser, ticket: Ticket, twin: Ticket
) -> None:
    url = reverse("tickets:ticket-merge", args=[twin.pk])
    wrong = as_technician.post(url, {"number": "T0"})
    merged = as_technician.post(url, {"number": ticket.number}, follow=True).content.decode()
    old = as_technician.get(twin.get_absolute_url())

    as_technician.post(reverse("tickets:merge-undo", args=[TicketMerge.objects.get().pk]))

    twin.refresh_from_db()
    assert wrong.status_code == 422
    assert "Which laptop?" in merged
    assert "Laptop is dead" in merged
    assert ticket.subject in old.content.decode()
    assert old.context["composer"] is None
    assert twin.status.code == "waiting"


def test_ten_merged_tickets_cost_no_more_queries_than_one(
    as_technician: Browser, ticket: Ticket, twin: Ticket, technician: User
) -> None:
    merge(twin, ticket, technician)
    as_technician.get(ticket.get_absolute_url())
    few = _queries_of(as_technician, ticket)

    for _ in range(9):
        more = TicketFactory.create(client=ticket.client)
        TimeEntryFactory.create(ticket=more)
        merge(more, ticket, technician)

    assert _queries_of(as_technician, ticket) == few


def test_programs_merge_and_undo(as_technician: Browser, ticket: Ticket, twin: Ticket) -> None:
    made = as_technician.post(
        reverse("api:ticket-merge-list"), {"ticket": twin.pk, "into": ticket.pk}
    )
    url = reverse("api:ticket-merge-detail", args=[made.json()["id"]])

    gone = as_technician.delete(url)

    assert (made.status_code, gone.status_code) == (201, 204)
    assert as_technician.get(url).json()["undone_at"] is not None


def _queries_of(browser: Browser, ticket: Ticket) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(ticket.get_absolute_url()).status_code == 200
    return len(queries)
