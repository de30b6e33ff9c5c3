"""One appointment: made, changed and cancelled with a form, without the mouse or JavaScript."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from core.panels import history_url
from tickets.forms.appointment import AppointmentForm
from tickets.forms.time import firm_zone
from tickets.models import Appointment, Ticket
from tickets.operations.book_appointment import book_appointment
from tickets.operations.cancel_appointment import cancel_appointment
from tickets.operations.move_appointment import move_appointment
from tickets.queries.finding import meant_tickets, named, offered_tickets, suggested_tickets
from tickets.refusals import Refusal, SlotConflicts

ADD, CHANGE, DELETE = (f"tickets.{verb}_appointment" for verb in ("add", "change", "delete"))
READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@permission_required(ADD, raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Book somebody for a ticket."""
    ticket = _ticket(request)
    form = AppointmentForm(
        request.POST or None,
        user=request.user,
        zone=firm_zone(),
        initial=_suggested(request, ticket),
    )
    context: dict[str, Any] = {"form": form, "ticket": ticket, "back": back_to(request)}
    if form.is_valid():
        try:
            booked = book_appointment(
                ticket_id=form.cleaned_data["ticket"].pk,
                booking=form.cleaned_data["booking"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            context |= refused(form, refusal)
        else:
            messages.success(request, _("Booked."))
            return redirect(_calendar_of(booked))
    return _show(request, context)


@require_http_methods(READ_OR_SEND)
@permission_required(CHANGE, raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change when an appointment is and whose it is."""
    found = find_appointment(request, pk)
    form = AppointmentForm(
        request.POST or None, user=request.user, zone=firm_zone(), appointment=found
    )
    context: dict[str, Any] = {
        "form": form,
        "appointment": found,
        "ticket": found.ticket,
        "back": _calendar_of(found),
        "history_url": history_url(request, found),
        "may_change": found.technician_id == request.user.pk
        or request.user.has_perm("tickets.schedule_others"),
    }
    if form.is_valid():
        try:
            moved = move_appointment(
                appointment_id=pk,
                booking=form.cleaned_data["booking"],
                actor=request.user,
                now=timezone.now(),
                seen=seen_by(request),
            )
        except Refusal as refusal:
            context |= refused(form, refusal) | {"appointment": find_appointment(request, pk)}
        else:
            messages.success(request, _("Saved."))
            return redirect(_calendar_of(moved))
    return _show(request, context)


@require_POST
@permission_required(DELETE, raise_exception=True)
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Call an appointment off."""
    found = find_appointment(request, pk)
    try:
        cancel_appointment(
            appointment_id=pk, actor=request.user, now=timezone.now(), seen=seen_by(request)
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("Cancelled."))
    return redirect(_calendar_of(found))


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def ticket_options(request: UserRequest) -> HttpResponse:
    """Suggest tickets for what is typed; one's own ones for nothing."""
    typed = request.GET.get("ticket", "")[:300].strip()
    user = request.user
    found = suggested_tickets(user, typed) if typed else offered_tickets(user)
    names = ((named(one),) for one in found)
    return HttpResponse(format_html_join("", '<option value="{}"></option>', names))


def find_appointment(request: UserRequest, pk: int) -> Appointment:
    """Return the appointment with its ticket, or answer 404."""
    rows = Appointment.objects.visible_to(request.user)
    with_all = rows.select_related("ticket__client", "technician", "booked_by")
    return get_object_or_404(with_all, pk=pk)


def refused(form: AppointmentForm, refusal: Refusal) -> dict[str, Any]:
    """Tell why it was not booked; conflicts can be accepted, one by one as they were told."""
    if isinstance(refusal, SlotConflicts):
        return {"conflict": str(refusal), "accepts": refusal.keys}
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return {}


def seen_by(request: UserRequest) -> int | None:
    """Return the revision that the page showed."""
    seen = request.POST.get("seen", "")
    return int(seen[:9]) if seen.isdecimal() else None


def back_to(request: UserRequest) -> str:
    """Return the calendar of the day that was asked for."""
    day = request.GET.get("day", "")
    query = f"?day={day}" if day.replace("-", "").isdecimal() else ""
    return reverse("dispatch:calendar") + query


def _show(request: UserRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, "tickets/appointment.html", context, status=status)


def _calendar_of(appointment: Appointment) -> str:
    day = appointment.starts_at.astimezone(firm_zone()).date()
    return f"{reverse('dispatch:calendar')}?day={day:%Y-%m-%d}"


def _ticket(request: UserRequest) -> Ticket | None:
    given = request.POST.get("ticket") or request.GET.get("ticket", "")
    found = meant_tickets(request.user, given[:300])
    return found[0] if len(found) == 1 else None


def _suggested(request: UserRequest, ticket: Ticket | None) -> dict[str, Any]:
    """Return what a link says about the appointment to be made."""
    given = request.GET
    return {
        "ticket": named(ticket) if ticket else given.get("ticket", ""),
        "technician": given.get("technician") or request.user.pk,
        "day": _read(parse_date, given.get("day", "")) or timezone.localdate(timezone=firm_zone()),
        "begins": _read(parse_time, given.get("at", "")),
        "length": given.get("length", "1:00"),
    }


def _read(reader: Any, given: str) -> Any:  # noqa: ANN401  (a day or a time)
    try:
        return reader(given)
    except ValueError:
        return None
