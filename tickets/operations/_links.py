"""Steps for links between tickets that several operations share; they open no transaction."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import LinkKind, Ticket, TicketLink
from tickets.refusals import LinkImpossible

DEEPEST = 20


def add_link(ticket: Ticket, other: Ticket, kind: str, *, actor: User, now: datetime) -> TicketLink:
    """Link two locked tickets.

    :raises LinkImpossible: they are another client's, linked already, or parts in a circle
    """
    if ticket.pk == other.pk:
        raise LinkImpossible(_("This is the ticket itself."))
    if ticket.client_id != other.client_id:
        raise LinkImpossible(_("%(number)s is another client's ticket.") % {"number": other.number})
    pair = Q(ticket=ticket, other=other) | Q(ticket=other, other=ticket)
    if TicketLink.objects.filter(pair).exists():
        raise LinkImpossible(_("%(number)s is linked already.") % {"number": other.number})
    if kind == LinkKind.PART_OF:
        _require_free_part(ticket, other)
    return TicketLink.objects.create(
        ticket=ticket, other=other, kind=kind, made_by=actor, made_at=now
    )


def _require_free_part(part: Ticket, whole: Ticket) -> None:
    parts = TicketLink.objects.filter(kind=LinkKind.PART_OF)
    if parts.filter(ticket=part).exists():
        raise LinkImpossible(_("This ticket is part of another one already."))
    above: int | None = whole.pk
    for _step in range(DEEPEST):
        above = parts.filter(ticket=above).values_list("other", flat=True).first()
        if above is None:
            return
        if above == part.pk:
            break
    raise LinkImpossible(_("A ticket cannot be part of its own part."))
