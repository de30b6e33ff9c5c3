"""The first page of the portal: what is owed, what is being worked on."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from clients.models import LegalEntity
from portal import queries

SHOWN = 5


@require_safe
@permission_required("accounts.use_portal", raise_exception=True)
def home(request: HttpRequest) -> HttpResponse:
    """Show the contact what is open: invoices if they may see them, and tickets."""
    user = cast(User, request.user)
    today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
    context: dict[str, object] = {
        "today": today,
        "contact": queries.contact_of(user),
        "tickets": queries.tickets(user).open()[:SHOWN],
    }
    if user.has_perm("accounts.use_portal_invoices"):
        context["next_invoice"] = queries.next_invoice(user, today=today)
        context["owed"] = queries.owed(user, today=today)
        unpaid = queries.invoices(user).filter(Q(balance__gt=0))
        context["invoices"] = unpaid.order_by("due_on", "pk")[:SHOWN]
        context["hours"] = queries.hours(user, today=today)[:SHOWN]
        context["contracts"] = queries.contracts(user).in_force_on(today)
    return render(request, "portal/home.html", context)
