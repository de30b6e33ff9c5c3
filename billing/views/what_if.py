"""A past period on another plan, compared month by month and entry by entry."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.forms.what_if import WhatIfForm
from billing.views.issuing import firm_today
from billing.what_if import what_if
from clients.models import Client, LegalEntity
from core.periods import add_months


@require_safe
@permission_required("billing.view_charge", raise_exception=True)
def ask(request: UserRequest) -> HttpResponse:
    """Show the form, and the comparison once it is asked for."""
    clients = Client.objects.visible_to(request.user)
    year_ago = add_months(firm_today().replace(day=1), -12)
    initial = {"first_on": year_ago, "client": request.GET.get("client"), "months": 12}
    is_asked = "revision" in request.GET
    form = WhatIfForm(request.GET if is_asked else None, clients=clients, initial=initial)
    answer = None
    if form.is_bound and form.is_valid():
        answer = what_if(form.question(), LegalEntity.objects.current())
    status = 422 if is_asked and answer is None else 200
    return render(request, "billing/what_if.html", {"form": form, "answer": answer}, status=status)
