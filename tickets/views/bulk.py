"""What is done to several tickets at once: the selected ones, or all that the filter leaves."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from tickets.forms.bulk import BulkForm
from tickets.forms.filters import scope_of
from tickets.forms.ticket import AssigneeForm
from tickets.models import StatusKind, Ticket, TicketStatus
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.retag_ticket import retag_ticket
from tickets.operations.take_ticket import take_ticket
from tickets.queries.worklist import worklist
from tickets.refusals import Refusal
from tickets.views.ticket_list import TICKETS

MOST = 500
Deed = Callable[[Ticket], object]


@dataclass
class Outcome:
    """How many tickets it was done to, and why not to the others."""

    done: int = 0
    refused: list[tuple[Ticket, str]] = field(default_factory=list)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def take(request: UserRequest) -> HttpResponse:
    """Assign the selected tickets to the person who takes them."""
    now = timezone.now()
    outcome = _each(request, lambda one: take_ticket(ticket_id=one.pk, actor=request.user, now=now))
    text = ngettext("%(n)s ticket is yours now.", "%(n)s tickets are yours now.", outcome.done)
    return _told(request, outcome, text)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def close(request: UserRequest) -> HttpResponse:
    """Close the selected tickets."""
    closed = TicketStatus.objects.filter(kind=StatusKind.CLOSED).order_by("position")[0]
    now, actor = timezone.now(), request.user
    outcome = _each(
        request,
        lambda one: change_status(ticket_id=one.pk, status_id=closed.pk, actor=actor, now=now),
    )
    text = ngettext("%(n)s ticket was closed.", "%(n)s tickets were closed.", outcome.done)
    return _told(request, outcome, text)


@require_POST
@permission_required("tickets.assign_ticket", raise_exception=True)
def assign(request: UserRequest) -> HttpResponse:
    """Ask to whom the selected tickets go, and hand them over."""
    is_chosen = "assignee" in request.POST
    form = AssigneeForm(request.POST if is_chosen else None, user=request.user)
    if not is_chosen or not form.is_valid():
        return _asks(request, "tickets/assign.html", form, is_refused=is_chosen)
    person, now = form.cleaned_data["assignee"], timezone.now()
    outcome = _each(
        request,
        lambda one: assign_ticket(
            ticket_id=one.pk, assignee_id=person and person.pk, actor=request.user, now=now
        ),
    )
    text = ngettext("%(n)s ticket was assigned.", "%(n)s tickets were assigned.", outcome.done)
    return _told(request, outcome, text)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def change(request: UserRequest) -> HttpResponse:
    """Ask for priority, tags or the ticket they go on in, and change the selected tickets."""
    is_chosen = "priority" in request.POST
    form = BulkForm(request.POST if is_chosen else None)
    if not is_chosen or not form.is_valid():
        return _asks(request, "tickets/bulk.html", form, is_refused=is_chosen)
    now = timezone.now()
    outcome = _each(request, lambda one: _change(request, one, form.cleaned_data, now))
    text = ngettext("%(n)s ticket was changed.", "%(n)s tickets were changed.", outcome.done)
    return _told(request, outcome, text)


def _change(request: UserRequest, ticket: Ticket, said: dict[str, Any], now: datetime) -> None:
    """Change one ticket; what was done before a refusal stays done, and the refusal is told."""
    actor = request.user
    if said["add"] or said["remove"]:
        retag_ticket(
            ticket_id=ticket.pk,
            actor=actor,
            now=timezone.now(),
            add=[said["add"]],
            remove=[said["remove"]],
        )
    if said["priority"]:
        edit_ticket(
            ticket_id=ticket.pk, changes={"priority": said["priority"]}, actor=actor, now=now
        )
    if said["into"] and ticket.number.lower() != said["into"].strip().lower():
        merge_tickets(ticket_id=ticket.pk, number=said["into"], actor=actor, now=now)


def _asks(request: UserRequest, template: str, form: object, *, is_refused: bool) -> HttpResponse:
    context = {
        "form": form,
        "tickets": _chosen(request).select_related("client")[:MOST],
        "is_all": bool(request.POST.get("all")),
        "query": request.POST.get("query", ""),
    }
    return render(request, template, context, status=422 if is_refused else 200)


def _chosen(request: UserRequest) -> QuerySet[Ticket]:
    """Return the selected tickets, or all that the filter of the list leaves."""
    if request.POST.get("all"):
        return _matching(request, request.POST.get("query", ""))
    chosen = [pk for pk in request.POST.getlist("selected") if pk.isdecimal()]
    return Ticket.objects.visible_to(request.user).filter(pk__in=chosen).order_by("pk")


def _matching(request: UserRequest, query: str) -> QuerySet[Ticket]:
    """Return the tickets of a list's address, as the list itself finds them."""
    of_list = copy(request)
    of_list.GET = QueryDict(query)
    found, _bar = TICKETS.narrowed(of_list, worklist(request.user, scope_of(of_list.GET)))
    return found.order_by("pk")


def _each(request: UserRequest, operate: Deed) -> Outcome:
    """Do it to each ticket, one after the other; a refusal stops none of the others."""
    outcome = Outcome()
    tickets = list(_chosen(request)[: MOST + 1])
    for ticket in tickets[:MOST]:
        try:
            operate(ticket)
        except Refusal as refusal:
            outcome.refused.append((ticket, str(refusal)))
        else:
            outcome.done += 1
    for ticket in tickets[MOST:]:
        told = _("At most %(n)s tickets at once: do it again for the rest.") % {"n": MOST}
        outcome.refused.append((ticket, told))
    return outcome


def _told(request: UserRequest, outcome: Outcome, text: str) -> HttpResponse:
    """Say what was done; where something was refused, list each ticket with the reason."""
    if outcome.done or not outcome.refused:
        messages.success(request, text % {"n": outcome.done})
    if not outcome.refused:
        return redirect("tickets:tickets")
    context = {"refused": outcome.refused, "done": outcome.done}
    return render(request, "tickets/bulk_refused.html", context, status=422)
