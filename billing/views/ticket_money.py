"""What a ticket comes to so far, for a place on the ticket's own page."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.queries.ticket_money import ticket_money
from billing.views.issuing import firm_today
from tickets.models import Ticket


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def of_ticket(request: UserRequest, ticket_pk: int) -> HttpResponse:
    """Show each piece of work with its amount, and where it is billed."""
    rows = Ticket.objects.visible_to(request.user).select_related("client")
    ticket = get_object_or_404(rows, pk=ticket_pk)
    money = ticket_money(ticket, request.user, firm_today())
    return render(request, "billing/ticket_money.html", {"money": money})
