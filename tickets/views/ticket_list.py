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
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from clients.models import Client
from core.listing import BulkAction, Column, Empty, Listing
from tickets.forms.filters import TicketFilter, scope_of
from tickets.forms.ticket import AssigneeForm
from tickets.models import StatusKind, Ticket, TicketStatus
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.take_ticket import take_ticket
from tickets.queries.worklist import Scope, scope_counts, worklist
from tickets.refusals import Refusal

PRIORITY = Column[Ticket](
    "priority",
    _("Priority"),
    "get_priority_display",
    sort=("priority", "opened_at"),
    cell="tickets/cells.html#priority",
    alike=lambda row: row.priority,
    phone="side",
)
SUBJECT = Column[Ticket](
    "subject",
    _("Ticket"),
    str,
    sort="number",
    cell="tickets/cells.html#subject",
    phone="title",
)
CLIENT = Column[Ticket]("client", _("Client"), "client.name", sort="client__name")
STATUS = Column[Ticket](
    "status",
    _("Status"),
    "status.name",
    sort="status__position",
    cell="tickets/cells.html#status",
    alike=lambda row: row.status_id,
)
ASSIGNEE = Column[Ticket](
    "assignee",
    _("Assigned to"),
    "assignee",
    sort=("assignee__first_name", "assignee__last_name"),
    cell="tickets/cells.html#assignee",
    alike=lambda row: row.assignee_id,
)
DUE = Column[Ticket](
    "due", _("Due"), "due_at", kind="moment", sort=("due_at", "priority", "opened_at"),
    cell="tickets/cells.html#due",
)  # fmt: skip
OPENED = Column[Ticket]("opened_at", _("Opened"), kind="ago", sort="opened_at")
CLOSED = Column[Ticket]("closed_at", _("Closed"), kind="ago", sort="closed_at", phone="hidden")

TICKETS = Listing[Ticket](
    name="tickets",
    columns=[PRIORITY, SUBJECT, CLIENT, STATUS, DUE, ASSIGNEE, OPENED],
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
SCOPES = (
    (Scope.DESK, _("My desk")),
    (Scope.OPEN, _("All open")),
    (Scope.UNASSIGNED, _("Unassigned")),
    (Scope.WAITING, _("Waiting")),
    (Scope.CLOSED, pgettext_lazy("tickets", "Closed")),
    (Scope.ALL, pgettext_lazy("tickets", "All")),
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
    scope = scope_of(request.GET)
    context = {"tabs": _tabs(request, scope), "client": _client_asked_for(request)}
    return TICKETS.respond(request, worklist(request.user, scope), "tickets/tickets.html", context)


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


def _tabs(request: UserRequest, current: Scope) -> list[dict[str, Any]]:
    """Return the scopes as tabs, with the number of tickets of those that hold open ones."""
    counts, url = scope_counts(request.user), reverse("tickets:tickets")
    return [
        {
            "label": label,
            "href": url if scope is Scope.DESK else f"{url}?scope={scope}",
            "is_current": scope is current,
            "count": getattr(counts, scope, ""),
        }
        for scope, label in SCOPES
    ]


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
