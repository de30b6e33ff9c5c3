"""A ticket in a form, by its number or by words; one's own are offered, then what is typed."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tickets.models import Ticket
from tickets.queries.finding import meant_tickets, named

NAMED_CANDIDATES = 4


def ticket_field() -> forms.CharField:
    """Return the field, which the template gives a list that follows what is typed."""
    return forms.CharField(
        label=gettext_lazy("Ticket"),
        max_length=300,
        widget=forms.TextInput(
            attrs={
                "list": "ticket-numbers",
                "autocomplete": "off",
                "placeholder": gettext_lazy("Number, subject, client"),
                "hx-get": reverse_lazy("tickets:ticket-options"),
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "#ticket-numbers",
                "hx-swap": "innerHTML",
                "hx-sync": "this:replace",
            }
        ),
        error_messages={"required": gettext_lazy("Say which ticket this was for.")},
    )


def ticket_of(typed: str, user: User) -> Ticket:
    """Return the ticket with this number, or the only open one that holds these words.

    :raises ValidationError: this person sees none, or several could be meant
    """
    found = meant_tickets(user, typed)
    if len(found) == 1:
        return found[0]
    if not found:
        nothing = _("There is no ticket with this number.")
        raise forms.ValidationError(
            [nothing, _("Nor is there an open one that holds these words.")]
        )
    names = "; ".join(named(one) for one in found[:NAMED_CANDIDATES])
    more = " …" if len(found) > NAMED_CANDIDATES else ""
    raise forms.ValidationError(_("Which one: %(names)s?") % {"names": names + more})
