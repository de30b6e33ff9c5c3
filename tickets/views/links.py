"""Linking tickets and taking links away."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from tickets.forms.link import LinkForm
from tickets.models import Ticket, TicketLink
from tickets.operations.link_tickets import link_tickets
from tickets.operations.unlink_tickets import unlink_tickets
from tickets.queries.linked import linked_to
from tickets.refusals import Refusal
from tickets.views.ticket_page import find_ticket, page_context


@require_POST
@permission_required("tickets.add_ticketlink", raise_exception=True)
def add(request: UserRequest, pk: int) -> HttpResponse:
    """Link the ticket to another one."""
    found = find_ticket(request, pk)
    form = LinkForm(request.POST, auto_id="link-%s")
    if form.is_valid():
        try:
            link_tickets(ticket_id=pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            return _shown(request, found)
    if request.htmx:
        return _shown(request, found, form)
    context = {**page_context(request, found), "link_form": form}
    return render(request, "tickets/ticket.html", context, status=422)


@require_POST
@permission_required("tickets.delete_ticketlink", raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a link away, from whichever of the two tickets is looked at."""
    links = TicketLink.objects.visible_to(request.user).select_related("ticket", "other")
    link = get_object_or_404(links, pk=pk)
    is_other = request.POST.get("from") == str(link.other_id)
    unlink_tickets(link_id=pk, actor=request.user)
    return _shown(request, link.other if is_other else link.ticket)


def _shown(request: UserRequest, ticket: Ticket, form: LinkForm | None = None) -> HttpResponse:
    if not request.htmx:
        return redirect(ticket)
    context = {
        "ticket": ticket,
        "linked": linked_to(ticket, request.user),
        "form": form or LinkForm(auto_id="link-%s"),
    }
    return render(request, "tickets/links.html", context, status=422 if form else 200)
