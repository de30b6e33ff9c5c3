"""Working time as people type it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.models import WorkType
from clients.models import LegalEntity
from core.business_hours import Interval
from core.form_widgets import ChosenSelect
from tickets.domain.work import TimeWorked
from tickets.domain.worktime import day_of_end, instants_of, parse_breaks, parse_minutes
from tickets.forms.pricing import FIELDS, pricing_as_typed, pricing_fields, pricing_from
from tickets.models import BillingMode, Ticket, TimeEntry

ONE_DAY = timedelta(days=1)
TIMES = {"minutes", "worked_on", "begins", "ends", "breaks"}


class TimeForm(forms.Form):
    """Minutes on a day, or from a time to a time; left empty, nothing was worked.

    ``cleaned_data["work"]`` is what the operations take, None where it is empty.
    """

    minutes = forms.CharField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "placeholder": "45, 1:30, 1h30",
                "autocomplete": "off",
                "data-shortcut": "t",
                "aria-keyshortcuts": "t",
            }
        ),
    )
    work_type = forms.ModelChoiceField(
        WorkType.objects.none(),
        label=gettext_lazy("Work type"),
        empty_label=None,
        widget=ChosenSelect,
    )
    worked_on = forms.DateField(label=gettext_lazy("Day"), required=False)
    begins = forms.TimeField(label=pgettext_lazy("time of day", "From"), required=False)
    ends = forms.TimeField(label=pgettext_lazy("time of day", "To"), required=False)
    breaks = forms.CharField(
        label=gettext_lazy("Breaks"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "12:00-13:00", "autocomplete": "off"}),
    )
    is_billable = forms.BooleanField(label=gettext_lazy("Billable"), required=False, initial=True)
    not_billable_reason = forms.CharField(
        label=gettext_lazy("Why not billable"), required=False, max_length=200
    )
    is_out_of_scope = forms.BooleanField(
        label=gettext_lazy("Outside the flat rate: bill by the hour"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("What was done"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        ticket: Ticket | None,
        today: date,
        zone: ZoneInfo,
        entry: TimeEntry | None = None,
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        """Offer the work types in use, and the one that the entry has."""
        options.setdefault("prefix", "time")
        super().__init__(data, **options)
        self.zone, self.entry, self.today = zone, entry, today
        own = Q(pk=entry.work_type_id) if entry else Q()
        types = WorkType.objects.filter(Q(is_active=True) | own) if entry else _in_use()
        self.fields["work_type"].queryset = types  # type: ignore[attr-defined]  # a choice of a model
        self.fields["work_type"].required = entry is not None or self.is_filled
        self.fields["worked_on"].initial = today
        self.fields.update(pricing_fields(ticket, entry))
        if ticket is None or ticket.billing_mode != BillingMode.FLAT_RATE:
            del self.fields["is_out_of_scope"]

    @property
    def is_filled(self) -> bool:
        """Whether a duration was typed."""
        return any(self[name].value() for name in ("minutes", "begins", "ends"))

    @property
    def has_price(self) -> bool:
        """Whether the fields about the price must be seen."""
        said = (self[name].value() for name in FIELDS)
        is_said = any(value not in {None, "", "automatic"} for value in said)
        return is_said or any(name in self.errors for name in FIELDS if self.is_bound)

    @property
    def price_fields(self) -> list[Any]:
        """The fields about the price, in their order."""
        return [self[name] for name in FIELDS]

    @property
    def has_details(self) -> bool:
        """Whether the less common fields must be seen."""
        if not self.is_bound and not self.initial:
            return False
        shown = ("begins", "ends", "not_billable_reason", "note")
        wrong = ("worked_on", "not_billable_reason", "is_out_of_scope", "begins", "ends")
        if any(self[name].value() for name in shown) or any(one in self.errors for one in wrong):
            return True
        return str(self["worked_on"].value() or "") not in {"", str(self.today)}

    def clean(self) -> dict[str, Any]:
        """Read the time as it was meant."""
        cleaned: dict[str, Any] = self.cleaned_data
        cleaned["work"] = None
        if self.errors:
            return cleaned
        if not self.is_filled:
            self._require_if_meant(cleaned)
            return cleaned
        if self._is_still_measured:
            cleaned["work"] = self._as_it_was(cleaned)
            return cleaned
        spans = self._from_to(cleaned) if cleaned["begins"] or cleaned["ends"] else None
        minutes = None if spans else self._minutes(cleaned)
        breaks = self._breaks(cleaned, spans) if cleaned["breaks"] and not self.errors else ()
        if not self.errors:
            cleaned["work"] = self._work(cleaned, spans, minutes, breaks)
        return cleaned

    @property
    def _is_still_measured(self) -> bool:
        """Whether the times of an entry are as they were; their seconds are not on the form."""
        has_spans = self.entry is not None and bool(self.entry.stretches)
        return has_spans and not TIMES.intersection(self.changed_data)

    def _as_it_was(self, cleaned: dict[str, Any]) -> TimeWorked:
        entry = self.entry
        if entry is None or entry.started_at is None or entry.ended_at is None:
            raise ValueError("an entry without times was not measured")
        return self._work(cleaned, (entry.started_at, entry.ended_at), None, entry.pauses)

    def _require_if_meant(self, cleaned: dict[str, Any]) -> None:
        if self.entry is not None or cleaned["note"] or cleaned["not_billable_reason"]:
            self.add_error("minutes", _("Say how long it took."))

    def _minutes(self, cleaned: dict[str, Any]) -> int | None:
        if self.errors:
            return None
        minutes = parse_minutes(cleaned["minutes"])
        if minutes is None:
            self.add_error("minutes", _("Write it as 45, 1:30, 1h30 or 0.75h."))
        return minutes

    def _from_to(self, cleaned: dict[str, Any]) -> tuple[datetime, datetime] | None:
        day, begins, ends = cleaned["worked_on"], cleaned["begins"], cleaned["ends"]
        if cleaned["minutes"]:
            self.add_error("minutes", _("Give either the minutes or from and to."))
        for name in ("worked_on", "begins", "ends"):
            if not cleaned[name]:
                self.add_error(name, _("This is missing."))
        if self.errors:
            return None
        last = day_of_end(day, begins, ends)
        if last is None:
            self.add_error("ends", _("The work ends before it starts."))
            return None
        started_at, ended_at = (
            self._instant("begins", day, begins),
            self._instant("ends", last, ends),
        )
        return (started_at, ended_at) if started_at and ended_at else None

    def _breaks(
        self, cleaned: dict[str, Any], spans: tuple[datetime, datetime] | None
    ) -> tuple[Interval, ...]:
        found = parse_breaks(cleaned["breaks"])
        if spans is None or found is None:
            self.add_error(
                "breaks",
                _("Write breaks as 12:00-13:00, 15:30-15:45.")
                if spans
                else _("Breaks go with from and to."),
            )
            return ()
        day, begins = cleaned["worked_on"], cleaned["begins"]
        edges = [
            self._instant("breaks", day if clock >= begins else day + ONE_DAY, clock)
            for pause in found
            for clock in pause
        ]
        return self._as_breaks([edge for edge in edges if edge])

    def _as_breaks(self, edges: list[datetime]) -> tuple[Interval, ...]:
        try:
            pairs = zip(edges[::2], edges[1::2], strict=True)
            return tuple(Interval(start, end) for start, end in pairs)
        except ValueError:
            self.add_error("breaks", _("A break ends after it starts."))
            return ()

    def _instant(self, name: str, day: date, clock: time) -> datetime | None:
        instants = instants_of(day, clock, self.zone)
        if len(instants) == 1:
            return instants[0]
        problem = (
            _("The clocks go back that night and show this time twice. Enter minutes instead.")
            if instants
            else _("The clocks go forward that night and skip this time.")
        )
        self.add_error(name, problem)
        return None

    def _work(
        self,
        cleaned: dict[str, Any],
        spans: tuple[datetime, datetime] | None,
        minutes: int | None,
        breaks: tuple[Interval, ...] = (),
    ) -> TimeWorked:
        return TimeWorked(
            work_type_id=cleaned["work_type"].pk,
            started_at=spans[0] if spans else None,
            ended_at=spans[1] if spans else None,
            breaks=breaks,
            minutes=minutes,
            worked_on=cleaned["worked_on"],
            is_billable=cleaned["is_billable"],
            not_billable_reason=cleaned["not_billable_reason"],
            is_out_of_scope=cleaned.get("is_out_of_scope", False),
            note=cleaned["note"],
            pricing=pricing_from(cleaned),
        )


def firm_zone() -> ZoneInfo:
    """Return the zone in which the firm's people mean their times of day."""
    return LegalEntity.objects.current().zone


