"""What narrows the list of tickets, for programs."""

import django_filters.rest_framework as django_filters
from django.db.models import QuerySet

from accounts.models import User
from tickets.models import Ticket, TicketFollower


class ApiTicketFilter(django_filters.FilterSet):
    """The properties to narrow by, and which of the firm's people follows the ticket."""

    follower = django_filters.NumberFilter(
        method="followed_by", label="id of one of the firm's people who follows the ticket"
    )

    class Meta:
        model = Ticket
        fields = ("number", "client", "board", "status", "assignee", "priority")

    def followed_by(self, rows: "QuerySet[Ticket]", _name: str, value: int) -> "QuerySet[Ticket]":
        """Return the tickets that a person follows; clients see nobody of the firm follow."""
        user = getattr(self.request, "user", None)
        if not isinstance(user, User):
            return rows.none()
        person = User.objects.staff().filter(pk=int(value))
        seen = TicketFollower.objects.visible_to(user).filter(person__in=person)
        return rows.filter(pk__in=seen.values("ticket"))
