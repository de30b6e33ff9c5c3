"""What burns first: the order in which tickets want to be worked on."""

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy

from tickets.models import Ticket

ORDER: tuple[OrderBy | str, ...] = (
    F("due_at").asc(nulls_last=True),
    "priority",
    "opened_at",
    "pk",
)


def burning_first(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Order tickets by the next promise that ends: overdue first, then the soonest due.

    What waits for the client or has no promise follows, urgent and old first. Each comes with its
    clock, so that a list draws its countdown without another query or any reckoning.
    """
    return tickets.select_related("clock").order_by(*ORDER)
