"""Who follows a ticket: oneself, colleagues, and contacts who get copies."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from tickets.forms.follower import FollowerForm
from tickets.models import Ticket, TicketFollower
from tickets.operations.add_follower import add_follower
from tickets.operations.remove_follower import remove_follower
from tickets.queries.followers import following, own_place
from tickets.refusals import Refusal
from tickets.views.ticket_page import find_ticket


@require_POST
@permission_required("tickets.add_ticketfollower", raise_exception=True)
def follow(request: UserRequest, pk: int) -> HttpResponse:
    """Follow the ticket, or stop following it: the same button."""
    found = find_ticket(request, pk)
    place = own_place(found, request.user)
    try:
        if place is not None:
            remove_follower(follower_id=place.pk, actor=request.user)
        else:
            add_follower(
                ticket_id=pk, person_id=request.user.pk, actor=request.user, now=timezone.now()
            )
    except Refusal as refusal:
        return _shown(request, found, problem=str(refusal))
    return _shown(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.add_ticketfollower", raise_exception=True)
def add(request: UserRequest, pk: int) -> HttpResponse:
    """Choose a colleague or a contact of the client who is to follow."""
    found = find_ticket(request, pk)
    form = FollowerForm(request.POST or None, ticket=found)
    if request.method == "POST" and form.is_valid():
        try:
            add_follower(ticket_id=pk, actor=request.user, now=timezone.now(), **form.chosen())
        except Refusal as refusal:
            form.add_error("who", str(refusal))
        else:
            return _shown(request, found)
    context = {**_context(request, found), "form": form}
    template = "tickets/followers.html" if request.htmx else "tickets/follower_add.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@permission_required("tickets.delete_ticketfollower", raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take somebody off."""
    rows = TicketFollower.objects.visible_to(request.user).select_related("ticket")
    row = get_object_or_404(rows, pk=pk)
    remove_follower(follower_id=pk, actor=request.user)
    return _shown(request, row.ticket)


def _context(request: UserRequest, ticket: Ticket) -> dict[str, Any]:
    return {"ticket": ticket, **following(ticket, request.user)}


def _shown(request: UserRequest, ticket: Ticket, problem: str = "") -> HttpResponse:
    if not request.htmx and not problem:
        return redirect(ticket)
    context = {**_context(request, ticket), "problem": problem}
    if not request.htmx:
        context["form"] = FollowerForm(ticket=ticket)
    template = "tickets/followers.html" if request.htmx else "tickets/follower_add.html"
    return render(request, template, context, status=422 if problem else 200)
