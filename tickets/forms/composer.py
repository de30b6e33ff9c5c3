"""The composer: one form in which people answer, log time and parts, and move on."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from tickets.domain.work import Response
from tickets.forms.goods import FlatRateForm, PartForm
from tickets.forms.time import TimeForm
from tickets.models import Ticket, TicketStatus
from tickets.refusals import Refusal


class NoteForm(forms.Form):
    """What is said, to whom, and where the ticket stands afterwards."""

    is_public = forms.TypedChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=[
            ("yes", gettext_lazy("Reply to the client")),
            ("no", gettext_lazy("Internal note")),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    status = forms.ModelChoiceField(
        TicketStatus.objects.all(),
        label=gettext_lazy("Status afterwards"),
        required=False,
        empty_label=None,
    )

    def __init__(self, data: Any = None, *, status_id: int | None = None) -> None:  # noqa: ANN401  (what a request holds)
        """Keep the status unless another is chosen."""
        super().__init__(data, prefix="note", initial={"status": status_id})


@dataclass(frozen=True)
class Composer:
    """The parts of the composer, bound to one request or empty."""

    note: NoteForm
    time: TimeForm
    part: PartForm
    flat: FlatRateForm

    @classmethod
    def of(cls, ticket: Ticket, now: datetime, zone: ZoneInfo, data: Any = None) -> "Composer":  # noqa: ANN401  (what a request holds)
        """Return the composer of a ticket; times of day are meant in the firm's zone."""
        currency = ticket.client.currency
        today = now.astimezone(zone).date()
        return cls(
            note=NoteForm(data, status_id=ticket.status_id),
            time=TimeForm(data, ticket=ticket, today=today, zone=zone),
            part=PartForm(data, today=today, currency=currency),
            flat=FlatRateForm(data, currency=currency),
        )

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """The parts in the order in which they are read."""
        return (self.note, self.time, self.flat, self.part)

    @cached_property
    def is_valid(self) -> bool:
        """Whether every part can be used; all of them are asked, so that all errors show."""
        return not any(list(map(_is_wrong, self.forms)))

    @property
    def response(self) -> Response:
        """What was said and done."""
        note = self.note.cleaned_data
        return Response(
            body=note["body"],
            is_public=note["is_public"],
            time=self.time.cleaned_data["work"],
            part=self.part.cleaned_data["part"],
            flat_rate=self.flat.cleaned_data["flat_rate"],
            status_id=note["status"] and note["status"].pk,
        )

    def show_refusal(self, refusal: Refusal) -> None:
        """Put a refusal to the field that it is about."""
        filled = [form for form in (self.time, self.flat, self.part) if form.is_filled]
        for form in (*filled, self.note):
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal))
                return
        self.note.add_error(None, str(refusal))


def _is_wrong(form: forms.Form) -> bool:
    return not form.is_valid()
