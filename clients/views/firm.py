"""The firm's own settings."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.forms.firm import FirmForm
from clients.models import LegalEntity
from core.panels import history_url


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.change_firm", raise_exception=True)
def firm(request: HttpRequest) -> HttpResponse:
    """Show and change the firm's legal identity, bank, taxes and what invoices print."""
    entity = LegalEntity.objects.filter(is_default=True).first()
    form = FirmForm(request.POST or None, instance=entity)
    if form.is_valid():
        form.save()
        messages.success(
            request, _("Saved. Issued documents keep what was printed on them; new ones change.")
        )
        return redirect("clients:firm")
    context = {"form": form, "history_url": history_url(request, entity) if entity else ""}
    return render(request, "clients/firm.html", context, status=422 if form.is_bound else 200)
