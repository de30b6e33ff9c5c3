"""What lies on the desk for the access ladder, all of the client ALPHA."""

from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.models import User
from clients.models import Client
from tickets.models import Ticket
from tickets.operations.make_feed import make_feed
from tickets.tests.factories import (
    AppointmentFactory,
    AttachmentFactory,
    CategoryFactory,
    FlatRateItemFactory,
    InboundMailFactory,
    LeaveFactory,
    MailboxFactory,
    NoteFactory,
    OutboundMailFactory,
    PartUsedFactory,
    RatingFactory,
    ServiceBoardFactory,
    TicketFactory,
    TicketStatusFactory,
    TimeEntryFactory,
    TimerFactory,
    TimesheetDayFactory,
)


class DeskWorld:
    """The cast, and the tickets of the client whose contact is in it."""

    def __init__(self, cast: dict[str, User]) -> None:
        self.cast = cast

    @property
    def company(self) -> Client:
        """The client ALPHA."""
        company: Client = self.cast["client_contact"].contact.client
        return company

    @cached_property
    def ticket(self) -> Ticket:
        """An open ticket."""
        ticket: Ticket = TicketFactory.create(client=self.company)
        return ticket

    @cached_property
    def note(self) -> Any:
        """An answer that the client may read."""
        return NoteFactory.create(ticket=self.ticket, is_public=True)

    @cached_property
    def attachment(self) -> Any:
        """A file that came with the answer."""
        return AttachmentFactory.create(note=self.note)

    @cached_property
    def mailbox(self) -> Any:
        """The board's mail address."""
        return MailboxFactory.create()

    @cached_property
    def inbound(self) -> Any:
        """A mail that waits to be sorted."""
        return InboundMailFactory.create()

    @cached_property
    def outbound(self) -> Any:
        """A reply on its way."""
        return OutboundMailFactory.create(note=self.note)

    @cached_property
    def rating(self) -> Any:
        """What the client said."""
        return RatingFactory.create(ticket=TicketFactory.create(client=self.company, closed=True))

    @cached_property
    def closed_ticket(self) -> Any:
        """A ticket that can be rated."""
        return TicketFactory.create(client=self.company, closed=True)

    @cached_property
    def time_entry(self) -> Any:
        """Work of the technician's."""
        return TimeEntryFactory.create(ticket=self.ticket, technician=self.cast["technician"])

    @cached_property
    def timer(self) -> Any:
        """What the technician measures."""
        return TimerFactory.create(ticket=self.ticket, person=self.cast["technician"])

    @cached_property
    def timesheet_day(self) -> Any:
        """A day that the technician handed in."""
        return TimesheetDayFactory.create(person=self.cast["technician"])

    @cached_property
    def part(self) -> Any:
        """A part that was built in."""
        return PartUsedFactory.create(ticket=self.ticket)

    @cached_property
    def flat_rate(self) -> Any:
        """A known job that was done."""
        return FlatRateItemFactory.create(ticket=self.ticket)

    @cached_property
    def board(self) -> Any:
        """A service board."""
        return ServiceBoardFactory.create()

    @cached_property
    def status(self) -> Any:
        """A status of tickets."""
        return TicketStatusFactory.create()

    @cached_property
    def category(self) -> Any:
        """A category of tickets."""
        return CategoryFactory.create()

    @cached_property
    def appointment(self) -> Any:
        """When the technician works on it."""
        return AppointmentFactory.create(ticket=self.ticket, technician=self.cast["technician"])

    @cached_property
    def leave(self) -> Any:
        """When the technician is away."""
        return LeaveFactory.create(person=self.cast["technician"])

    @cached_property
    def feed(self) -> Any:
        """The technician's calendar feed."""
        return make_feed(actor=self.cast["technician"], now=timezone.now()).feed
