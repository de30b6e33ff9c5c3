"""The tags of a ticket."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from tickets.models import Tag
from tickets.operations.retag_ticket import retag_ticket
from tickets.refusals import Refusal
from tickets.views.ticket_page import KNOWN_TAGS, find_ticket, page_context


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def retag(request: UserRequest, pk: int) -> HttpResponse:
    """Put tags on the ticket, several with commas between them, or take one off."""
    found = find_ticket(request, pk)
    typed, gone = request.POST.get("tags", ""), request.POST.get("remove", "")
    problem = ""
    try:
        retag_ticket(
            ticket_id=pk, actor=request.user, now=timezone.now(), add=[typed], remove=[gone]
        )
    except Refusal as refusal:
        problem = str(refusal)
    if not request.htmx and not problem:
        return redirect(found)
    context = {
        "ticket": found,
        "tags": found.tags.all(),
        "all_tags": Tag.objects.all()[:KNOWN_TAGS],
    }
    told = {"tags_problem": problem, "typed_tags": typed if problem else ""}
    status = 422 if problem else 200
    if request.htmx:
        return render(request, "tickets/tags.html", {**context, **told}, status=status)
    shown = {**page_context(request, found), **told}
    return render(request, "tickets/ticket.html", shown, status=status)
