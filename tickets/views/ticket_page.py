"""A ticket's page: the conversation, the composer, and what is said at the side."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.requests import UserRequest
from tickets.forms.composer import Composer
from tickets.forms.ticket import AssigneeForm, PropertyForm, SubjectForm
from tickets.forms.time import firm_zone
from tickets.models import Ticket, TicketStatus
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.respond import respond as save_response
from tickets.operations.take_ticket import take_ticket
from tickets.queries.clock_card import clock_card
from tickets.queries.conversation import conversation
from tickets.queries.coverage import coverage_of
from tickets.refusals import Refusal

WITH = ("client", "board", "status", "category", "contact", "site", "asset", "assignee")
RESPONDS = ("tickets.add_note", "tickets.add_timeentry")


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def ticket(request: UserRequest, pk: int) -> HttpResponse:
    """Show all about a ticket."""
    found = find_ticket(request, pk)
    return render(request, "tickets/ticket.html", page_context(request, found))


@require_POST
@permission_required(RESPONDS, raise_exception=True)
def respond(request: UserRequest, pk: int) -> HttpResponse:
    """Save what the composer says, and show what came of it."""
    found, now = find_ticket(request, pk), timezone.now()
    composer = Composer.of(found, now, firm_zone(), request.POST)
    if composer.is_valid:
        try:
            save_response(ticket_id=pk, response=composer.response, actor=request.user, now=now)
        except Refusal as refusal:
            composer.show_refusal(refusal)
        else:
            return _saved(request, pk, "answered")
    context = page_context(request, found, composer=composer)
    template = "tickets/ticket.html#composer" if request.htmx else "tickets/ticket.html"
    return render(request, template, context, status=422)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def status(request: UserRequest, pk: int) -> HttpResponse:
    """Move the ticket to another status."""
    find_ticket(request, pk)
    wanted = request.POST.get("status", "")
    chosen = get_object_or_404(TicketStatus, pk=wanted if wanted.isdecimal() else 0)
    change_status(ticket_id=pk, status_id=chosen.pk, actor=request.user, now=timezone.now())
    return _saved(request, pk)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def take(request: UserRequest, pk: int) -> HttpResponse:
    """Assign the ticket to the person who takes it."""
    find_ticket(request, pk)
    take_ticket(ticket_id=pk, actor=request.user, now=timezone.now())
    return _saved(request, pk)


@require_POST
@permission_required("tickets.assign_ticket", raise_exception=True)
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """Give the ticket to somebody, or to nobody."""
    found = find_ticket(request, pk)
    form = AssigneeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _unchanged(request, found, {"assignee_form": form})
    person = form.cleaned_data["assignee"]
    assign_ticket(
        ticket_id=pk,
        assignee_id=person and person.pk,
        actor=request.user,
        now=timezone.now(),
    )
    return _saved(request, pk)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def change_property(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Change one property at the ticket's side."""
    found = find_ticket(request, pk)
    if name not in PropertyForm.Meta.fields:
        raise Http404
    form = PropertyForm(request.POST, instance=found, only=name)
    if form.is_valid():
        try:
            edit_ticket(ticket_id=pk, changes=form.changes, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(name, str(refusal))
        else:
            return _saved(request, pk)
    return _unchanged(request, find_ticket(request, pk), {"wrong_property": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.change_ticket", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change subject, description or client."""
    found = find_ticket(request, pk)
    form = SubjectForm(request.POST or None, user=request.user, ticket=found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_ticket(ticket_id=pk, changes=form.changes, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect(found)
    context = {"ticket": found, "form": form}
    return render(request, "tickets/ticket_edit.html", context, status=422 if form.errors else 200)


def find_ticket(request: UserRequest, pk: int) -> Ticket:
    """Return the ticket with all that its page shows, or answer 404."""
    return get_object_or_404(Ticket.objects.visible_to(request.user).select_related(*WITH), pk=pk)


def page_context(
    request: UserRequest, found: Ticket, composer: Composer | None = None
) -> dict[str, Any]:
    """Return what the page shows; its number of queries does not depend on what happened."""
    now, zone = timezone.now(), firm_zone()
    may_respond = request.user.has_perms(RESPONDS)
    return {
        "ticket": found,
        "events": conversation(found, request.user, zone),
        "clock": clock_card(found, now),
        "coverage": coverage_of(found.client_id, now.astimezone(zone).date()),
        "composer": composer or (Composer.of(found, now, zone) if may_respond else None),
        "statuses": TicketStatus.objects.all(),
        "properties": PropertyForm(instance=found),
        "assignee_form": AssigneeForm(user=request.user, initial={"assignee": found.assignee_id}),
    }


def _saved(request: UserRequest, pk: int, fragment: str = "changed") -> HttpResponse:
    """Show the ticket anew: as a page, or the parts that may have changed."""
    found = find_ticket(request, pk)
    if not request.htmx:
        return redirect(found)
    context = {**page_context(request, found), "oob": True}
    response = render(request, f"tickets/ticket.html#{fragment}", context)
    return trigger_client_event(response, "ticket-changed")


def _unchanged(request: UserRequest, found: Ticket, context: dict[str, Any]) -> HttpResponse:
    """Show the ticket as it still is, with what was wrong."""
    shown = {**page_context(request, found), **context, "oob": bool(request.htmx)}
    template = "tickets/ticket.html#changed" if request.htmx else "tickets/ticket.html"
    return render(request, template, shown, status=422)
