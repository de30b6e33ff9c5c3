"""A new ticket in one form: what it is about, and what was already done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.finding import name_with_code
from clients.models import Client
from tickets.domain.work import Response
from tickets.forms.composer import left_in
from tickets.forms.ticket import TicketForm, typed_in_new
from tickets.forms.time import TimeForm, firm_zone
from tickets.models import NewTicketDraft, Ticket, TicketStatus, TicketTemplate
from tickets.operations.keep_new_ticket_draft import keep_new_ticket_draft
from tickets.operations.open_ticket import open_ticket
from tickets.queries.clients import suggest_clients
from tickets.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.add_ticket", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Open a ticket; a button without JavaScript only fetches the client's contacts."""
    now, zone = timezone.now(), firm_zone()
    data = request.POST if request.method == "POST" else None
    draft = _draft(request) if data is None else None
    if draft is not None and request.GET:  # who comes from a client's page starts afresh
        return _form(request, _unjudged(request), _time(None, now, zone), waits=draft)
    left = draft.fields if draft else {}
    time = _time(data, now, zone, left)
    if data is None or "choose" in data:
        return _form(request, _unjudged(request, left), time, draft=draft)
    form = TicketForm(data, user=request.user)
    if all([form.is_valid(), time.is_valid()]):
        template = _template(request)
        new = replace(
            form.new_ticket,
            part_of_id=_part_of(request),
            template_id=template.pk if template else None,
        )
        response = Response(time=time.cleaned_data["work"], status_id=_status_id(request))
        try:
            ticket = open_ticket(new=new, actor=request.user, now=now, response=response)
        except Refusal as refusal:
            at = next((one for one in (form, time) if refusal.field in one.fields), None)
            (at or form).add_error(refusal.field if at else None, str(refusal))
        else:
            _close_sheet(request, now)
            return redirect(ticket)
    return _form(request, form, time, status=422)


@require_POST
@permission_required("tickets.add_ticket", raise_exception=True)
def draft(request: UserRequest) -> HttpResponse:
    """Keep what is typed, or throw it away; say when it was kept."""
    now, is_thrown_away = timezone.now(), "throw-away" in request.POST
    fields = {} if is_thrown_away else typed_in_new(request.POST.dict())
    sheet, context = request.POST.get("sheet", "")[:32], {}
    try:
        is_kept = keep_new_ticket_draft(sheet=sheet, fields=fields, actor=request.user, now=now)
    except Refusal as refusal:
        context["problem"] = str(refusal)
        return render(request, "tickets/ticket_form.html#kept", context, status=422)
    if is_thrown_away or not request.htmx:
        return redirect("tickets:ticket-create")
    return render(request, "tickets/ticket_form.html#kept", {"kept_at": now if is_kept else None})


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


def _template(request: UserRequest, left: Mapping[str, str] | None = None) -> TicketTemplate | None:
    """Return the template from which the ticket starts."""
    wanted = _number((left or request.POST or request.GET).get("template", ""))
    return TicketTemplate.objects.filter(pk=wanted).first() if wanted else None


def _prepared(template: TicketTemplate | None) -> dict[str, Any]:
    """Return what the form starts with."""
    if template is None:
        return {}
    plain = ("subject", "description", "priority", "billing_mode")
    chosen = ("category_id", "assignee_id", "board_id")
    start = {name: getattr(template, name) for name in plain}
    start |= {name.removesuffix("_id"): getattr(template, name) for name in chosen}
    return {name: value for name, value in start.items() if value is not None}


def _time(
    data: QueryDict | None, now: datetime, zone: ZoneInfo, left: Mapping[str, str] | None = None
) -> TimeForm:
    today = now.astimezone(zone).date()
    return TimeForm(data, ticket=None, today=today, zone=zone, initial=left_in(left, "time"))


def _draft(request: UserRequest) -> NewTicketDraft | None:
    """Return what this person has left here."""
    return NewTicketDraft.objects.visible_to(request.user).exclude(fields={}).first()


def _close_sheet(request: UserRequest, now: datetime) -> None:
    """Put the draft away, since its sheet is sent."""
    sheet = request.POST.get("sheet", "")[:32]
    keep_new_ticket_draft(sheet=sheet, fields={}, actor=request.user, now=now, is_sent=True)


def _unjudged(request: UserRequest, left: Mapping[str, str] | None = None) -> TicketForm:
    """Return the form as it was typed or left so far, without errors."""
    if request.method == "GET" and (named := _named_client(request)):
        return TicketForm(user=request.user, client=named, initial=_prepared(_template(request)))
    typed = left or _prepared(_template(request) if request.method == "GET" else None)
    typed = typed or (request.POST if request.method == "POST" else request.GET).dict()
    form = TicketForm(typed, user=request.user)
    return TicketForm(user=request.user, client=form.typed_client, initial=typed)


def _names(request: UserRequest, typed: str) -> list[str]:
    return [name_with_code(client) for client in suggest_clients(request.user, typed)]


def _status_id(request: UserRequest) -> int | None:
    return _number(request.POST.get("status", ""))


def _number(wanted: str) -> int | None:
    return int(wanted) if wanted.isascii() and wanted.isdecimal() else None


def _form(
    request: UserRequest,
    form: TicketForm,
    time: TimeForm,
    status: int = 200,
    draft: NewTicketDraft | None = None,
    waits: NewTicketDraft | None = None,
) -> HttpResponse:
    left = draft.fields if draft else {}
    context: dict[str, Any] = {
        "draft": draft,
        "waits": waits,
        "template": _template(request, left),
        "templates": TicketTemplate.objects.all(),
        "sheet": request.POST.get("sheet", "")[:32] or token_hex(8),
        "form": form,
        "client": form.typed_client,
        "time": time,
        "statuses": TicketStatus.objects.all(),
        "status_id": _status_id(request) or _number(left.get("status", "")),
        "names": _names(request, ""),
        "part_of": _part_of(request) or left.get("part_of"),
    }
    return render(request, "tickets/ticket_form.html", context, status=status)
