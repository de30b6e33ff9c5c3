"""Timers: start, park, stop and log from anywhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from tickets.domain.measured import as_measured
from tickets.forms.time import firm_zone
from tickets.forms.timer import TimerForm
from tickets.models import Ticket, Timer
from tickets.operations.discard_timer import discard_timer
from tickets.operations.log_timer import log_timer
from tickets.operations.note_timer import note_timer
from tickets.operations.park_timer import park_timer
from tickets.operations.resume_timer import resume_timer
from tickets.operations.start_timer import start_timer
from tickets.queries.timers import measured_timer, timers_of
from tickets.refusals import Refusal
from tickets.views.forecast import question_about

MAY = "tickets.add_timeentry"


@require_safe
@permission_required(MAY, raise_exception=True)
def timers(request: UserRequest) -> HttpResponse:
    """Show the timer that runs and those that are parked."""
    return render(request, "tickets/timers.html", _context(request))


@require_safe
@permission_required(MAY, raise_exception=True)
def control(request: UserRequest) -> HttpResponse:
    """Show the small control of the top bar, as it is now."""
    return _control(request)


@require_POST
@permission_required(MAY, raise_exception=True)
def start(request: UserRequest) -> HttpResponse:
    """Measure from now on, for the ticket that is looked at where there is one."""
    ticket = _ticket_of(request)

    def press() -> object:
        pk = ticket.pk if ticket else None
        return start_timer(ticket_id=pk, actor=request.user, now=timezone.now())

    return _press(request, press)


@require_POST
@permission_required(MAY, raise_exception=True)
def resume(request: UserRequest, pk: int) -> HttpResponse:
    """Go on with a parked timer."""
    timer = _find(request, pk)
    return _press(
        request,
        lambda: resume_timer(timer_id=timer.pk, actor=request.user, now=timezone.now()),
    )


@require_POST
@permission_required(MAY, raise_exception=True)
def park(request: UserRequest, pk: int) -> HttpResponse:
    """Stop measuring for now."""
    timer = _find(request, pk)
    return _press(
        request, lambda: park_timer(timer_id=timer.pk, actor=request.user, now=timezone.now())
    )


@require_POST
@permission_required(MAY, raise_exception=True)
def stop(request: UserRequest, pk: int) -> HttpResponse:
    """Stop measuring, perhaps at an earlier moment, and ask what was done."""
    timer = _find(request, pk)
    at = _moment(request.POST.get("at", ""))
    try:
        park_timer(timer_id=timer.pk, actor=request.user, now=timezone.now(), stopped_at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("time:timers")
    return redirect("time:timer-log", pk)


@require_POST
@permission_required(MAY, raise_exception=True)
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a timer away."""
    timer = _find(request, pk)
    return _press(request, lambda: discard_timer(timer_id=timer.pk, actor=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY, raise_exception=True)
def log(request: UserRequest, pk: int) -> HttpResponse:
    """Make a time entry of a timer; whatever is refused keeps the timer and what was typed."""
    timer = _find(request, pk)
    if timer.is_running:
        messages.info(request, _("This timer is running. Stop it, then log it."))
        return redirect("time:timers")
    measured = measured_timer(timer, timezone.now())
    form = TimerForm(request.POST or None, measured=measured, user=request.user, zone=firm_zone())
    if form.is_valid():
        try:
            return _logged(request, pk, form)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    if form.is_bound:
        _keep(request, timer, form)
    context = {"measured": measured, "timer": timer, "form": form}
    return render(request, "tickets/timer_log.html", context, status=422 if form.is_bound else 200)


@require_safe
@permission_required(MAY, raise_exception=True)
def forecast(request: UserRequest, pk: int) -> HttpResponse:
    """Lead to what the timer's work will cost; say nothing while it cannot be told."""
    measured = measured_timer(_find(request, pk), timezone.now())
    form = TimerForm(request.GET, measured=measured, user=request.user, zone=firm_zone())
    if not form.is_valid() or not measured.worked:
        return HttpResponse()
    typed = form.cleaned_data["work"]
    work = as_measured(typed, measured.worked)
    asked = {"ticket": form.cleaned_data["ticket"].pk, **question_about(work)}
    if work is not typed:
        asked["minutes"] = measured.minutes
    return redirect(f"{reverse('billing:forecast-time')}?{urlencode(asked)}")


def _logged(request: UserRequest, pk: int, form: TimerForm) -> HttpResponse:
    seen = request.POST.get("seconds_seen", "")
    entry = log_timer(
        timer_id=pk,
        ticket_id=form.cleaned_data["ticket"].pk,
        work=form.cleaned_data["work"],
        seconds_seen=int(seen[:9]) if seen.isdecimal() else 0,
        actor=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Logged."))
    return redirect(entry.ticket)


def _keep(request: UserRequest, timer: Timer, form: TimerForm) -> None:
    """Keep the words of a form that was refused with the timer, so that nothing is lost."""
    note = str(form.data.get("note", ""))
    if note.strip() and note.strip() != timer.note:
        try:
            note_timer(timer_id=timer.pk, ticket_id=None, note=note, actor=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))


def _moment(given: str) -> datetime | None:
    try:
        moment = parse_datetime(given)
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


def _find(request: UserRequest, pk: int) -> Timer:
    return get_object_or_404(
        Timer.objects.visible_to(request.user).select_related("ticket__client"), pk=pk
    )


def _ticket_of(request: UserRequest) -> Ticket | None:
    """Return the ticket that the request names, None where it names none."""
    given = request.POST.get("ticket") or request.GET.get("ticket") or ""
    if not given.isdecimal():
        return None
    return get_object_or_404(Ticket.objects.visible_to(request.user), pk=int(given[:18]))


def _press(request: UserRequest, press: Callable[[], object]) -> HttpResponse:
    """Do it, and show the control anew or go back to where it was pressed."""
    error = ""
    try:
        press()
    except Refusal as refusal:
        error = str(refusal)
    if request.htmx:
        return _control(request, error)
    if error:
        messages.error(request, error)
    return redirect(_back(request))


def _control(request: UserRequest, error: str = "") -> HttpResponse:
    context = {**_context(request), "ticket": _ticket_of(request), "error": error}
    status = 422 if error else 200
    return render(request, "tickets/timers.html#control", context, status=status)


def _context(request: UserRequest) -> dict[str, Any]:
    return {"board": timers_of(request.user, timezone.now())}


def _back(request: UserRequest) -> str:
    """Return the page on which the button was pressed, if it is one of ours."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if safe else reverse("time:timers")
