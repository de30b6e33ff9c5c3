"""Notes, statuses, and the composer that saves all at once."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from catalog.tests.factories import ProductFactory, WorkTypeFactory
from tickets.domain.work import FlatRatePerformed, PartTaken, Response, TimeWorked
from tickets.models import Ticket, TicketStatus
from tickets.operations.change_status import change_status
from tickets.operations.respond import respond
from tickets.operations.write_note import write_note
from tickets.refusals import NothingToSave, PartIncomplete, TicketClosed
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory


def status(code: str) -> TicketStatus:
    return TicketStatus.objects.get(code=code)


def test_closing_and_reopening_set_and_clear_the_moment(ticket: Ticket, technician: User) -> None:
    closed = change_status(
        ticket_id=ticket.pk, status_id=status("closed").pk, actor=technician, now=NOW
    )
    closed_at = closed.closed_at

    reopened = change_status(
        ticket_id=ticket.pk, status_id=status("in-progress").pk, actor=technician, now=NOW
    )

    assert (closed_at, reopened.closed_at) == (NOW, None)
    steps = reopened.status_changes.values_list("from_status__code", "to_status__code")
    assert list(steps) == [("new", "closed"), ("closed", "in-progress")]


def test_the_same_status_again_is_no_step(ticket: Ticket, technician: User) -> None:
    change_status(ticket_id=ticket.pk, status_id=ticket.status_id, actor=technician, now=NOW)

    assert not ticket.status_changes.exists()


def test_a_note_can_be_kept_from_the_client(ticket: Ticket, technician: User) -> None:
    note = write_note(
        ticket_id=ticket.pk, body="Old disk\n", is_public=False, actor=technician, now=NOW
    )

    assert (note.body, note.is_public, note.author, note.written_at) == (
        "Old disk",
        False,
        technician,
        NOW,
    )


def test_what_a_client_writes_is_public_and_brings_the_ticket_back(client_contact: User) -> None:
    closed = TicketFactory.create(closed=True, client=client_contact.contact.client)

    note = write_note(
        ticket_id=closed.pk, body="Again!", is_public=False, actor=client_contact, now=NOW
    )

    closed.refresh_from_db()
    assert note.is_public
    assert (closed.status.code, closed.closed_at) == ("new", None)


def test_a_client_cannot_write_on_another_clients_ticket(
    ticket: Ticket, client_contact: User
) -> None:
    with pytest.raises(Ticket.DoesNotExist):
        write_note(ticket_id=ticket.pk, body="Hm", is_public=True, actor=client_contact, now=NOW)

    assert not ticket.notes.exists()


def test_one_submit_saves_reply_flat_rate_time_part_and_status(
    ticket: Ticket, technician: User
) -> None:
    response = Response(
        body="Virus removed.",
        flat_rate=FlatRatePerformed(product_id=ProductFactory.create(flat_rate=True).pk),
        time=TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=20, is_out_of_scope=True),
        part=PartTaken(description="Cable", unit_price=Decimal(5), used_on=date(2026, 3, 31)),
        status_id=status("closed").pk,
    )

    respond(ticket_id=ticket.pk, response=response, actor=technician, now=NOW)

    ticket.refresh_from_db()
    assert (ticket.notes.count(), ticket.time_entries.count(), ticket.parts_used.count()) == (
        1,
    ) * 3
    assert ticket.flat_rate_items.get().description == "Virus removal"
    assert (ticket.billing_mode, ticket.closed_at) == ("flat_rate", NOW)


def test_one_impossible_part_undoes_the_whole_submit(ticket: Ticket, technician: User) -> None:
    response = Response(
        body="Done.",
        time=TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=20),
        part=PartTaken(used_on=date(2026, 3, 31)),
        status_id=status("closed").pk,
    )

    with pytest.raises(PartIncomplete):
        respond(ticket_id=ticket.pk, response=response, actor=technician, now=NOW)

    ticket.refresh_from_db()
    assert (ticket.notes.count(), ticket.time_entries.count(), ticket.closed_at) == (0, 0, None)


def test_a_closed_ticket_is_reopened_before_time_is_added(firm: object, technician: User) -> None:
    closed = TicketFactory.create(closed=True)
    response = Response(
        time=TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=20),
        status_id=status("in-progress").pk,
    )

    respond(ticket_id=closed.pk, response=response, actor=technician, now=NOW)

    closed.refresh_from_db()
    assert (closed.closed_at, closed.time_entries.count()) == (None, 1)


def test_a_closed_ticket_that_stays_closed_takes_a_note_but_no_time(
    firm: object, technician: User
) -> None:
    closed = TicketFactory.create(closed=True)
    time = TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=20)

    respond(ticket_id=closed.pk, response=Response(body="Thanks."), actor=technician, now=NOW)

    with pytest.raises(TicketClosed):
        respond(
            ticket_id=closed.pk,
            response=Response(time=time, status_id=closed.status_id),
            actor=technician,
            now=NOW,
        )
    assert (closed.notes.count(), closed.time_entries.count()) == (1, 0)


def test_an_empty_submit_is_refused(ticket: Ticket, technician: User) -> None:
    response = Response(body=" ", status_id=ticket.status_id)

    with pytest.raises(NothingToSave):
        respond(ticket_id=ticket.pk, response=response, actor=technician, now=NOW)
