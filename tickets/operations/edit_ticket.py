"""Change what is said about a ticket."""

from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Client
from tickets.domain.seen import wording_of
from tickets.models import Ticket
from tickets.operations._clock import keep_clock
from tickets.operations._occurrences import note_change
from tickets.operations._tickets import lock_ticket, require_firm_staff, require_of_client
from tickets.refusals import ChangedMeanwhile, SubjectMissing, TicketHasWork

PROMISES = frozenset({"priority", "client_id", "board_id", "site_id", "sla_policy_id"})
CLIENTS_OWN = ("contact_id", "site_id", "asset_id")


class TicketChanges(TypedDict, total=False):
    """The properties that change; the others stay as they are."""

    client_id: int
    subject: str
    description: str
    priority: str
    billing_mode: str
    board_id: int
    sla_policy_id: int | None
    category_id: int | None
    contact_id: int | None
    site_id: int | None
    asset_id: int | None


@transaction.atomic(durable=True)
def edit_ticket(
    *,
    ticket_id: int,
    changes: TicketChanges,
    actor: User,
    now: datetime,
    seen: TicketChanges | None = None,
    wording: str = "",
) -> Ticket:
    """Change the ticket's properties; another client only while no work is logged.

    ``seen`` and ``wording`` are what the page showed: where somebody has changed that meanwhile,
    nothing is overwritten.

    :raises Refusal: the change is not possible
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    _require_unchanged(ticket, changes, seen or {}, wording)
    promises = not PROMISES.isdisjoint(changes)
    if promises:
        keep_clock(ticket, now)  # what was promised until now is judged before it changes
    if not changes.get("subject", ticket.subject).strip():
        raise SubjectMissing(_("Say in a few words what it is about."))
    moves_to = changes.get("client_id", ticket.client_id)
    if moves_to != ticket.client_id:
        _move(ticket, Client.objects.visible_to(actor).get(pk=moves_to))
    changed = _take_over(ticket, changes)
    require_of_client(
        ticket.client,
        contact_id=ticket.contact_id if "contact_id" in changes else None,
        site_id=ticket.site_id if "site_id" in changes else None,
        asset_id=ticket.asset_id if "asset_id" in changes else None,
    )
    ticket.save(update_fields=[*changes, *(CLIENTS_OWN if "client_id" in changes else ())])
    if promises:
        keep_clock(ticket, now)
    note_change(ticket, now, *changed)
    return ticket


def _take_over(ticket: Ticket, changes: TicketChanges) -> list[str]:
    """Write the values to the ticket; return the properties that were otherwise before."""
    changed = [name for name, value in changes.items() if getattr(ticket, name) != value]
    for name, value in changes.items():
        setattr(ticket, name, value)
    return [name.removesuffix("_id") for name in changed]


def _require_unchanged(
    ticket: Ticket, changes: TicketChanges, seen: TicketChanges, wording: str
) -> None:
    wanted: dict[str, Any] = {**changes}
    for name, value in seen.items():
        if getattr(ticket, name) not in {value, wanted.get(name)}:
            raise ChangedMeanwhile(
                _("This was changed meanwhile. Choose again if it is not right now."),
                name.removesuffix("_id"),
            )
    now = wording_of(ticket.client_id, ticket.subject, ticket.description)
    if wording and wording != now:
        raise ChangedMeanwhile(
            _("Somebody reworded this meanwhile. Yours is kept here and not saved yet.")
        )


def _move(ticket: Ticket, client: Client) -> None:
    """Hand the ticket to another client; what belongs to the first one stays behind."""
    rows = (ticket.time_entries, ticket.parts_used, ticket.flat_rate_items)
    if any(row.exists() for row in rows):
        raise TicketHasWork(
            _("Work is logged on this ticket, so it stays with %(client)s.")
            % {"client": ticket.client}
        )
    others = (ticket.links, ticket.links_here, ticket.merges, ticket.merged_here)
    if any(row.exists() for row in others):
        raise TicketHasWork(
            _("This ticket is linked to others of %(client)s. Unlink them first.")
            % {"client": ticket.client}
        )
    ticket.followers.exclude(contact=None).delete()
    ticket.client = client
    ticket.contact = ticket.site = ticket.asset = None
