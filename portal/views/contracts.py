"""What the firm promised this client."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from clients.models import LegalEntity
from portal import queries


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def contracts(request: HttpRequest) -> HttpResponse:
    """Show each contract with what it costs a month today and the work it covers."""
    today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
    user = cast(User, request.user)
    hours = queries.hours_by_contract(user, today=today)
    context = {
        "contracts": queries.promised(user, today=today, hours=hours),
        "prepaid": hours.get(None, []),
        "today": today,
    }
    return render(request, "portal/contracts.html", context)
