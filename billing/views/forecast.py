"""The price of what a technician is typing, before it is saved."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.forecast import Forecast, forecast_flat, forecast_part, forecast_time
from billing.forms.forecast import FlatQuestion, PartQuestion, TimeQuestion
from clients.models import LegalEntity
from tickets.models import Ticket

Answer = Callable[[UserRequest, int], Forecast | None]


@require_safe
@permission_required("tickets.add_timeentry", raise_exception=True)
def time(request: UserRequest) -> HttpResponse:
    """Show what the work would cost."""
    return _show(request, _of_time)


@require_safe
@permission_required("tickets.add_timeentry", raise_exception=True)
def part(request: UserRequest) -> HttpResponse:
    """Show what the part would cost."""
    return _show(request, _of_part)


@require_safe
@permission_required("tickets.add_timeentry", raise_exception=True)
def flat(request: UserRequest) -> HttpResponse:
    """Show what the flat-rate service would cost."""
    return _show(request, _of_flat)


def _show(request: UserRequest, answer: Answer) -> HttpResponse:
    """Answer about a ticket that the person may see; a hint where the question is not whole yet."""
    ticket = request.GET.get("ticket", "")
    forecast = None
    if ticket.isdecimal():
        visible = Ticket.objects.visible_to(request.user).filter(pk=int(ticket[:18]))
        if not visible.exists():
            raise Http404
        with suppress(LegalEntity.DoesNotExist):
            forecast = answer(request, int(ticket[:18]))
    return render(request, "billing/forecast.html", {"forecast": forecast})


def _of_time(request: UserRequest, ticket_id: int) -> Forecast | None:
    form = TimeQuestion(request.GET)
    if not form.is_valid():
        return None
    zone = LegalEntity.objects.current().zone
    today = timezone.localdate(timezone=zone)
    return forecast_time(form.asked(ticket_id, request.user.pk, today, zone))


def _of_part(request: UserRequest, ticket_id: int) -> Forecast | None:
    form = PartQuestion(request.GET)
    if not form.is_valid():
        return None
    return forecast_part(
        ticket_id=ticket_id,
        quantity=form.cleaned_data["quantity"],
        unit_price=form.cleaned_data["unit_price"],
        used_on=form.cleaned_data["used_on"] or timezone.localdate(),
        is_billable=form.cleaned_data["is_billable"],
    )


def _of_flat(request: UserRequest, ticket_id: int) -> Forecast | None:
    form = FlatQuestion(request.GET)
    if not form.is_valid():
        return None
    return forecast_flat(
        ticket_id=ticket_id,
        quantity=form.cleaned_data["quantity"] or Decimal(1),
        price=form.cleaned_data["product"].price,
        done_on=timezone.localdate(),
    )
