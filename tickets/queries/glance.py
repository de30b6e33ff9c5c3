"""One look at all that may be around a ticket, so that nothing is asked for that is not there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

from accounts.models import User
from tickets.domain.seen import Seen
from tickets.models import (
    Appointment,
    Attachment,
    ChecklistItem,
    Draft,
    FlatRateItem,
    OutboundMail,
    PartUsed,
    RuleRun,
    Ticket,
    TicketFollower,
    TicketLink,
    TicketMerge,
    TicketTag,
    TimeEntry,
)

# What stands on a ticket, and on those that were merged into it.
_OF_TICKETS: tuple[type[Model], ...] = (
    Appointment, Attachment, ChecklistItem, Draft, FlatRateItem, OutboundMail, PartUsed, RuleRun,
    TicketFollower, TicketTag, TimeEntry,
)  # fmt: skip
_HERE = "(SELECT id FROM here)"
_LOOK = f"""
WITH here AS (
    SELECT %(ticket)s::bigint AS id
    UNION SELECT ticket_id FROM tickets_ticketmerge WHERE into_id = %(ticket)s AND undone_at IS NULL
)
SELECT
    (SELECT max(id) FROM tickets_note WHERE ticket_id = %(ticket)s),
    (SELECT max(id) FROM tickets_statuschange WHERE ticket_id = %(ticket)s),
    (SELECT number FROM tickets_readmark WHERE ticket_id = %(ticket)s AND person_id = %(person)s),
    EXISTS (SELECT 1 FROM tickets_ticketmerge
        WHERE (ticket_id = %(ticket)s OR into_id = %(ticket)s) AND undone_at IS NULL),
    EXISTS (SELECT 1 FROM tickets_ticketlink
        WHERE ticket_id = %(ticket)s OR other_id = %(ticket)s),
    {
    ", ".join(
        f"EXISTS (SELECT 1 FROM {one._meta.db_table} WHERE ticket_id IN {_HERE})"
        for one in _OF_TICKETS
    )
}"""  # noqa: S608  (names of tables of our own)


@dataclass(frozen=True, slots=True)
class Glance:
    """How far one has read who reads everything now, how far somebody had, and what is there."""

    seen: Seen
    read_to: int | None
    kinds: frozenset[type[Model]]

    def has(self, kind: type[Model]) -> bool:
        """Whether there is anything of this kind, on the ticket or what was merged into it."""
        return kind in self.kinds


def glance_at(ticket: Ticket, user: User) -> Glance:
    """Look at what there is around a ticket; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, {"ticket": ticket.pk, "person": user.pk})
        note_id, step_id, read_to, *are_there = cursor.fetchone()
    kinds: Iterable[type[Model]] = (TicketMerge, TicketLink, *_OF_TICKETS)
    found = (kind for kind, is_there in zip(kinds, are_there, strict=True) if is_there)
    return Glance(Seen(note_id or 0, step_id or 0), read_to, frozenset(found))
