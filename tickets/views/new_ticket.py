"""A new ticket in one form: what it is about, and what was already done."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from clients.models import Client
from tickets.domain.work import Response
from tickets.forms.ticket import TicketForm
from tickets.forms.time import TimeForm, firm_zone
from tickets.models import Ticket, TicketStatus
from tickets.operations.open_ticket import open_ticket
from tickets.queries.clients import name_with_code, suggest_clients
from tickets.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.add_ticket", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Open a ticket; a button without JavaScript only fetches the client's contacts."""
    now, zone = timezone.now(), firm_zone()
    data = request.POST if request.method == "POST" else None
    time = TimeForm(data, ticket=None, today=now.astimezone(zone).date(), zone=zone)
    form = TicketForm(data, user=request.user, client=_named_client(request))
    if data is None or "choose" in data:
        return _form(request, form if data is None else _unjudged(request), time)
    if all([form.is_valid(), time.is_valid()]):
        new = replace(form.new_ticket, part_of_id=_part_of(request))
        response = Response(time=time.cleaned_data["work"], status_id=_status_id(request))
        try:
            ticket = open_ticket(new=new, actor=request.user, now=now, response=response)
        except Refusal as refusal:
            at = next((one for one in (form, time) if refusal.field in one.fields), None)
            (at or form).add_error(refusal.field if at else None, str(refusal))
        else:
            return redirect(ticket)
    return _form(request, form, time, status=422)


@require_safe
@permission_required("tickets.add_ticket", raise_exception=True)
def client_options(request: UserRequest) -> HttpResponse:
    """Suggest clients for what has been typed."""
    context = {"names": _names(request, request.GET.get("client", ""))}
    return render(request, "tickets/ticket_form.html#client_options", context)


@require_safe
@permission_required("tickets.add_ticket", raise_exception=True)
def client_choices(request: UserRequest) -> HttpResponse:
    """Offer the contacts, sites and assets of the client that was typed."""
    form = _unjudged(request)
    context = {"form": form, "client": form.typed_client}
    return render(request, "tickets/ticket_form.html#client_choices", context)


def _named_client(request: UserRequest) -> Client | None:
    """Return the client whose page led here."""
    wanted = request.GET.get("client", "")
    if not wanted.isdecimal() or request.method == "POST":
        return None
    return Client.objects.visible_to(request.user).filter(pk=wanted).first()


def _part_of(request: UserRequest) -> int | None:
    """Return the ticket that the new one is part of; another client's is none."""
    wanted = (request.POST or request.GET).get("part_of", "")
    if not wanted.isdecimal():
        return None
    return (
        Ticket.objects.visible_to(request.user)
        .filter(pk=wanted)
        .values_list("pk", flat=True)
        .first()
    )


def _unjudged(request: UserRequest) -> TicketForm:
    """Return the form as it was typed so far, without errors."""
    typed = (request.POST if request.method == "POST" else request.GET).dict()
    form = TicketForm(typed, user=request.user)
    return TicketForm(user=request.user, client=form.typed_client, initial=typed)


def _names(request: UserRequest, typed: str) -> list[str]:
    return [name_with_code(client) for client in suggest_clients(request.user, typed)]


def _status_id(request: UserRequest) -> int | None:
    wanted = request.POST.get("status", "")
    return int(wanted) if wanted.isdecimal() else None


def _form(
    request: UserRequest, form: TicketForm, time: TimeForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "client": form.typed_client,
        "time": time,
        "statuses": TicketStatus.objects.all(),
        "status_id": _status_id(request),
        "names": _names(request, ""),
        "part_of": _part_of(request),
    }
    return render(request, "tickets/ticket_form.html", context, status=status)
