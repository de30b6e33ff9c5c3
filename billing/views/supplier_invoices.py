"""Electronic invoices of suppliers: the list, taking one in, what it says, its file."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.einvoice.received import NotReadable
from billing.einvoice.supplier_files import bytes_of, file_as_received, refusal_of
from billing.forms.supplier_invoices import SupplierInvoiceForm
from billing.models import SupplierInvoice
from billing.operations.receive_supplier_invoice import receive_supplier_invoice
from core.display import day_text
from core.form_page import FormPage
from core.listing import Column, Empty, Listing


def _signed(invoice: SupplierInvoice) -> Decimal:
    return -invoice.due if invoice.is_credit_note else invoice.due


RECEIVED = Listing[SupplierInvoice](
    name="supplier-invoices",
    columns=[
        Column("supplier", _("Supplier"), link=True, sort="supplier"),
        Column("number", _("Number"), sort="number"),
        Column("issued_on", _("Date"), kind="day", sort="issued_on", phone="hidden"),
        Column("due_on", _("Due"), kind="day", sort="due_on"),
        Column("net", _("Net"), kind="money", sort="net", phone="hidden"),
        Column("due", _("To pay"), _signed, kind="money", sort="due", phone="side"),
        Column("received_at", _("Received"), kind="moment", sort="received_at", phone="hidden"),
    ],
    order="-received_at",
    search=["supplier", "number", "supplier_vat_number", "supplier_registration"],
    currency="currency",
    empty=Empty(
        _("No supplier invoices yet"),
        _("Take in the Factur-X, CII or UBL files that suppliers or your platform send."),
        "file-invoice",
        "billing:supplier-invoice-receive",
        _("Take in an invoice"),
        "billing.add_supplierinvoice",
    ),
)


@require_safe
@permission_required("billing.view_supplierinvoice", raise_exception=True)
def supplier_invoices(request: UserRequest) -> HttpResponseBase:
    """List what suppliers have sent."""
    rows = SupplierInvoice.objects.visible_to(request.user)
    return RECEIVED.respond(request, rows, "billing/supplier_invoices.html")


@require_safe
@permission_required("billing.view_supplierinvoice", raise_exception=True)
def supplier_invoice(request: UserRequest, pk: int) -> HttpResponse:
    """Show what an invoice says."""
    found = get_object_or_404(SupplierInvoice.objects.visible_to(request.user), pk=pk)
    same = SupplierInvoice.objects.visible_to(request.user).filter(
        supplier=found.supplier, number=found.number
    )
    context = {"invoice": found, "namesakes": same.exclude(pk=pk)}
    return render(request, "billing/supplier_invoice.html", context)


@require_safe
@permission_required("billing.view_supplierinvoice", raise_exception=True)
def file(request: UserRequest, pk: int) -> HttpResponse:
    """Hand out the file as it was received, to the byte."""
    found = get_object_or_404(SupplierInvoice.objects.visible_to(request.user), pk=pk)
    return file_as_received(found)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_supplierinvoice", raise_exception=True)
def receive(request: UserRequest) -> HttpResponse:
    """Take a file in, or say why it cannot be."""
    form = SupplierInvoiceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            taken = receive_supplier_invoice(
                file_name=upload.name, content=bytes_of(upload), actor=request.user
            )
        except NotReadable as fault:
            form.add_error("file", refusal_of(fault))
        else:
            if not taken.is_new:
                text = __("This file was received before, on %(day)s.")
                day = day_text(taken.invoice.received_at.date())
                messages.info(request, text % {"day": day})
            return redirect(taken.invoice)
    page = FormPage(
        title=_("Take in a supplier invoice"),
        back_url=reverse("billing:supplier-invoices"),
        back_label=_("Supplier invoices"),
        submit=_("Take in"),
        template="billing/supplier_invoice_receive.html",
        lede=_("The file is read by what programs read in it, and kept as it is."),
    )
    return page.show(request, form)
