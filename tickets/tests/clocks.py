"""A desk with a promise: the hours, the service level and the client of tests about clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from accounts.models import User
from clients.models import Client
from clients.tests.factories import ClientFactory, LegalEntityFactory
from contracts.models import BusinessCalendar, ClientSLA, SLAPolicy
from contracts.operations.save_calendar import save_calendar
from contracts.operations.save_sla_policy import save_sla_policy
from tickets.models import Priority, SLAVerdict, Ticket, TicketClock, TicketStatus
from tickets.operations.change_status import change_status
from tickets.operations.look_at_clock import look_at_clock
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.operations.write_note import write_note

PARIS = ZoneInfo("Europe/Paris")
NINE_TO_FIVE = tuple((day, time(9), time(17)) for day in range(5))
LONG_AGO = datetime(2025, 1, 1, tzinfo=PARIS)
Minutes = Mapping[str, tuple[int | None, int | None]]


def paris(text: str) -> datetime:
    """Return a moment as the clock in Paris shows it: 2026-03-06 16:45."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def make_calendar(name: str = "Office", **facts: object) -> BusinessCalendar:
    """Make a calendar of Monday to Friday 9 to 17 in Paris, kept since long ago."""
    known = {"name": name, "time_zone": "Europe/Paris", "country": "", "is_default": False}
    return save_calendar(facts=known | facts, week=NINE_TO_FIVE, now=LONG_AGO)


def make_policy(
    calendar: BusinessCalendar | None, minutes: Minutes, name: str = "Gold", **facts: object
) -> SLAPolicy:
    """Make a service level that promises these minutes by priority."""
    known = {"name": name, "calendar": calendar}
    return save_sla_policy(facts=known | facts, targets=minutes)


@dataclass
class Desk:
    """A client with a service level, and somebody who answers its tickets."""

    client: Client
    policy: SLAPolicy
    technician: User

    @classmethod
    def with_promise(cls, technician: User, minutes: Minutes, **facts: object) -> "Desk":
        """Open the desk: Monday to Friday 9 to 17 in Paris, the client is promised this."""
        LegalEntityFactory.create()
        policy = make_policy(make_calendar(is_default=True), minutes, "Gold", **facts)
        client = ClientFactory.create(name="Alpha SAS")
        ClientSLA.objects.create(client=client, policy=policy)
        return cls(client, policy, technician)

    @property
    def calendar(self) -> BusinessCalendar:
        """The hours of what is promised."""
        assert self.policy.calendar is not None
        return self.policy.calendar

    def opened(
        self,
        at: str,
        priority: str = Priority.NORMAL,
        site_id: int | None = None,
        sla_policy_id: int | None = None,
    ) -> Ticket:
        """Open a ticket of the client's."""
        new = NewTicket(
            client_id=self.client.pk,
            subject="Mail is down",
            priority=priority,
            site_id=site_id,
            sla_policy_id=sla_policy_id,
        )
        return open_ticket(new=new, actor=self.technician, now=paris(at))

    def moved(self, ticket: Ticket, status: str, at: str) -> None:
        """Move the ticket to a status."""
        found = TicketStatus.objects.get(code=status)
        change_status(ticket_id=ticket.pk, status_id=found.pk, actor=self.technician, now=paris(at))

    def said(self, ticket: Ticket, at: str, *, is_public: bool, by: User | None = None) -> None:
        """Write on the ticket."""
        write_note(
            ticket_id=ticket.pk,
            body="We look into it.",
            is_public=is_public,
            actor=by or self.technician,
            now=paris(at),
        )


def looked_at(ticket: Ticket, at: str) -> TicketClock:
    """Look at the clock as the sweep does, and return what it shows."""
    look_at_clock(ticket_id=ticket.pk, now=paris(at))
    return clock_of(ticket)


def clock_of(ticket: Ticket) -> TicketClock:
    """Return what the ticket's clock shows."""
    found: TicketClock = TicketClock.objects.select_related("policy", "ticket").get(ticket=ticket)
    return found


def verdicts_of(ticket: Ticket) -> dict[str, tuple[str, datetime, int]]:
    """Return by kind how the promises were kept: outcome, when, and seconds used."""
    found = SLAVerdict.objects.filter(ticket=ticket)
    return {one.kind: (one.outcome, one.judged_at, one.used_seconds) for one in found}
