"""The ticket that time was for, by its number; one's own are offered."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tickets.models import Ticket

OFFERED = 50


def ticket_field() -> forms.CharField:
    """Return the field, which the template gives a list of numbers."""
    return forms.CharField(
        label=gettext_lazy("Ticket"),
        widget=forms.TextInput(attrs={"list": "ticket-numbers", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say which ticket this was for.")},
    )


def tickets_offered(user: User) -> QuerySet[Ticket]:
    """Return the open tickets that the person most likely means."""
    own = Q(assignee=user) | Q(timers__person=user) | Q(time_entries__technician=user)
    mine = Ticket.objects.open().filter(own).values("pk")
    found = Ticket.objects.visible_to(user).filter(pk__in=mine).select_related("client")
    return found.order_by("-opened_at")[:OFFERED]


def ticket_of(number: str, user: User) -> Ticket:
    """Return the ticket with this number, followed by whatever else was picked from the list.

    :raises ValidationError: this person sees none
    """
    wanted = number.strip().partition(" ")[0]
    ticket = Ticket.objects.visible_to(user).filter(number__iexact=wanted).first()
    if ticket is None:
        raise forms.ValidationError(_("There is no ticket with this number."))
    return ticket
