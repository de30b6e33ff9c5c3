"""Steps about who follows a ticket; they open no transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Contact
from core.doorbell import ring
from tickets.domain.promises import next_working_moment
from tickets.models import (
    FollowNotice,
    FollowSource,
    Note,
    ReadMark,
    StatusChange,
    Ticket,
    TicketFollower,
    TicketMerge,
)
from tickets.models.reading import UNREAD
from tickets.operations._working_hours import working_hours
from tickets.queries.followers import contacts_at
from tickets.refusals import NotToFollow

MOST_FOLLOWERS = 50
NOTICES = "tickets.follow_tasks.deliver_follow_notices"


def follow(
    ticket: Ticket,
    one: User | Contact,
    *,
    source: FollowSource,
    added_by: User | None,
    now: datetime,
) -> tuple[TicketFollower, bool]:
    """Let somebody follow a locked ticket; say whether that is new.

    Who came with a merge and is added by hand stays when the merge is undone.

    :raises NotToFollow: more would be told than anybody can want
    """
    who = {"person": one} if isinstance(one, User) else {"contact": one}
    there = TicketFollower.objects.filter(ticket=ticket, **who).first()
    if there is not None:
        if there.carried_by_id is not None:
            there.carried_by = None
            there.save(update_fields=["carried_by"])
        return there, False
    if TicketFollower.objects.filter(ticket=ticket).count() >= MOST_FOLLOWERS:
        raise NotToFollow(_("At most %(n)s people follow a ticket.") % {"n": MOST_FOLLOWERS})
    row = TicketFollower.objects.create(
        ticket=ticket, source=source, added_by=added_by, added_at=now, **who
    )
    if isinstance(one, User) and one != added_by:
        _tell_added(row, ticket, one, now)
    return row, True


def follow_copied(
    ticket: Ticket, addresses: tuple[str, ...], sender: Contact | None, now: datetime
) -> None:
    """Let the client's contacts to whom a mail was copied follow its locked ticket.

    Who wrote it and the ticket's own contact are written to anyway. What exceeds the most that
    can follow is left out, since a mail must never be refused for it.
    """
    known = {ticket.contact_id, sender.pk if sender else None}
    room = MOST_FOLLOWERS - TicketFollower.objects.filter(ticket=ticket).count()
    new = [one for one in contacts_at(ticket.client_id, addresses) if one.pk not in known]
    for contact in new[: max(room, 0)]:
        follow(ticket, contact, source=FollowSource.MAIL, added_by=None, now=now)


def carry(merge: TicketMerge) -> None:
    """Let those who follow a merged ticket follow the one that it goes on in."""
    there = TicketFollower.objects.filter(ticket=merge.into_id)
    people = set(there.values_list("person_id", "contact_id"))
    for one in TicketFollower.objects.filter(ticket=merge.ticket_id):
        if (one.person_id, one.contact_id) not in people:
            TicketFollower.objects.create(
                ticket_id=merge.into_id,
                person_id=one.person_id,
                contact_id=one.contact_id,
                source=one.source,
                added_by_id=one.added_by_id,
                added_at=one.added_at,
                carried_by=merge,
            )


def take_back(merge: TicketMerge) -> None:
    """Take those away who came with a merge, unless another merge brings them too."""
    merge.carried.all().delete()
    others = TicketMerge.objects.standing().filter(into=merge.into_id)
    for other in others.exclude(pk=merge.pk).order_by("pk"):
        carry(other)


def tell_of_note(note: Note, ticket: Ticket, now: datetime) -> None:
    """Tell the firm's people who follow a ticket what somebody else said on it.

    What machines write is told to nobody, so that no two of them can answer one another for ever.
    """
    if not note.is_automatic:
        people = _others(ticket, note.author)
        _tell({one: f"note:{note.pk}:{one}" for one in people}, ticket, now, note=note)


def tell_of_closing(step: StatusChange, ticket: Ticket, now: datetime) -> None:
    """Tell followers that a ticket is closed; a mail that is on its way says so itself."""
    waiting = FollowNotice.objects.filter(ticket=ticket, state="waiting").exclude(note=None)
    knowing = set(waiting.values_list("person_id", flat=True))
    people = [one for one in _others(ticket, step.changed_by) if one not in knowing]
    _tell({one: f"step:{step.pk}:{one}" for one in people}, ticket, now, step=step)


def _others(ticket: Ticket, actor: User | None) -> list[int]:
    rows = TicketFollower.objects.filter(ticket=ticket).people()
    if actor is not None:
        rows = rows.exclude(person=actor)
    return list(rows.exclude(person__email="").order_by("pk").values_list("person_id", flat=True))


def _tell_added(row: TicketFollower, ticket: Ticket, person: User, now: datetime) -> None:
    """Let a ticket stand out to a colleague who was added, and write to them."""
    ReadMark.objects.update_or_create(person=person, ticket=ticket, defaults={"number": UNREAD})
    if person.email:
        _tell({person.pk: f"added:{row.pk}"}, ticket, now)


def _tell(
    keys: dict[int, str],
    ticket: Ticket,
    now: datetime,
    *,
    note: Note | None = None,
    step: StatusChange | None = None,
) -> None:
    """Write a notice to each, which goes out in the firm's working hours."""
    if not keys:
        return
    due_at = next_working_moment(working_hours(None, now), now)
    FollowNotice.objects.bulk_create(
        FollowNotice(
            key=key, ticket=ticket, person_id=person_id, note=note, step=step, due_at=due_at
        )
        for person_id, key in keys.items()
    )
    ring(NOTICES)
