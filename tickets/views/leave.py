"""Leave: who is away when."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from core.display import clock_text, day_text
from core.panels import history_url
from tickets.forms.appointment import LeaveForm
from tickets.forms.time import firm_zone
from tickets.models import Appointment, Leave
from tickets.operations.enter_leave import enter_leave
from tickets.operations.remove_leave import remove_leave
from tickets.refusals import Refusal

VIEW, ADD, CHANGE, DELETE = (
    f"tickets.{verb}_leave" for verb in ("view", "add", "change", "delete")
)
READ_OR_SEND = ["GET", "HEAD", "POST"]
SHOWN_BEHIND = timedelta(days=90)
MOST = 200
ONE_DAY = timedelta(days=1)


@require_safe
@permission_required(VIEW, raise_exception=True)
def leaves(request: UserRequest) -> HttpResponse:
    """List the leave that this person plans: their own, or everybody's."""
    since = timezone.now() - SHOWN_BEHIND
    rows = Leave.objects.visible_to(request.user).filter(ends_at__gt=since)
    zone = firm_zone()
    listed = [
        {
            "leave": one,
            "first": _edge(one.starts_at.astimezone(zone)),
            "last": _edge(one.ends_at.astimezone(zone), ends=True),
        }
        for one in rows.select_related("person")[:MOST]
    ]
    return render(request, "tickets/leaves.html", {"listed": listed})


@require_http_methods(READ_OR_SEND)
@permission_required(ADD, raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Enter leave."""
    initial = {"person": request.user.pk}
    form = LeaveForm(request.POST or None, user=request.user, zone=firm_zone(), initial=initial)
    return _edit(request, form, None)


@require_http_methods(READ_OR_SEND)
@permission_required(CHANGE, raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what was entered."""
    found = _find(request, pk)
    form = LeaveForm(request.POST or None, user=request.user, zone=firm_zone(), leave=found)
    return _edit(request, form, found)


@require_POST
@permission_required(DELETE, raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take leave back."""
    found = _find(request, pk)
    try:
        remove_leave(leave_id=found.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("dispatch:leaves")


def _edit(request: UserRequest, form: LeaveForm, found: Leave | None) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        try:
            leave = enter_leave(
                person_id=given["person"].pk,
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
                reason=given["reason"],
                actor=request.user,
                leave_id=found.pk if found else None,
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            _tell(request, leave)
            return redirect("dispatch:leaves")
    history = history_url(request, found) if found else ""
    context = {"form": form, "leave": found, "history_url": history}
    status = 422 if form.is_bound else 200
    return render(request, "tickets/leave.html", context, status=status)


def _tell(request: UserRequest, leave: Leave) -> None:
    messages.success(request, _("Saved."))
    booked = Appointment.objects.standing().filter(technician=leave.person_id)
    count = booked.within(leave.starts_at, leave.ends_at).count()
    if count:
        told = ngettext(
            "%(n)d appointment lies within this leave: move it or cancel it.",
            "%(n)d appointments lie within this leave: move them or cancel them.",
            count,
        )
        messages.warning(request, told % {"n": count})


def _edge(moment: datetime, *, ends: bool = False) -> str:
    """Write when leave begins or ends; at midnight the day alone says it."""
    if moment.time() == time(0):
        return day_text(moment.date() - ONE_DAY if ends else moment.date())
    return f"{day_text(moment.date())}, {clock_text(moment.time())}"


def _find(request: UserRequest, pk: int) -> Leave:
    rows = Leave.objects.visible_to(request.user).select_related("person")
    return get_object_or_404(rows, pk=pk)
