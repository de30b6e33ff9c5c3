"""What a ticket's page asks the database, and that little of it depends on the ticket."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tickets.domain.seen import Seen
from tickets.models import Ticket, TicketMerge, TicketStatus, TimeEntry
from tickets.operations.merge_tickets import merge_tickets
from tickets.queries.glance import glance_at
from tickets.queries.merged import merges_around
from tickets.queries.news import seen_now
from tickets.tests.conftest import NOW
from tickets.tests.factories import (
    NoteFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

pytestmark = pytest.mark.django_db
MOST = 13


def asked(browser: Browser, ticket: Ticket) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(ticket.get_absolute_url())
    assert answer.status_code == 200
    return [one["sql"] for one in captured]


@pytest.mark.parametrize("notes", [3, 30])
def test_the_page_asks_no_more_than_that_however_many_notes(
    notes: int, ticket: Ticket, technician: User, as_technician: Browser
) -> None:
    NoteFactory.create_batch(notes, ticket=ticket, author=technician)
    asked(as_technician, ticket)  # the first visit is kept as read

    found = asked(as_technician, ticket)

    assert len(found) == MOST


def test_what_is_on_the_ticket_costs_a_query_for_each_kind(
    ticket: Ticket, technician: User, as_technician: Browser
) -> None:
    TimeEntryFactory.create_batch(2, ticket=ticket, technician=technician)
    PartUsedFactory.create_batch(2, ticket=ticket)
    ticket.checklist.create(text="Back it up", position=1)
    asked(as_technician, ticket)  # the first visit is kept as read

    found = asked(as_technician, ticket)

    assert len(found) == MOST + 3


def test_a_page_that_was_read_before_writes_nothing(ticket: Ticket, as_technician: Browser) -> None:
    first, second = asked(as_technician, ticket), asked(as_technician, ticket)

    assert [any('INTO "tickets_readmark' in sql for sql in one) for one in (first, second)] == [
        True,
        False,
    ]


def test_a_glance_sees_what_stands_on_what_was_merged_too(ticket: Ticket, technician: User) -> None:
    twin = TicketFactory.create(client=ticket.client)
    TimeEntryFactory.create(ticket=twin, technician=technician)
    assert glance_at(ticket, technician).kinds == frozenset()

    merge_tickets(ticket_id=twin.pk, number=ticket.number, actor=technician, now=NOW)

    assert glance_at(ticket, technician).kinds >= {TicketMerge, TimeEntry}


def test_the_lists_of_boards_and_work_types_are_read_once(
    ticket: Ticket, as_technician: Browser
) -> None:
    found = asked(as_technician, ticket)

    for table in ("tickets_serviceboard", "catalog_worktype", "tickets_ticketstatus"):
        assert sum(sql.count(f'FROM "{table}"') for sql in found) == 1


def test_what_was_seen_is_the_last_note_and_the_last_step_of_this_ticket(ticket: Ticket) -> None:
    assert seen_now(ticket) == Seen(0, 0)
    first, last = NoteFactory.create_batch(2, ticket=ticket)
    step = ticket.status_changes.create(
        to_status=TicketStatus.objects.get(code="new"), changed_at=NOW
    )
    NoteFactory.create()

    assert first.pk < last.pk
    assert seen_now(ticket) == Seen(last.pk, step.pk)


def test_merges_are_told_apart_by_their_direction(ticket: Ticket, technician: User) -> None:
    twin, other = TicketFactory.create_batch(2, client=ticket.client)
    made = merge_tickets(ticket_id=twin.pk, number=ticket.number, actor=technician, now=NOW)

    assert merges_around(ticket) == (None, [made])
    assert merges_around(twin) == (made, [])
    assert merges_around(other) == (None, [])
