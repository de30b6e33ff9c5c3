"""Invoices: the list, the page of one, its file."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.forms.payments import InvoicePaymentForm
from billing.lists import INVOICES, INVOICES_OF_CLIENT
from billing.mailing import recipients_of
from billing.models import Invoice, OutboxKind, OutboxState
from billing.paper import render_pdf
from billing.proforma import NoProforma, render_proforma
from billing.queries.cancelling import ties_of
from billing.queries.credit import credit_of
from billing.queries.flags import flags_of, with_flag_facts
from billing.queries.lines import charges_with_evidence, sections_of, service_days
from billing.reductions import parted
from billing.standing import CANCELLED, balance_of, standing_of
from billing.views.einvoice import checks_of
from billing.views.issuing import issue_form
from clients.models import Client
from core.panels import Place, panels

# What other rooms have to say about an issued document, and about an invoice alone.
BOOKS = Place(_("Books"), "book", "ledger:of-document", "ledger.view_entry")
PLACES = (
    Place(_("Disputes"), "message-2", "collecting:disputes-of-invoice",
          "collecting.view_dispute"),
    Place(_("Reminders"), "mail", "collecting:of-invoice", "collecting.view_remindernotice"),
    BOOKS,
)  # fmt: skip


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def invoices(request: UserRequest) -> HttpResponseBase:
    """List the issued invoices with what is still owed on them."""
    rows = _issued(request).select_related("client")
    return INVOICES.respond(request, rows, "billing/invoices.html")


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponseBase:
    """Draw a client's invoices for a place on the client's page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    return INVOICES_OF_CLIENT.fragment(request, _issued(request).filter(client=client))


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def invoice(request: UserRequest, pk: int) -> HttpResponse:
    """Show an invoice or a draft, each line with its evidence."""
    found = get_object_or_404(_for_page(request), pk=pk)
    return render(request, "billing/invoice.html", page_of(request, found))


def page_of(request: UserRequest, found: Invoice) -> dict[str, object]:
    """Return what the invoice's page shows."""
    today = timezone.localdate(timezone=found.legal_entity.zone)
    context: dict[str, object] = {
        "invoice": found,
        "sections": sections_of(found),
        "reductions": parted(found.charges.all()),
        "days": service_days(found),
        "standing": standing_of(found, today),
        **ties_of(found),
    }
    if found.is_draft:
        return context | {
            "flags": flags_of(found),
            "recipients": recipients_of(found.client),
            "issue_form": issue_form(today),
        }
    balance = balance_of(found)
    can_credit = (
        request.user.has_perm("billing.issue_invoice")
        and not found.is_credit_note
        and standing_of(found, today) is not CANCELLED
    )
    return context | {
        "balance": balance,
        "allocations": found.allocations.standing()
        .select_related("payment")
        .order_by("payment__received_on"),
        "messages_out": found.outbox_messages.order_by("-kind"),
        "document": found.documents.filter(kind="pdf").first(),
        "seal": found.journal_entries.select_related("recorded_by").first(),
        "payment_form": InvoicePaymentForm(initial={"amount": balance, "received_on": today}),
        "credit": credit_of(found.client_id).get(found.currency) if balance > 0 else None,
        **checks_of(found),
        "panels": panels((BOOKS,) if found.is_credit_note else PLACES, request, found.pk),
        "credit_notes": found.credit_notes.order_by("pk"),
        "write_offs": found.write_offs.order_by("pk"),
        "can_credit": can_credit,
        "can_record": balance > 0 and request.user.has_perm("billing.add_payment"),
    }


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """Hand out the file; a draft is drawn on the spot, an issued one once the worker made it."""
    found = get_object_or_404(
        Invoice.objects.visible_to(request.user).select_related("client", "legal_entity"), pk=pk
    )
    if found.is_draft:
        name = f"draft-{found.client.code}.pdf"
        answer = HttpResponse(render_pdf(found), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{name}"'
        return answer
    document = found.documents.filter(kind="pdf").first()
    if document:
        file = document.file.open("rb")
        return FileResponse(file, as_attachment=True, filename=f"{found.number}.pdf")
    message = found.outbox_messages.filter(kind=OutboxKind.INVOICE_PDF).first()
    context = {
        "invoice": found,
        "message": message,
        "has_failed": message is not None and message.state == OutboxState.FAILED,
    }
    return render(request, "billing/pdf_waiting.html", context, status=202)


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def proforma(request: UserRequest, pk: int) -> HttpResponse:
    """Hand out the proforma of a draft; of an issued invoice there is none."""
    visible = Invoice.objects.visible_to(request.user).with_lines()
    found = get_object_or_404(visible, pk=pk)
    try:
        pdf_file = render_proforma(found)
    except NoProforma as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    answer = HttpResponse(pdf_file, content_type="application/pdf")
    name = f"proforma-{found.client.code}-{found.as_of_on:%Y-%m-%d}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _issued(request: UserRequest) -> "QuerySet[Invoice]":
    return Invoice.objects.visible_to(request.user).issued().with_balance()


def _for_page(request: UserRequest) -> "QuerySet[Invoice]":
    visible = Invoice.objects.visible_to(request.user).with_balance()
    return (
        with_flag_facts(visible)
        .select_related("client", "legal_entity", "run", "corrects", "replaces")
        .prefetch_related(charges_with_evidence(), "tax_lines")
    )
