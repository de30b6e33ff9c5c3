"""What was dropped on the dispatch calendar, and where."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from accounts.models import User
from core.business_hours.instants import first_shown, instant_of
from tickets.domain.scheduling import LONGEST, Booking
from tickets.models import Appointment, Ticket
from tickets.queries.schedule import room_on

MORNING = time(9)
USUAL_MINUTES = 60
MOST_MINUTES = LONGEST // timedelta(minutes=1)


class DropForm(forms.Form):
    """A ticket or an appointment, dropped on an instant or on a day of somebody's.

    On a day a ticket takes the first room in the working hours, and an appointment keeps its time
    of day.
    """

    ticket = forms.ModelChoiceField(Ticket.objects.none(), required=False)
    appointment = forms.ModelChoiceField(Appointment.objects.none(), required=False)
    technician = forms.ModelChoiceField(User.objects.none())
    start = forms.DateTimeField(required=False)
    day = forms.DateField(required=False)
    minutes = forms.IntegerField(min_value=1, max_value=MOST_MINUTES, required=False)
    seen = forms.IntegerField(min_value=0, required=False)

    def __init__(
        self,
        data: Any,  # noqa: ANN401  (what a request holds)
        *,
        user: User,
        zone: ZoneInfo,
        now: datetime,
    ) -> None:
        """Take what this person may see."""
        super().__init__(data)
        self.zone, self.now = zone, now
        self._take("ticket", Ticket.objects.visible_to(user))
        self._take("appointment", Appointment.objects.visible_to(user))
        self._take("technician", User.objects.staff())

    def clean(self) -> dict[str, Any]:
        """Find the time that is meant."""
        cleaned: dict[str, Any] = self.cleaned_data
        is_something = bool(cleaned.get("ticket")) != bool(cleaned.get("appointment"))
        is_somewhere = bool(cleaned.get("start")) or bool(cleaned.get("day"))
        if self.errors or not is_something or not is_somewhere:
            raise forms.ValidationError("nothing was dropped")
        appointment: Appointment | None = cleaned["appointment"]
        minutes = cleaned["minutes"] or (appointment.minutes if appointment else USUAL_MINUTES)
        length = timedelta(minutes=minutes)
        start = cleaned["start"] or self._start_on(cleaned["day"], length)
        cleaned["start"] = start
        cleaned["booking"] = Booking(
            technician_id=cleaned["technician"].pk,
            starts_at=start,
            ends_at=start + length,
            note=appointment.note if appointment else "",
            accepted=frozenset(self.data.getlist("accepted")),  # type: ignore[attr-defined]  # a request's
        )
        return cleaned

    def again(self) -> list[tuple[str, str]]:
        """Return the same as it would be sent again, with the time that was found."""
        booking: Booking = self.cleaned_data["booking"]
        length = booking.ends_at - booking.starts_at
        same = [(name, self.data.get(name, "")) for name in ("ticket", "appointment", "seen")]
        return [
            *same,
            ("technician", str(booking.technician_id)),
            ("start", booking.starts_at.isoformat()),
            ("minutes", str(length // timedelta(minutes=1))),
        ]

    def _start_on(self, day: date, length: timedelta) -> datetime:
        appointment: Appointment | None = self.cleaned_data["appointment"]
        if appointment is not None:
            return self._clock_on(day, appointment.starts_at.astimezone(self.zone).time())
        person = self.cleaned_data["technician"]
        room = room_on(person, day, self.zone, length, self.now)
        return room or self._clock_on(day, MORNING)

    def _clock_on(self, day: date, clock: time) -> datetime:
        shown = datetime.combine(day, clock.replace(second=0, microsecond=0))
        return instant_of(first_shown(self.zone, shown))

    def _take(self, name: str, rows: Any) -> None:  # noqa: ANN401  (a queryset)
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice of a model
