"""What happened on a ticket, in its order, and who sees what of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from tickets.models import Ticket, TicketStatus
from tickets.queries.conversation import conversation, public_conversation
from tickets.tests.factories import NoteFactory, PartUsedFactory, TicketFactory, TimeEntryFactory

PARIS = ZoneInfo("Europe/Paris")
OPENED = datetime(2026, 3, 10, 14, tzinfo=UTC)


def step(ticket: Ticket, code: str, at: datetime, before: TicketStatus | None = None) -> None:
    status = TicketStatus.objects.get(code=code)
    ticket.status_changes.create(from_status=before, to_status=status, changed_at=at)


def test_one_submit_reads_from_bottom_to_top_as_answer_work_and_status(
    ticket: Ticket, technician: User
) -> None:
    done_at = OPENED + timedelta(hours=2)
    step(ticket, "new", OPENED)
    step(ticket, "closed", done_at, before=ticket.status)
    NoteFactory.create(ticket=ticket, written_at=done_at)
    TimeEntryFactory.create(
        ticket=ticket, started_at=done_at - timedelta(minutes=30), ended_at=done_at
    )

    events = conversation(ticket, technician, PARIS)

    assert [event.kind for event in events] == ["step", "time", "reply", "step"]


def test_work_entered_on_another_day_stands_at_its_own_day_after_the_opening(
    firm: object, technician: User
) -> None:
    ticket = TicketFactory.create(opened_at=OPENED)
    step(ticket, "new", OPENED)
    TimeEntryFactory.create(ticket=ticket, worked_on=date(2026, 3, 10))
    PartUsedFactory.create(ticket=ticket, used_on=date(2026, 3, 11))

    events = conversation(ticket, technician, PARIS)

    assert [event.kind for event in events] == ["part", "time", "step"]
    assert [event.moment for event in events] == [None, None, OPENED]


def test_a_client_sees_neither_internal_notes_nor_work(client_contact: User) -> None:
    ticket = TicketFactory.create(client=client_contact.contact.client)
    NoteFactory.create(ticket=ticket, body="Public")
    NoteFactory.create(ticket=ticket, body="Internal", is_public=False)
    PartUsedFactory.create(ticket=ticket)

    events = public_conversation(ticket, client_contact)

    assert [str(event.row) for event in events] == ["Public"]
