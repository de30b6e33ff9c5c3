"""A person's days: look, fill the holes, hand in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import UserRequest
from tickets.forms.sheet import SheetForm
from tickets.forms.time import firm_zone
from tickets.operations.log_time import log_time
from tickets.operations.submit_days import submit_days
from tickets.operations.withdraw_days import withdraw_days
from tickets.queries.timers import timers_of
from tickets.queries.timesheet import week_sheet
from tickets.refusals import Refusal

MAY = "tickets.add_timeentry"
APPROVES = "tickets.approve_timesheetday"
ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(2000, 1, 3), date(9000, 1, 1)


@require_safe
@permission_required(MAY, raise_exception=True)
def sheet(request: UserRequest) -> HttpResponse:
    """Show a day within its week: one's own, or anybody's to those who approve."""
    person, day = _person(request), _day(request)
    now, today = timezone.now(), _today()
    week = week_sheet(person, day, now, today)
    may_approve = request.user.has_perm(APPROVES)
    context = {
        "week": week,
        "sheet": week.on(day),
        "person": person,
        "is_own": person == request.user,
        "today": today,
        "before": week.days[0].day - ONE_DAY,
        "after": week.days[6].day + ONE_DAY,
        "colleagues": User.objects.staff() if may_approve else None,
        "board": timers_of(person, now) if person == request.user else None,
    }
    return render(request, "tickets/sheet.html", context)


@require_safe
@permission_required(MAY, raise_exception=True)
def mine(request: UserRequest) -> HttpResponse:
    """Show on My work what runs, what was logged today, and what is not handed in."""
    today = _today()
    now = timezone.now()
    week = week_sheet(request.user, today, now, today)
    context = {
        "week": week,
        "sheet": week.on(today),
        "open_days": [one for one in week.days if one.can_be_submitted],
        "returned": [one for one in week.days if one.handed_in and one.handed_in.is_returned],
        "board": timers_of(request.user, now),
    }
    return render(request, "tickets/time_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY, raise_exception=True)
def add(request: UserRequest) -> HttpResponse:
    """Fill a hole of a day."""
    day, zone = _day(request), firm_zone()
    initial = {"worked_on": day} | _times_of_hole(request, zone)
    form = SheetForm(request.POST or None, user=request.user, zone=zone, initial=initial)
    if form.is_valid():
        try:
            entry = log_time(
                ticket_id=form.cleaned_data["ticket"].pk,
                work=form.cleaned_data["work"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Logged."))
            return redirect(_address(entry.worked_on))
    context = {"form": form, "day": day, "back": _address(day)}
    return render(request, "tickets/sheet_add.html", context, status=422 if form.is_bound else 200)


@require_POST
@permission_required(MAY, raise_exception=True)
def submit(request: UserRequest) -> HttpResponse:
    """Hand in a day or a week."""
    days = _days(request)

    def hand_in() -> str:
        rows = submit_days(days=days, actor=request.user, now=timezone.now())
        told = ngettext("%(n)d day submitted.", "%(n)d days submitted.", len(rows))
        return told % {"n": len(rows)}

    return _do(request, hand_in)


@require_POST
@permission_required(MAY, raise_exception=True)
def withdraw(request: UserRequest) -> HttpResponse:
    """Take back a day or a week that nobody has approved yet."""
    days = _days(request)

    def take_back() -> str:
        count = withdraw_days(days=days, actor=request.user)
        return ngettext("%(n)d day taken back.", "%(n)d days taken back.", count) % {"n": count}

    return _do(request, take_back)


def _do(request: UserRequest, work: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, work())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(_day(request)))


def _days(request: UserRequest) -> list[date]:
    """Return the days that were named."""
    found = map(_as_day, request.POST.getlist("days"))
    return [day for day in found if day is not None]


def _person(request: UserRequest) -> User:
    given = request.GET.get("person", "")
    if not given or given == str(request.user.pk):
        return request.user
    if not request.user.has_perm(APPROVES) or not given.isdecimal():
        raise Http404
    person: User = get_object_or_404(User.objects.staff(), pk=int(given[:18]))
    return person


def _day(request: UserRequest) -> date:
    return _as_day(request.GET.get("day", "")) or _today()


def _as_day(given: str) -> date | None:
    """Return the day that was named, if it is one on which somebody can have worked."""
    try:
        day = parse_date(given)
    except ValueError:
        return None
    return day if day is not None and FIRST_DAY <= day < LAST_DAY else None


def _today() -> date:
    return timezone.localdate(timezone=firm_zone())


def _times_of_hole(request: UserRequest, zone: ZoneInfo) -> dict[str, Any]:
    """Return from when to when the clicked hole is; one of a night may begin a day later."""
    edges = {"begins": request.GET.get("from", ""), "ends": request.GET.get("to", "")}
    found: dict[str, datetime] = {}
    for name, given in edges.items():
        moment = _moment(given)
        if moment is not None:
            found[name] = moment.astimezone(zone).replace(second=0, microsecond=0)
    if len(found) < len(edges):
        return {}
    return {"worked_on": found["begins"].date()} | {name: at.time() for name, at in found.items()}


def _moment(given: str) -> datetime | None:
    try:
        moment = parse_datetime(given)
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


def _address(day: date) -> str:
    return f"{reverse('time:sheet')}?day={day:%Y-%m-%d}"
