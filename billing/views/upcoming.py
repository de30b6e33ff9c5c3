"""A client's next invoice so far: a page, a place on the client's page."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.forms.previews import AsOfForm
from billing.queries.billing_days import next_billing_day
from billing.upcoming import next_invoice
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity


@require_safe
@permission_required("billing.view_charge", raise_exception=True)
def upcoming(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show what the client's next invoice would say if it were made on a day."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    today = firm_today()
    form = AsOfForm(request.GET or None)
    as_of = form.day(next_billing_day(client, today))
    entity = LegalEntity.objects.current()
    context = {
        "client": client,
        "upcoming": next_invoice(client, entity, as_of),
        "form": form,
        "as_of": as_of,
    }
    template = "billing/upcoming.html#panel" if request.htmx else "billing/upcoming.html"
    return render(request, template, context)
