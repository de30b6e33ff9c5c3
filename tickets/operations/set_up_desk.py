"""Give a desk that has nothing yet the usual statuses and a board."""

from django.db import transaction
from django.utils.translation import gettext_noop as _

from tickets.models import ServiceBoard, StatusKind, TicketStatus

STATUSES = (
    ("new", _("New"), StatusKind.ACTIVE),
    ("in-progress", _("In progress"), StatusKind.ACTIVE),
    ("waiting", _("Waiting for the client"), StatusKind.WAITING),
    ("closed", _("Closed"), StatusKind.CLOSED),
)
BOARD = _("Service desk")


@transaction.atomic
def set_up_desk() -> None:
    """Add what is missing entirely; what a firm has made of it stays as it is."""
    if not TicketStatus.objects.exists():
        TicketStatus.objects.bulk_create(
            TicketStatus(
                code=code,
                name=name,
                kind=kind,
                position=position,
                pauses_clock=kind == StatusKind.WAITING,
            )
            for position, (code, name, kind) in enumerate(STATUSES)
        )
    if not ServiceBoard.objects.exists():
        ServiceBoard.objects.create(name=BOARD, is_default=True)
