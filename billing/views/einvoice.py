"""Electronic invoices: the file of a document for machines."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.einvoice.files import download_of
from billing.einvoice.missing import NotElectronic
from billing.models import Invoice


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def xml(request: UserRequest, pk: int, syntax: str) -> HttpResponse:
    """Hand out an issued document as CII or UBL, or say what it lacks."""
    issued = Invoice.objects.visible_to(request.user).issued()
    found = get_object_or_404(issued.with_lines(), pk=pk)
    try:
        return download_of(found, syntax)
    except NotElectronic as refusal:
        context = {"invoice": found, "missing": refusal.missing}
        return render(request, "billing/einvoice_missing.html", context, status=409)
