"""Forms of day sheets: a hole that is filled, days that are returned."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tickets.forms.ticket_field import ticket_field, ticket_of
from tickets.forms.time import TimeForm
from tickets.models import Ticket
from tickets.queries.finding import offered_tickets


class SheetForm(TimeForm):
    """What was done at a time of a day, and on which ticket."""

    ticket = ticket_field()

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        user: User,
        zone: ZoneInfo,
        initial: dict[str, Any],
    ) -> None:
        """Start with the day and the times of the hole."""
        self.user = user
        today = initial["worked_on"]
        super().__init__(data, ticket=None, today=today, zone=zone, prefix=None, initial=initial)
        self.fields["work_type"].required = True
        self.offered = offered_tickets(user)

    def clean_ticket(self) -> Ticket:
        """Find the ticket by its number."""
        return ticket_of(self.cleaned_data["ticket"], self.user)

    def _require_if_meant(self, cleaned: dict[str, Any]) -> None:
        if cleaned["work"] is None:
            self.add_error("minutes", _("Say how long it took."))


class ReturnForm(forms.Form):
    """Why days are returned."""

    reason = forms.CharField(label=gettext_lazy("What must be put right"), max_length=300)
