"""A ticket's checklist: adding, ticking off, taking out."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from tickets.models import ChecklistItem, Ticket
from tickets.operations.add_to_checklist import add_to_checklist
from tickets.operations.remove_checklist_item import remove_checklist_item
from tickets.operations.tick_checklist_item import tick_checklist_item
from tickets.refusals import Refusal
from tickets.views.ticket_page import find_ticket, page_context


@require_POST
@permission_required("tickets.add_checklistitem", raise_exception=True)
def add(request: UserRequest, pk: int) -> HttpResponse:
    """Add a point, or one for each line that was pasted."""
    found = find_ticket(request, pk)
    typed = request.POST.get("points", "")
    try:
        add_to_checklist(ticket_id=pk, texts=typed.splitlines(), actor=request.user)
    except Refusal as refusal:
        return _refused(request, found, typed, str(refusal))
    return _shown(request, found)


@require_POST
@permission_required("tickets.change_checklistitem", raise_exception=True)
def tick(request: UserRequest, pk: int) -> HttpResponse:
    """Tick a point off, or open it again."""
    item = _find(request, pk)
    is_done = request.POST.get("done") == "yes"
    tick_checklist_item(item_id=pk, is_done=is_done, actor=request.user, now=timezone.now())
    return _shown(request, item.ticket)


@require_POST
@permission_required("tickets.delete_checklistitem", raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a point out."""
    item = _find(request, pk)
    remove_checklist_item(item_id=pk, actor=request.user)
    return _shown(request, item.ticket)


def _find(request: UserRequest, pk: int) -> ChecklistItem:
    items = ChecklistItem.objects.visible_to(request.user).select_related("ticket")
    return get_object_or_404(items, pk=pk)


def _shown(request: UserRequest, ticket: Ticket) -> HttpResponse:
    if not request.htmx:
        return redirect(ticket)
    context = {"ticket": ticket, "items": ticket.checklist.select_related("done_by")}
    return render(request, "tickets/checklist.html", context)


def _refused(request: UserRequest, ticket: Ticket, typed: str, problem: str) -> HttpResponse:
    """Keep what was typed, and say what is wrong with it."""
    told = {"typed_points": typed, "points_problem": problem}
    if not request.htmx:
        context = {**page_context(request, ticket), **told}
        return render(request, "tickets/ticket.html", context, status=422)
    context = {"ticket": ticket, "items": ticket.checklist.select_related("done_by"), **told}
    return render(request, "tickets/checklist.html", context, status=422)
