"""Appointments and leave as people type them, by the clock of the firm."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from core.business_hours.instants import first_shown, instant_of
from tickets.domain.scheduling import Booking
from tickets.domain.worktime import instants_of, parse_minutes
from tickets.forms.ticket_field import ticket_field, ticket_of
from tickets.models import Appointment, Leave, Ticket
from tickets.queries.finding import offered_tickets

ONE_DAY = timedelta(days=1)
TIMES = {"day", "begins"}


def plannable(user: User, *also: int | None) -> QuerySet[User]:
    """Return for whom this person may plan: for all staff, or for oneself."""
    rows: QuerySet[User] = User.objects.staff()
    if user.has_perm("tickets.schedule_others"):
        return rows
    return rows.filter(Q(pk=user.pk) | Q(pk__in=[one for one in also if one]))


class AppointmentForm(forms.Form):
    """Which ticket, who, when and for how long."""

    ticket = ticket_field()
    technician = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Technician"), empty_label=None
    )
    day = forms.DateField(label=gettext_lazy("Day"))
    begins = forms.TimeField(label=pgettext_lazy("time of day", "From"))
    length = forms.CharField(
        label=gettext_lazy("Duration"),
        widget=forms.TextInput(attrs={"placeholder": "45, 1:30, 1h30", "autocomplete": "off"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        user: User,
        zone: ZoneInfo,
        appointment: Appointment | None = None,
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        """Offer whom this person may plan for; an appointment keeps its ticket."""
        if appointment is not None:
            options.setdefault("initial", initial_of(appointment, zone))
        super().__init__(data, **options)
        self.user, self.zone, self.appointment = user, zone, appointment
        self.offered = () if appointment else offered_tickets(user)
        own = appointment.technician_id if appointment else None
        self.fields["technician"].queryset = plannable(user, own)  # type: ignore[attr-defined]  # a choice of a model
        if appointment is not None:
            del self.fields["ticket"]

    def clean_ticket(self) -> Ticket:
        """Find the ticket by its number, or by words."""
        return ticket_of(self.cleaned_data["ticket"], self.user)

    def clean_length(self) -> int:
        """Read the duration as it was meant."""
        minutes = parse_minutes(self.cleaned_data["length"])
        if not minutes:
            raise forms.ValidationError(_("Write it as 45, 1:30, 1h30 or 0.75h."))
        return minutes

    def clean(self) -> dict[str, Any]:
        """Find the instants at which it starts and ends."""
        cleaned: dict[str, Any] = self.cleaned_data
        if self.errors:
            return cleaned
        start = self._start(cleaned)
        if start is not None:
            cleaned["booking"] = Booking(
                technician_id=cleaned["technician"].pk,
                starts_at=start,
                ends_at=start + timedelta(minutes=cleaned["length"]),
                note=cleaned["note"],
                accepted=frozenset(self.data.getlist("accepted")),  # type: ignore[attr-defined]  # a request's
            )
        return cleaned

    def _start(self, cleaned: dict[str, Any]) -> datetime | None:
        """Return the start; where it was not touched, the very instant that it was."""
        if self.appointment is not None and not TIMES.intersection(self.changed_data):
            return self.appointment.starts_at
        instants = instants_of(cleaned["day"], cleaned["begins"], self.zone)
        if not instants:
            self.add_error("begins", _("The clocks go forward that night and skip this time."))
            return None
        return instants[0]


class LeaveForm(forms.Form):
    """Who is away, from which day to which; with times, only for a part of the first and last."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Person"), empty_label=None
    )
    first_on = forms.DateField(label=gettext_lazy("First day"))
    last_on = forms.DateField(label=gettext_lazy("Last day"))
    leaves_at = forms.TimeField(
        label=gettext_lazy("From, on the first day"),
        required=False,
        help_text=gettext_lazy("empty: the whole day"),
    )
    back_at = forms.TimeField(
        label=gettext_lazy("Until, on the last day"),
        required=False,
        help_text=gettext_lazy("empty: the whole day"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("colleagues see only that somebody is away"),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        user: User,
        zone: ZoneInfo,
        leave: Leave | None = None,
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        """Offer whom this person may plan for."""
        if leave is not None:
            options.setdefault("initial", initial_of_leave(leave, zone))
        super().__init__(data, **options)
        self.zone = zone
        own = leave.person_id if leave else None
        self.fields["person"].queryset = plannable(user, own)  # type: ignore[attr-defined]  # a choice of a model

    def clean(self) -> dict[str, Any]:
        """Find the instants between which the person is away."""
        cleaned: dict[str, Any] = self.cleaned_data
        if self.errors:
            return cleaned
        first, last = cleaned["first_on"], cleaned["last_on"]
        cleaned["starts_at"] = self._edge(first, cleaned["leaves_at"] or time(0))
        until = (last, cleaned["back_at"]) if cleaned["back_at"] else (last + ONE_DAY, time(0))
        cleaned["ends_at"] = self._edge(*until)
        if cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("last_on", _("The leave ends before it starts."))
        return cleaned

    def _edge(self, day: date, clock: time) -> datetime:
        return instant_of(first_shown(self.zone, datetime.combine(day, clock)))


def initial_of(appointment: Appointment, zone: ZoneInfo) -> dict[str, Any]:
    """Return an appointment as it would be typed."""
    start = appointment.starts_at.astimezone(zone)
    return {
        "technician": appointment.technician_id,
        "day": start.date(),
        "begins": start.time().replace(second=0, microsecond=0),
        "length": length_as_typed(appointment.minutes),
        "note": appointment.note,
    }


def initial_of_leave(leave: Leave, zone: ZoneInfo) -> dict[str, Any]:
    """Return leave as it would be typed."""
    start, end = leave.starts_at.astimezone(zone), leave.ends_at.astimezone(zone)
    is_whole = end.time() == time(0)
    return {
        "person": leave.person_id,
        "first_on": start.date(),
        "last_on": end.date() - ONE_DAY if is_whole else end.date(),
        "leaves_at": start.time() if start.time() != time(0) else None,
        "back_at": None if is_whole else end.time(),
        "reason": leave.reason,
    }


def length_as_typed(minutes: int) -> str:
    """Return a duration as it would be typed: 45 or 1:30."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02d}" if hours else str(rest)
