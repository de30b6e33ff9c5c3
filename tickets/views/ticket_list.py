"""The list of tickets, and what is done to several at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from clients.models import Client
from core.listing import BulkAction, Empty, Listing, asks_for
from tickets.forms.filters import TicketFilter, scope_of
from tickets.forms.ticket import AssigneeForm
from tickets.models import SavedView, StatusKind, Ticket, TicketStatus
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.take_ticket import take_ticket
from tickets.queries.saved_views import default_view
from tickets.queries.worklist import Scope, scope_counts, worklist
from tickets.refusals import Refusal
from tickets.views.ticket_board import board_page, more_cards
from tickets.views.ticket_columns import (
    ASSIGNEE,
    CLOSED,
    COLUMNS,
    MORE_COLUMNS,
    MORE_RELATED,
    OPENED,
    SCOPES,
    STATUS,
    SUBJECT,
)

TICKETS = Listing[Ticket](
    name="tickets",
    columns=COLUMNS,
    more_columns=MORE_COLUMNS,
    order="priority",
    search=["number", "subject", "client__name"],
    filters=TicketFilter,
    empty=Empty(
        _("No tickets here"),
        _("Nothing is open for you. Open a ticket when a client calls."),
        icon="ticket",
        url_name="tickets:ticket-create",
        action=_("New ticket"),
        permission="tickets.add_ticket",
    ),
    actions=[
        BulkAction(_("Take"), "tickets:tickets-take", "tickets.change_ticket", icon="user-check"),
        BulkAction(
            _("Assign"), "tickets:tickets-assign", "tickets.assign_ticket", icon="user-plus"
        ),
        BulkAction(
            _("Close"),
            "tickets:tickets-close",
            "tickets.change_ticket",
            question=_("Close the selected tickets?"),
            icon="circle-check",
        ),
    ],
)
OF_CLIENT = Listing[Ticket](
    name="tickets-of-client",
    columns=[SUBJECT, STATUS, ASSIGNEE, OPENED, CLOSED],
    order="-opened_at",
    page_size=20,
    empty=Empty(_("No tickets yet"), _("This client has not called."), icon="ticket"),
)


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def tickets(request: UserRequest) -> HttpResponseBase:
    """List tickets; without a filter, my open ones and those nobody has, urgent and old first."""
    if not request.GET and (opens_with := default_view(request.user)):
        return redirect(opens_with)
    scope = scope_of(request.GET)
    rows = worklist(request.user, scope)
    if "columns" in request.GET:
        rows = rows.select_related(*MORE_RELATED)
    if request.GET.get("layout") == "board":
        return _board(request, rows, scope)
    return TICKETS.respond(request, rows, "tickets/tickets.html", _around(request, scope))


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponseBase:
    """List a client's tickets, for the client's own page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    rows = Ticket.objects.visible_to(request.user).filter(client=client)
    return OF_CLIENT.fragment(request, rows.select_related("status", "assignee"))


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def take_selected(request: UserRequest) -> HttpResponse:
    """Assign the selected tickets to the person who takes them."""
    now = timezone.now()
    done = _each(request, lambda pk: take_ticket(ticket_id=pk, actor=request.user, now=now))
    text = ngettext("%(n)s ticket is yours now.", "%(n)s tickets are yours now.", done)
    messages.success(request, text % {"n": done})
    return redirect("tickets:tickets")


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def close_selected(request: UserRequest) -> HttpResponse:
    """Close the selected tickets."""
    closed = TicketStatus.objects.filter(kind=StatusKind.CLOSED).order_by("position")[0]
    now = timezone.now()
    done = _each(
        request,
        lambda pk: change_status(ticket_id=pk, status_id=closed.pk, actor=request.user, now=now),
    )
    text = ngettext("%(n)s ticket was closed.", "%(n)s tickets were closed.", done)
    messages.success(request, text % {"n": done})
    return redirect("tickets:tickets")


@require_POST
@permission_required("tickets.assign_ticket", raise_exception=True)
def assign_selected(request: UserRequest) -> HttpResponse:
    """Ask to whom the selected tickets go, and hand them over."""
    is_chosen = "assignee" in request.POST
    form = AssigneeForm(request.POST if is_chosen else None, user=request.user)
    if not is_chosen or not form.is_valid():
        context = {"form": form, "tickets": _selected(request).select_related("client")}
        return render(request, "tickets/assign.html", context, status=422 if is_chosen else 200)
    person, now = form.cleaned_data["assignee"], timezone.now()
    done = _each(
        request,
        lambda pk: assign_ticket(
            ticket_id=pk, assignee_id=person and person.pk, actor=request.user, now=now
        ),
    )
    text = ngettext("%(n)s ticket was assigned.", "%(n)s tickets were assigned.", done)
    messages.success(request, text % {"n": done})
    return redirect("tickets:tickets")


def _board(request: UserRequest, rows: QuerySet[Ticket], scope: Scope) -> HttpResponse:
    """Show the same tickets as a board, the part of it that htmx asked for, or more cards."""
    found, bar = TICKETS.narrowed(request, rows)
    if "column" in request.GET:
        return more_cards(request, found, bar)
    board = board_page(request, found, bar)
    if asks_for(bar.dom_id, request):
        response = render(request, "tickets/board.html#board", {"board": board})
    else:
        context = {**_around(request, scope), "board": board}
        response = render(request, "tickets/board.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _around(request: UserRequest, scope: Scope) -> dict[str, Any]:
    views = list(SavedView.objects.visible_to(request.user))
    asked = request.GET.get("view", "")
    current = next((one for one in views if str(one.pk) == asked), None)
    return {
        "tabs": _tabs(request, scope),
        "client": _client_asked_for(request),
        "views": views,
        "view": current,
        "can_change_view": current is not None and current.is_changeable_by(request.user),
    }


def _tabs(request: UserRequest, current: Scope) -> list[dict[str, Any]]:
    """Return the scopes as tabs, with the number of tickets of those that hold open ones."""
    counts = scope_counts(request.user)
    return [
        {
            "label": label,
            "href": _scope_url(request, scope),
            "is_current": scope is current,
            "count": getattr(counts, scope, ""),
        }
        for scope, label in SCOPES
    ]


def _scope_url(request: UserRequest, scope: Scope) -> str:
    layout = "&layout=board" if request.GET.get("layout") == "board" else ""
    return f"{reverse('tickets:tickets')}?scope={scope}{layout}"


def _client_asked_for(request: UserRequest) -> Client | None:
    wanted = request.GET.get("client", "")
    if not wanted.isdecimal():
        return None
    return Client.objects.visible_to(request.user).filter(pk=wanted).first()


def _selected(request: UserRequest) -> QuerySet[Ticket]:
    chosen = [pk for pk in request.POST.getlist("selected") if pk.isdecimal()]
    return Ticket.objects.visible_to(request.user).filter(pk__in=chosen)


def _each(request: UserRequest, operate: Callable[[int], object]) -> int:
    """Do it to each selected ticket, tell what was refused, and return how many were done."""
    done = 0
    for ticket in _selected(request):
        try:
            operate(ticket.pk)
        except Refusal as refusal:
            messages.error(request, f"{ticket}: {refusal}")
        else:
            done += 1
    return done
