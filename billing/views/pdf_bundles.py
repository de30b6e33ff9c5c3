"""PDFs in bulk: asking for those of a month, a run or a list, following and downloading them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.bundles import BundleForm, months_between
from billing.models import BillingRun, BundleContents, Invoice, ItemState, PdfBundle
from billing.operations.ask_bundle import BundleOrder, NothingToBundle, ask_bundle
from billing.operations.retry_bundle import BundleNotRetryable, retry_bundle
from billing.queries.bundles import of_month
from billing.views.issuing import firm_today, selected_ids
from core.form_page import FormPage
from core.listing import Column, Empty, Listing

MOST_FAULTS = 100
BUNDLES = Listing[PdfBundle](
    name="pdf-bundles",
    columns=[
        Column("bundle", _("Documents of"), str, link=True, phone="title"),
        Column("document_count", _("Documents"), kind="number", sort="document_count"),
        Column("state", _("State"), "get_state_display", cell="billing/cells.html#bundle_state",
               phone="side"),
        Column("asked_at", _("Asked"), kind="moment", sort="asked_at"),
        Column("asked_by", _("By"), "asked_by", phone="hidden"),
        Column("expires_at", _("Kept until"), kind="moment", sort="expires_at", phone="hidden"),
    ],
    order="-asked_at",
    empty=Empty(
        _("No PDFs packed yet"),
        _("Choose a month and get the PDFs of all its documents in one file."),
        "file-invoice",
        "billing:pdf-bundle-create",
        _("PDFs of a month"),
        "billing.add_pdfbundle",
    ),
)  # fmt: skip


@require_safe
@permission_required("billing.view_pdfbundle", raise_exception=True)
def bundles(request: UserRequest) -> HttpResponseBase:
    """List what was packed, the latest first."""
    rows = PdfBundle.objects.visible_to(request.user).with_counts().select_related("asked_by")
    return BUNDLES.respond(request, rows, "billing/pdf_bundles.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_pdfbundle", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Ask for the PDFs of a month."""
    issued = Invoice.objects.visible_to(request.user).issued()
    first = issued.order_by("issued_on").values_list("issued_on", flat=True).first()
    today = firm_today()
    form = BundleForm(request.POST or None, months=months_between(first or today, today))
    if form.is_valid():
        chosen = of_month(issued, form.cleaned_data["month"])
        if entity := form.cleaned_data.get("legal_entity"):
            chosen = chosen.filter(legal_entity=entity)
        ids = list(chosen.values_list("pk", flat=True))
        order = BundleOrder(ids, form.cleaned_data["contents"], month=form.cleaned_data["month"])
        try:
            return redirect(ask_bundle(order=order, actor=request.user))
        except NothingToBundle:
            form.add_error("month", _("No document was issued in this month."))
    page = FormPage(
        title=_("PDFs of a month"),
        back_url=reverse("billing:pdf-bundles"),
        back_label=_("PDFs in bulk"),
        submit=_("Pack"),
        lede=_("Invoices and credit notes that were issued in the month. You can leave meanwhile."),
    )
    return page.show(request, form)


@require_POST
@permission_required("billing.add_pdfbundle", raise_exception=True)
def of_run(request: UserRequest, run_pk: int) -> HttpResponse:
    """Ask for the PDFs of what a run made and somebody issued."""
    run = get_object_or_404(BillingRun.objects.visible_to(request.user), pk=run_pk)
    made = Invoice.objects.visible_to(request.user).issued().filter(run=run)
    ids = list(made.values_list("pk", flat=True))
    return _ask(request, BundleOrder(ids, BundleContents.EACH, run_id=run.pk), run)


@require_POST
@permission_required("billing.add_pdfbundle", raise_exception=True)
def of_selection(request: UserRequest) -> HttpResponse:
    """Ask for the PDFs of the documents selected in a list."""
    chosen = Invoice.objects.visible_to(request.user).filter(pk__in=selected_ids(request))
    ids = list(chosen.values_list("pk", flat=True))
    return _ask(request, BundleOrder(ids), "billing:invoices")


def _ask(request: UserRequest, order: BundleOrder, back: BillingRun | str) -> HttpResponse:
    try:
        return redirect(ask_bundle(order=order, actor=request.user))
    except NothingToBundle as refusal:
        messages.error(request, str(refusal))
        return redirect(back)


@require_safe
@permission_required("billing.view_pdfbundle", raise_exception=True)
def bundle(request: UserRequest, pk: int) -> HttpResponse:
    """Show how far a bundle is, what failed, and its files once they are there."""
    found = get_object_or_404(
        PdfBundle.objects.visible_to(request.user).with_counts().select_related("asked_by"), pk=pk
    )
    failed = found.items.filter(state=ItemState.FAILED).select_related("invoice")
    context = {
        "bundle": found,
        "files": found.files.all(),
        "failed": failed[:MOST_FAULTS],
        "can_retry": request.user.has_perm("billing.change_pdfbundle")
        and not found.is_being_made
        and not found.is_expired
        and bool(found.fault or failed),
    }
    part = "#progress" if request.htmx else ""
    return render(request, f"billing/pdf_bundle.html{part}", context)


@require_POST
@permission_required("billing.change_pdfbundle", raise_exception=True)
def retry(request: UserRequest, pk: int) -> HttpResponse:
    """Try again what failed."""
    found = get_object_or_404(PdfBundle.objects.visible_to(request.user), pk=pk)
    try:
        retry_bundle(bundle_id=found.pk)
    except BundleNotRetryable as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_safe
@permission_required("billing.view_pdfbundle", raise_exception=True)
def file(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """Hand out a file of a bundle."""
    found = get_object_or_404(PdfBundle.objects.visible_to(request.user), pk=pk)
    kept = get_object_or_404(found.files, pk=file_pk)
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
