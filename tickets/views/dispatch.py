"""The dispatch calendar, and what is dropped on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from core.business_hours import Interval
from tickets.domain.scheduling import STEP, place_of, whole_hours
from tickets.forms.drop import DropForm
from tickets.forms.time import firm_zone
from tickets.models import Ticket
from tickets.operations.book_appointment import book_appointment
from tickets.operations.move_appointment import move_appointment
from tickets.queries.appointments import unscheduled
from tickets.queries.calendar_state import state_of
from tickets.queries.schedule import Lane, LaneDay, lanes
from tickets.refusals import Refusal, SlotConflicts

VIEW, CHANGE = "tickets.view_appointment", "tickets.change_appointment"
BACKLOG = 30
DAYS_OF_A_WEEK = 7
FIRST_DAY, LAST_DAY = date(2000, 1, 3), date(9000, 1, 1)
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the calendar is looked at; it stands in the address."""

    day: date
    is_week: bool
    person: int | None
    search: str

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.day - timedelta(days=self.day.weekday()) if self.is_week else self.day

    @property
    def days(self) -> list[date]:
        """The days that are shown."""
        count = DAYS_OF_A_WEEK if self.is_week else 1
        return [self.first + timedelta(days=n) for n in range(count)]

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.days[-1]

    def url(self, **others: Any) -> str:  # noqa: ANN401  (fields of this)
        """Return the address of this, or of the same with something else."""
        one = replace(self, **others)
        query: dict[str, Any] = {"view": "week" if one.is_week else "day", "day": one.day}
        query |= {"who": one.person} if one.person else {}
        query |= {"q": one.search} if one.search else {}
        return f"{reverse('dispatch:calendar')}?{urlencode(query)}"

    @property
    def place_url(self) -> str:
        """Return where something is dropped while this is looked at."""
        return self.url().replace(reverse("dispatch:calendar"), reverse("dispatch:place"), 1)


@require_safe
@permission_required(VIEW, raise_exception=True)
def calendar(request: UserRequest) -> HttpResponse:
    """Show who works when, and what nobody is booked for yet."""
    return _draw(request, {})


@require_safe
@permission_required(VIEW, raise_exception=True)
def news(request: UserRequest) -> HttpResponse:
    """Say whether what is looked at has changed since it was drawn; nothing where it has not."""
    shown = _shown(request)
    backlog = _backlog(request, shown, timezone.now())
    if state_of(shown.days, firm_zone(), backlog) == request.GET.get("since"):
        return HttpResponse(status=204)
    return render(request, "tickets/news.html")


@require_POST
@permission_required(CHANGE, raise_exception=True)
def place(request: UserRequest) -> HttpResponse:
    """Book the ticket that was dropped on a slot, or move the appointment."""
    form = DropForm(request.POST, user=request.user, zone=firm_zone(), now=timezone.now())
    if not form.is_valid():
        return HttpResponseBadRequest(_("This cannot be dropped here."))
    given = form.cleaned_data
    try:
        if given["appointment"]:
            move_appointment(
                appointment_id=given["appointment"].pk,
                booking=given["booking"],
                actor=request.user,
                now=timezone.now(),
                seen=given["seen"],
            )
        else:
            book_appointment(
                ticket_id=given["ticket"].pk,
                booking=given["booking"],
                actor=request.user,
                now=timezone.now(),
            )
    except Refusal as refusal:
        return _draw(request, _refused(form, refusal), 422)
    if not request.htmx:
        return redirect(_shown(request).url())
    messages.success(request, _("Booked."))
    return _draw(request, {})


def _refused(form: DropForm, refusal: Refusal) -> dict[str, Any]:
    """Return what the calendar asks: conflicts can be accepted as they were told."""
    if isinstance(refusal, SlotConflicts):
        return {"conflict": str(refusal), "accepts": refusal.keys, "dropped": form.again()}
    return {"problem": str(refusal)}