def initial_of(entry: TimeEntry, zone: ZoneInfo) -> dict[str, Any]:
    """Return an entry as it would be typed."""
    spans = entry.started_at is not None and entry.ended_at is not None
    return {
        "minutes": "" if spans else str(entry.minutes),
        "begins": entry.started_at and _minute_of(entry.started_at, zone),
        "ends": entry.ended_at and _minute_of(entry.ended_at, zone),
        "breaks": breaks_as_typed(entry.pauses, zone),
        "worked_on": entry.worked_on,
        "work_type": entry.work_type_id,
        "is_billable": entry.is_billable,
        "not_billable_reason": entry.not_billable_reason,
        "is_out_of_scope": entry.is_out_of_scope,
        "note": entry.note,
        **pricing_as_typed(entry),
    }


def breaks_as_typed(pauses: Iterable[Interval], zone: ZoneInfo) -> str:
    """Return breaks as they would be typed."""
    return ", ".join(
        f"{_minute_of(pause.start, zone):%H:%M}-{_minute_of(pause.end, zone):%H:%M}"
        for pause in pauses
    )


def _minute_of(moment: datetime, zone: ZoneInfo) -> time:
    return moment.astimezone(zone).time().replace(second=0, microsecond=0)


def _in_use() -> Any:  # noqa: ANN401  (a queryset of work types)
    return WorkType.objects.filter(is_active=True)
