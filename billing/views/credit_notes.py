"""Crediting an issued invoice, with a preview of exactly what the credit note will say."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from billing.forms.credits import CreditForm
from billing.models import Invoice, TaxLine
from billing.operations.credit_invoice import CreditNotPossible, credit_invoice
from billing.paper import render_pdf
from billing.queries.credits import corrected_of, creditable_charges
from billing.queries.lines import Section, charges_with_evidence, sections_of
from billing.rehearsal import rehearse
from billing.standing import balance_of
from billing.views.issuing import firm_today


@dataclass(frozen=True)
class Preview:
    """A credit note as it would be issued, seen before it was taken back."""

    note: Invoice
    sections: list[Section]
    taxes: list[TaxLine]
    balance: Decimal
    freed: Decimal
    pdf: bytes = b""


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.issue_invoice", raise_exception=True)
def credit(request: UserRequest, pk: int) -> HttpResponse:
    """Ask how much is credited and why, show what the credit note will say, and issue it."""
    invoice = get_object_or_404(_creditable(request), pk=pk)
    form = _form(request, invoice)
    if request.method != "POST" or not form.is_valid():
        return _page(request, invoice, form)
    try:
        if "issue" in request.POST:
            return _issued(request, invoice, form)
        preview = _preview(request, invoice, form)
    except CreditNotPossible as refusal:
        form.add_error(None, str(refusal))
        return _page(request, invoice, form)
    if preview.pdf:
        answer = HttpResponse(preview.pdf, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{preview.note.number}-preview.pdf"'
        return answer
    return _page(request, invoice, form, preview)


def _creditable(request: UserRequest) -> QuerySet[Invoice]:
    visible = Invoice.objects.visible_to(request.user).issued().invoices_only()
    return visible.with_balance().select_related("client", "legal_entity")


def _form(request: UserRequest, invoice: Invoice) -> CreditForm:
    return CreditForm(
        request.POST or None,
        corrected=corrected_of(invoice),
        charges=creditable_charges(invoice).in_bulk(),
        today=firm_today(),
    )


def _issued(request: UserRequest, invoice: Invoice, form: CreditForm) -> HttpResponse:
    note = _note(request, invoice, form)
    messages.success(
        request,
        _("%(number)s was issued; its PDF and mail are on their way.") % {"number": note.number},
    )
    return redirect(note)


def _note(request: UserRequest, invoice: Invoice, form: CreditForm) -> Invoice:
    return credit_invoice(
        invoice_id=invoice.pk,
        asked=form.asked(),
        reason=form.cleaned_data["reason"],
        issued_on=form.cleaned_data["issued_on"],
        actor=request.user,
    )


def _preview(request: UserRequest, invoice: Invoice, form: CreditForm) -> Preview:
    """Issue the credit note, look at it, and take it back."""

    def look() -> Preview:
        made = _note(request, invoice, form)
        notes = Invoice.objects.select_related("client", "legal_entity", "corrects")
        note = notes.prefetch_related(charges_with_evidence(), "tax_lines").get(pk=made.pk)
        after = Invoice.objects.with_balance().get(pk=invoice.pk)
        pdf = render_pdf(note, is_preview=True) if "pdf" in request.POST else b""
        rest = balance_of(after)
        freed = note.total - (balance_of(invoice) - rest)
        return Preview(note, sections_of(note), list(note.tax_lines.all()), rest, freed, pdf)

    return rehearse(look, lambda: None).result


def _page(
    request: UserRequest, invoice: Invoice, form: CreditForm, preview: Preview | None = None
) -> HttpResponse:
    context = {
        "invoice": invoice,
        "form": form,
        "lines": list(form.lines()),
        "balance": balance_of(invoice),
        "preview": preview,
    }
    status = 422 if form.is_bound and not preview else 200
    return render(request, "billing/credit.html", context, status=status)
