"""The list of tickets, and what is done to several at once."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.requests import UserRequest
from clients.models import Client
from core.choices import read_choices
from core.listing import BulkAction, Empty, Listing, asks_for
from tickets.columns import (
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
from tickets.forms.filters import TicketFilter, scope_of
from tickets.models import SavedView, Ticket
from tickets.queries.lean import lean, with_assignee, with_tag_names
from tickets.queries.saved_views import default_view
from tickets.queries.unread import latest_news, with_unread
from tickets.queries.worklist import Scope, scope_counts, worklist
from tickets.views.reading import start_of, tell_news
from tickets.views.ticket_board import board_page, more_cards

TICKETS = Listing[Ticket](
    name="tickets",
    columns=COLUMNS,
    more_columns=MORE_COLUMNS,
    acts_on_all=True,
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
            _("Change"), "tickets:tickets-change", "tickets.change_ticket", icon="adjustments"
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
    number, rows = latest_news(), worklist(request.user, scope)
    if "columns" in request.GET:
        rows = rows.select_related(*MORE_RELATED)
    if request.GET.get("layout") == "board":
        return _board(request, rows, scope, number)
    rows = with_tag_names(with_unread(rows, request.user, start_of(request.user)))
    context = _around(request, scope, number)
    return _drawn(TICKETS.respond(request, rows, "tickets/tickets.html", context), number)


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def news(request: UserRequest) -> HttpResponse:
    """Say how many tickets of the list changed since it was drawn."""
    rows = worklist(request.user, scope_of(request.GET))
    found, _bar = TICKETS.narrowed(request, rows)
    return tell_news(request, found)


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponseBase:
    """List a client's tickets, for the client's own page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    rows = Ticket.objects.visible_to(request.user).filter(client=client)
    return OF_CLIENT.fragment(request, with_tag_names(with_assignee(lean(rows))))


def _board(
    request: UserRequest, rows: QuerySet[Ticket], scope: Scope, news: int
) -> HttpResponseBase:
    """Show the same tickets as a board, the part of it that htmx asked for, or more cards."""
    found, bar = TICKETS.narrowed(request, rows)
    if "column" in request.GET:
        return more_cards(request, found, bar)
    board = board_page(request, found, bar)
    if asks_for(bar.dom_id, request):
        response = render(request, "tickets/board.html#board", {"board": board})
    else:
        read_choices([bar.form] if bar.form else ())
        context = {**_around(request, scope, news), "board": board}
        response = render(request, "tickets/board.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return _drawn(response, news)


def _drawn(response: HttpResponseBase, news: int) -> HttpResponseBase:
    """Tell the page's script how new it is what was drawn."""
    if isinstance(response, HttpResponse):
        trigger_client_event(response, "fx:drawn", {"number": news})
    return response


def _around(request: UserRequest, scope: Scope, news: int) -> dict[str, Any]:
    views = list(SavedView.objects.visible_to(request.user))
    asked = request.GET.get("view", "")
    current = next((one for one in views if str(one.pk) == asked), None)
    return {
        "tabs": _tabs(request, scope),
        "client": _client_asked_for(request),
        "views": views,
        "news": news,
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