def _draw(request: UserRequest, more: Mapping[str, Any], status: int = 200) -> HttpResponse:
    shown, zone, now = _shown(request), firm_zone(), timezone.now()
    everybody = lanes(request.user, shown.days, zone)
    found = [one for one in everybody if shown.person in {None, one.person.pk}]
    backlog = _backlog(request, shown, now)
    context = {
        "state": state_of(shown.days, zone, backlog),
        **_links(shown, now.astimezone(zone).date()),
        "shown": shown,
        "lanes": found,
        "people": [one.person for one in everybody],
        "today": now.astimezone(zone).date(),
        "zone": zone,
        "backlog": backlog[:BACKLOG],
        "has_more": len(backlog) > BACKLOG,
        **more,
    }
    if not shown.is_week:
        context |= _day_view(found, zone)
    template = "tickets/dispatch.html#dispatch" if request.htmx else "tickets/dispatch.html"
    with timezone.override(zone):
        return render(request, template, context, status=status)


def _backlog(request: UserRequest, shown: Shown, now: datetime) -> list[Ticket]:
    """Return what nobody is booked for, and one more where there is more than is shown."""
    return list(unscheduled(request.user, now, shown.search)[: BACKLOG + 1])


def _links(shown: Shown, today: date) -> dict[str, str]:
    """Return where one can go from what is shown."""
    step = timedelta(days=len(shown.days))
    return {
        "before": shown.url(day=max(shown.first - step, FIRST_DAY)),
        "after": shown.url(day=shown.first + step),
        "today_url": shown.url(day=today),
        "week_url": shown.url(is_week=True),
        "day_url": shown.url(is_week=False),
        "place_url": shown.place_url,
    }


def _day_view(found: list[Lane], zone: ZoneInfo) -> dict[str, Any]:
    """Return the hours of the day and where on them everything stands."""
    days = [one.days[0] for one in found]
    if not days:
        return {"hours": [], "rows": []}
    times = [each for day in days for each in _times_of(day)]
    hours = whole_hours(days[0].whole, times)
    count = hours.seconds // 3600
    rows = [
        {"lane": lane, "day": day, "back": _back(day, hours), "front": _front(day, hours)}
        for lane, day in zip(found, days, strict=True)
    ]
    return {
        "hours": [(hours.start + n * ONE_HOUR).astimezone(zone) for n in range(count)],
        "hour_count": count,
        "quarters": hours.seconds // int(STEP.total_seconds()),
        "day_start": int(hours.start.timestamp()),
        "rows": rows,
    }


def _times_of(day: LaneDay) -> list[Interval]:
    return [*day.open_hours, *(one.appointment.slot for one in day.booked)]


def _back(day: LaneDay, hours: Interval) -> list[tuple[str, tuple[int, int]]]:
    """Return the working hours and the leave, each with its place."""
    times = [("open", one) for one in day.open_hours] + [("leave", one.slot) for one in day.leave]
    return [(kind, at) for kind, slot in times if (at := place_of(slot, hours))]


def _front(day: LaneDay, hours: Interval) -> list[tuple[Any, tuple[int, int]]]:
    """Return the appointments, each with its place."""
    placed = [(one, place_of(one.appointment.slot, hours)) for one in day.booked]
    return [(one, at) for one, at in placed if at]


def _shown(request: UserRequest) -> Shown:
    given = request.GET
    who = given.get("who", "")
    return Shown(
        day=_as_day(given.get("day", "")) or timezone.localdate(timezone=firm_zone()),
        is_week=given.get("view", "week") != "day",
        person=int(who[:18]) if who.isdecimal() else None,
        search=given.get("q", "").strip()[:100],
    )


def _as_day(given: str) -> date | None:
    try:
        day = datetime.strptime(given, "%Y-%m-%d").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return None
    return day if FIRST_DAY <= day < LAST_DAY else None
