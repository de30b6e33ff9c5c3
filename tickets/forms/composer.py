"""The composer: one form in which people answer, log time and parts, and move on."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from tickets.domain.work import Response
from tickets.forms.goods import FlatRateForm, PartForm
from tickets.forms.time import TimeForm
from tickets.models import Attachment, Ticket, TicketStatus
from tickets.queries.conversation import Event
from tickets.refusals import Refusal

PARTS = ("part", "part2", "part3")
# What a draft is kept for; the rest has a value by itself.
TYPED = (
    "note-body",
    "note-status",
    "time-minutes",
    "time-begins",
    "time-ends",
    "time-note",
    "flat-product",
    *(f"{part}-{name}" for part in PARTS for name in ("product", "description", "unit_price")),
)
PREFIXES = ("note-", "time-", "flat-", *(f"{part}-" for part in PARTS))
NOT_KEPT = frozenset({"note-seen", "note-sheet", "note-file"})


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
        empty_label=gettext_lazy("stays as it is"),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:  # noqa: ANN401  (what a request holds)
        """Keep the status unless another is chosen."""
        super().__init__(data, prefix="note", **options)


@dataclass(frozen=True)
class Composer:
    """The parts of the composer, bound to one request, as they were left, or empty.

    ``seen`` is how far its author has read the ticket, ``sheet`` its own name, so that it is sent
    once; ``news`` what others did meanwhile.
    """

    note: NoteForm
    time: TimeForm
    parts: tuple[PartForm, ...]
    flat: FlatRateForm
    seen: str = ""
    sheet: str = field(default_factory=lambda: secrets.token_hex(8))
    news: tuple[Event, ...] = ()
    kept_at: datetime | None = None
    files: tuple[Attachment, ...] = ()
    file_ids: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        ticket: Ticket,
        now: datetime,
        zone: ZoneInfo,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        draft: Mapping[str, str] | None = None,
    ) -> "Composer":
        """Return the composer of a ticket; times of day are meant in the firm's zone."""
        currency = ticket.client.currency
        today = now.astimezone(zone).date()
        return cls(
            note=NoteForm(data, initial=left_in(draft, "note")),
            time=TimeForm(
                data, ticket=ticket, today=today, zone=zone, initial=left_in(draft, "time")
            ),
            parts=tuple(
                PartForm(
                    data, today=today, currency=currency, prefix=part, initial=left_in(draft, part)
                )
                for part in PARTS
            ),
            flat=FlatRateForm(data, currency=currency, initial=left_in(draft, "flat")),
        )

    def on_sheet(self, sheet: str, seen: str) -> "Composer":
        """Return the same composer as the page had it: under its name, read this far."""
        return replace(self, sheet=sheet, seen=seen)

    def on_sheet_read(self, seen: str) -> "Composer":
        """Return the same composer for somebody who reads the ticket as it is now."""
        return replace(self, seen=seen)

    def kept_since(self, moment: datetime) -> "Composer":
        """Return the same composer, saying since when its text is kept."""
        return replace(self, kept_at=moment)

    def with_files(self, files: Iterable[Attachment]) -> "Composer":
        """Return the same composer with the files that wait to be sent."""
        waiting = tuple(files)
        return replace(self, files=waiting, file_ids=tuple(one.pk for one in waiting))

    def with_news(self, news: list[Event], seen: str) -> "Composer":
        """Return the same composer for somebody who has been shown what others did."""
        return replace(self, news=tuple(news), seen=seen)

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """The parts in the order in which they are read."""
        return (self.note, self.time, self.flat, *self.parts)

    @property
    def has_parts(self) -> bool:
        """Whether the fields for parts must be seen."""
        return any(map(_is_in_use, self.parts))

    @property
    def shown_parts(self) -> list[PartForm]:
        """The first part and as many more as are filled in."""
        last = max((n for n, one in enumerate(self.parts) if _is_in_use(one)), default=0)
        return list(self.parts[: last + 1])

    @property
    def next_part(self) -> int:
        """The place of the next part that can be added, 0 where there is none."""
        shown = len(self.shown_parts)
        return shown + 1 if shown < len(PARTS) else 0

    @cached_property
    def is_valid(self) -> bool:
        """Whether every part can be used; all of them are asked, so that all errors show."""
        return not any(list(map(_is_wrong, self.forms)))

    @property
    def response(self) -> Response:
        """What was said and done."""
        note = self.note.cleaned_data
        first, *more = [one.cleaned_data["part"] for one in self.parts]
        return Response(
            body=note["body"],
            is_public=note["is_public"],
            time=self.time.cleaned_data["work"],
            part=first,
            more_parts=tuple(part for part in more if part is not None),
            flat_rate=self.flat.cleaned_data["flat_rate"],
            status_id=note["status"] and note["status"].pk,
            file_ids=self.file_ids,
        )

    def show_refusal(self, refusal: Refusal) -> None:
        """Put a refusal to the field that it is about."""
        work: tuple[TimeForm | FlatRateForm | PartForm, ...] = (self.time, self.flat, *self.parts)
        for form in (*(one for one in work if one.is_filled), self.note):
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal))
                return
        self.note.add_error(None, str(refusal))


def _is_in_use(part: PartForm) -> bool:
    return part.is_filled or (part.is_bound and bool(part.errors))


def _is_wrong(form: forms.Form) -> bool:
    return not form.is_valid()


def typed_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what of a composer is worth keeping as a draft: nothing while nothing was typed."""
    if not any(str(data.get(name, "")).strip() for name in TYPED):
        return {}
    return fields_in(data)


def fields_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what the fields of a composer hold."""
    return {
        name: str(value)
        for name, value in data.items()
        if name.startswith(PREFIXES) and name not in NOT_KEPT
    }


def left_in(draft: Mapping[str, str] | None, prefix: str) -> dict[str, Any]:
    """Return the initial values of one part: as they were left, check boxes by being there."""
    if not draft:
        return {}
    beginning = f"{prefix}-"
    left: dict[str, Any] = {
        name.removeprefix(beginning): value
        for name, value in draft.items()
        if name.startswith(beginning)
    }
    boxes = {"is_billable", "is_out_of_scope", "includes_time"}
    return dict.fromkeys(boxes, False) | {
        name: True if name in boxes else value for name, value in left.items()
    }
