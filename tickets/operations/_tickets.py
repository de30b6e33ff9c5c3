"""Steps that several operations share; they open no transaction and lock what they are told to."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Asset, Client, Contact, Site
from tickets.models import StatusChange, StatusKind, Ticket, TicketStatus
from tickets.operations._clock import keep_clock
from tickets.operations._followers import tell_of_closing
from tickets.operations._mails_out import queue_question
from tickets.operations._occurrences import note_change, running_rule
from tickets.refusals import (
    NotAssignable,
    NotForClients,
    NotOfThisClient,
    TakenMeanwhile,
    TicketClosed,
)


def lock_ticket(ticket_id: int, actor: User) -> Ticket:
    """Return the ticket, locked, if the actor may see it.

    :raises Ticket.DoesNotExist: it is not there for this person
    """
    tickets = Ticket.objects.visible_to(actor).select_for_update(of=("self",))
    return tickets.select_related("client", "status", "board", "sla_policy").get(pk=ticket_id)


def lock_tickets(ticket_ids: set[int], actor: User) -> dict[int, Ticket]:
    """Return several tickets by their id, locked in one order so that nobody waits in a circle.

    :raises Ticket.DoesNotExist: one of them is not there for this person
    """
    return {pk: lock_ticket(pk, actor) for pk in sorted(ticket_ids)}


def require_firm_staff(actor: User) -> None:
    """Refuse a client's own people.

    :raises NotForClients: the actor is not one of the firm's people
    """
    if not actor.is_firm_staff:
        raise NotForClients(_("Only the firm's own people can do this."))


def require_open(ticket: Ticket) -> None:
    """Refuse a closed ticket.

    :raises TicketClosed: it is closed
    """
    if ticket.is_closed:
        raise TicketClosed(_("This ticket is closed. Reopen it to add work to it."))


def require_assigned_to(ticket: Ticket, people: frozenset[int | None]) -> None:
    """Refuse where somebody else has the ticket than those who are named; None is nobody.

    :raises TakenMeanwhile: a colleague was quicker
    """
    if ticket.assignee_id not in people:
        raise TakenMeanwhile(
            _("%(colleague)s has this ticket now.") % {"colleague": ticket.assignee or _("Nobody")}
        )


def require_of_client(
    client: Client, *, contact_id: int | None, site_id: int | None, asset_id: int | None
) -> None:
    """Refuse a contact, site or asset of somebody else.

    :raises NotOfThisClient: one of them belongs to another client
    """
    wanted: list[tuple[str, QuerySet[Any], int | None]] = [
        ("contact", Contact.objects.all(), contact_id),
        ("site", Site.objects.all(), site_id),
        ("asset", Asset.objects.all(), asset_id),
    ]
    for field, rows, pk in wanted:
        if pk and not rows.filter(pk=pk, client=client).exists():
            raise NotOfThisClient(
                _("This does not belong to %(client)s.") % {"client": client}, field
            )


def find_colleague(user_id: int) -> User:
    """Return the person who is to work on a ticket, or did.

    :raises NotAssignable: not one of the firm's active people
    """
    person: User | None = User.objects.staff().filter(pk=user_id).first()
    if person is None:
        raise NotAssignable(_("Only the firm's active people can work on tickets."))
    return person


def step_to(ticket: Ticket, status: TicketStatus, actor: User | None, now: datetime) -> None:
    """Move a locked ticket to a status, keep step and clock, and close or reopen it with it."""
    if ticket.status_id == status.pk:
        return
    step = StatusChange.objects.create(
        ticket=ticket,
        from_status_id=ticket.status_id,
        to_status=status,
        changed_by=actor,
        changed_at=now,
        run=running_rule(),
    )
    ticket.status = status
    is_closing = status.is_closed and ticket.closed_at is None
    if not status.is_closed:
        ticket.closed_at = None
    elif is_closing:
        ticket.closed_at = now
    ticket.save(update_fields=["status", "closed_at"])
    keep_clock(ticket, now)
    note_change(ticket, now, "status")
    if is_closing:
        tell_of_closing(step, ticket, now)
        queue_question(ticket, step.pk)


def bring_back(ticket: Ticket, actor: User | None, now: datetime) -> None:
    """Hand a ticket that waits or is closed back to the firm, since its client has answered."""
    if ticket.status.kind == StatusKind.ACTIVE:
        return
    active = TicketStatus.objects.filter(kind=StatusKind.ACTIVE).order_by("position", "pk")
    status = active.last() if ticket.assignee_id else active.first()
    if status is not None:
        step_to(ticket, status, actor, now)
