"""A client's invoices, each opening to the work behind its lines."""

from typing import cast

import django_filters
from csp.decorators import csp_update
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from billing import standing
from billing.einvoice.files import download_of
from billing.einvoice.missing import NotElectronic, missing_for
from billing.lists import due_day
from billing.models import DocumentKind, Invoice
from billing.queries.cancelling import client_ties_of
from billing.queries.lines import charges_with_evidence, service_days
from billing.reductions import parted
from billing.standing import balance_of, standing_of
from clients.models import LegalEntity
from collecting.queries.disputes import of_invoice
from core.listing import Column, Empty, Listing
from payments.queries.coming import collection_of
from payments.queries.online import coming_online, is_payable_online
from payments.stripe_api import PAYMENT_PAGES
from portal import queries


class StateFilter(django_filters.FilterSet):
    """By what is still to be paid."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(one.code, one.label) for one in (standing.OPEN, standing.OVERDUE, standing.PAID)],
        method="by_state",
    )

    class Meta:
        model = Invoice
        fields = ["state"]

    def by_state(self, rows: QuerySet[Invoice], _name: str, value: str) -> QuerySet[Invoice]:
        """Keep the invoices that stand so today."""
        if value == standing.PAID.code:
            return rows.filter(Q(balance__lte=0)).exclude(document_kind=DocumentKind.CREDIT_NOTE)
        owed = rows.filter(Q(balance__gt=0))
        return owed.filter(due_on__lt=timezone.localdate()) if value == "overdue" else owed


def invoice_url(invoice: Invoice) -> str:
    """Return the address of an invoice in the portal."""
    return reverse("portal:invoice", args=[invoice.pk])


INVOICES = Listing[Invoice](
    name="invoices",
    columns=[
        Column("number", _("Number"), link=True, sort=("issued_on", "number")),
        Column("issued_on", _("Date"), kind="day", sort="issued_on"),
        Column("due_on", _("Due"), due_day, kind="day", sort="due_on", phone="hidden"),
        Column(
            "state",
            _("State"),
            lambda row: standing_of(row, timezone.localdate()),
            cell="billing/cells.html#standing",
            phone="side",
        ),
        Column(
            "total",
            _("Total"),
            "signed_total",
            kind="money",
            sort="signed_total",
            total=Sum("signed_total"),
        ),
        Column("balance", _("To pay"), kind="money", sort="balance", total=Sum("balance")),
    ],
    order="-number",
    search=["number", "purchase_order", "charges__description"],
    filters=StateFilter,
    currency="currency",
    empty=Empty(_("No invoices yet"), _("Your invoices will stand here."), "file-invoice"),
    row_url=invoice_url,
)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def invoices(request: HttpRequest) -> HttpResponseBase:
    """List the invoices of this person's company."""
    rows = queries.invoices(cast(User, request.user))
    context = {"shows_next": LegalEntity.objects.current().shows_next_invoice}
    return INVOICES.respond(request, rows, "portal/invoices.html", context)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def next_invoice(request: HttpRequest) -> HttpResponse:
    """Show what the next invoice would say if it were made on the client's next billing day."""
    today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
    found = queries.next_invoice(cast(User, request.user), today=today)
    if found is None:
        raise Http404
    return render(request, "portal/next_invoice.html", {"upcoming": found})


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
@csp_update({"form-action": [PAYMENT_PAGES]})  # type: ignore[arg-type]  # views take more
def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is to be paid, for what, until when; each line opens to its evidence."""
    rows = queries.invoices(cast(User, request.user)).select_related(
        "legal_entity", "corrects", "replaces"
    )
    found = get_object_or_404(rows.prefetch_related(charges_with_evidence(), "tax_lines"), pk=pk)
    today = timezone.localdate(timezone=found.legal_entity.zone)
    disputes = of_invoice(cast(User, request.user), found)
    context = {
        "invoice": found,
        "disputes": disputes,
        "disputed_lines": {one.line_id for one in disputes if one.is_open},
        "can_dispute": not found.is_credit_note,
        "sections": queries.printed_sections(found),
        "reductions": parted(found.charges.all()),
        "days": service_days(found),
        "standing": standing_of(found, today),
        "balance": balance_of(found),
        "collection": collection_of(found),
        "coming": coming_online(found),
        "pays_online": is_payable_online(found),
        "has_just_paid": "paid" in request.GET,
        "allocations": found.allocations.standing()
        .select_related("payment")
        .order_by("payment__received_on"),
        "credit_notes": found.credit_notes.order_by("pk"),
        "ties": client_ties_of(found),
        "is_electronic": not missing_for(found),
        "has_file": found.documents.filter(kind="pdf").exists(),
    }
    return render(request, "portal/invoice.html", context)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def invoice_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the invoice as it was first made, or say that it is being made."""
    found = get_object_or_404(queries.invoices(cast(User, request.user)), pk=pk)
    document = found.documents.filter(kind="pdf").first()
    if document is None:
        return render(request, "portal/pdf_waiting.html", {"invoice": found}, status=202)
    file = document.file.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{found.number}.pdf")


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def invoice_xml(request: HttpRequest, pk: int, syntax: str) -> HttpResponse:
    """Hand out the invoice as the client's own programs read it."""
    found = get_object_or_404(queries.invoices(cast(User, request.user)).with_lines(), pk=pk)
    try:
        return download_of(found, syntax)
    except NotElectronic as refusal:
        raise Http404 from refusal
