"""Electronic invoices: the file of a document for machines, and whether it keeps the rules."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.einvoice.files import download_of
from billing.einvoice.missing import NotElectronic, missing_for
from billing.einvoice.words import say
from billing.forms.platform import PlatformStatusForm
from billing.models import Invoice
from billing.operations.ask_checks import ask_checks
from billing.operations.record_platform_status import StatusRefused, record_platform_status


def checks_of(invoice: Invoice) -> dict[str, object]:
    """Return what an issued document's page says of it as an electronic invoice."""
    check = invoice.rule_checks.first()
    findings = [say(finding, invoice) for finding in check.findings] if check else []
    return {
        "missing": missing_for(invoice),
        "check": check,
        "findings": findings,
        "platform_events": invoice.platform_events.all(),
        "platform_form": PlatformStatusForm(),
    }


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


@require_POST
@permission_required("billing.add_rulecheck", raise_exception=True)
def check(request: UserRequest, pk: int) -> HttpResponse:
    """Have a worker check the document against the official rules."""
    found = get_object_or_404(Invoice.objects.visible_to(request.user).issued(), pk=pk)
    ask_checks(invoice_ids=[found.pk], actor=request.user)
    return redirect(found)


@require_POST
@permission_required("billing.add_platformevent", raise_exception=True)
def platform_status(request: UserRequest, pk: int) -> HttpResponse:
    """Record what became of the document at the platform."""
    found = get_object_or_404(Invoice.objects.visible_to(request.user).issued(), pk=pk)
    form = PlatformStatusForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text[0]) for text in form.errors.values()))
        return redirect(found)
    try:
        record_platform_status(invoice_id=found.pk, actor=request.user, **form.cleaned_data)
    except StatusRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The status at the platform was recorded."))
    return redirect(found)
