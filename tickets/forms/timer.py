"""Making a time entry of a timer: its time is as measured unless another is typed."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.forms.ticket_field import ticket_field, ticket_of
from tickets.forms.time import TimeForm
from tickets.models import Ticket
from tickets.queries.finding import offered_tickets
from tickets.queries.timers import MeasuredTimer


class TimerForm(TimeForm):
    """What was done, on which ticket; left empty, the time is what the timer measured.

    ``cleaned_data["ticket"]`` is the ticket, ``cleaned_data["work"]`` what the operations take.
    """

    ticket = ticket_field()

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        measured: MeasuredTimer,
        user: User,
        zone: ZoneInfo,
    ) -> None:
        """Offer the person's own tickets; any number may be typed."""
        self.user, self.offered = user, offered_tickets(user)
        timer = measured.timer
        super().__init__(
            data,
            ticket=timer.ticket,
            today=timer.begun_at.astimezone(zone).date(),
            zone=zone,
            prefix=None,
        )
        self.fields["work_type"].required = True
        number = timer.ticket.number if timer.ticket else ""
        self.initial.update(ticket=number, note=timer.note)
        self.fields["minutes"].widget.attrs["placeholder"] = _("%(minutes)d, as measured") % {
            "minutes": measured.minutes
        }

    def clean_ticket(self) -> Ticket:
        """Find the ticket by its number."""
        return ticket_of(self.cleaned_data["ticket"], self.user)

    def clean(self) -> dict[str, Any]:
        """Take the time as measured where none was typed."""
        cleaned = super().clean()
        if not self.errors and cleaned["work"] is None:
            cleaned["work"] = self._work(cleaned, None, None)
        return cleaned

    def _require_if_meant(self, cleaned: dict[str, Any]) -> None:
        """Nothing is missing: the timer knows how long it took."""
