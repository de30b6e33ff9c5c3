"""The tax report of a period: what counts, and the documents and payments behind each figure."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.views.issuing import firm_today
from clients.models import LegalEntity
from ledger.forms.vat import VatForm, months_beside
from ledger.queries.vat import Report, unused_money, vat_report
from ledger.queries.vat_sources import Span
from ledger.queries.waiting import rate_words
from ledger.vat_lists import MOVEMENTS, VAT, movements_of, rows_of
from ledger.vat_words import BASES


@require_safe
@permission_required("ledger.view_entry", raise_exception=True)
def vat(request: UserRequest) -> HttpResponseBase:
    """Show what counts in the days by situation and rate."""
    if not LegalEntity.objects.exists():
        return redirect("ledger:charts")
    form = VatForm(request.GET, today=firm_today())
    if not form.is_valid():
        return _refused(request, form)
    report = _report(form)
    context = {
        "form": form,
        "tabs": [(label, _address(form, basis=one), one) for one, label in BASES.items()],
        "basis": report.basis,
        "beside": [_address(form, span) for span in months_beside(report.span) or ()],
        "lacking": [rate_words(one) for one in report.lacking],
        "unused": unused_money(report.entity, report.span).items(),
        "on_invoicing": report.entity.pays_vat_on_invoicing,
    }
    return VAT.respond(request, rows_of(report), "ledger/vat.html", context)


@require_safe
@permission_required("ledger.view_entry", raise_exception=True)
def vat_documents(request: UserRequest) -> HttpResponseBase:
    """List the documents and payments of a row of the report."""
    if not LegalEntity.objects.exists():
        return redirect("ledger:charts")
    form = VatForm(request.GET, today=firm_today())
    if not form.is_valid():
        return _refused(request, form)
    report = _report(form)
    rows = movements_of(report, request.GET.get("row", ""))
    first = rows[0] if rows and request.GET.get("row") else None
    context = {
        "span": report.span,
        "basis": BASES[report.basis],
        "row": first,
        "back": _address(form),
    }
    return MOVEMENTS.respond(request, rows, "ledger/vat_documents.html", context)


def _report(form: VatForm) -> Report:
    return vat_report(form.cleaned_data["company"], form.span, form.chosen_basis)


def _refused(request: UserRequest, form: VatForm) -> HttpResponse:
    return render(request, "ledger/vat.html", {"form": form}, status=422)


def _address(form: VatForm, span: Span | None = None, **other: Any) -> str:  # noqa: ANN401  (query values)
    first, last = span or form.span
    asked = {
        "company": form.cleaned_data["company"].pk,
        "since": first.isoformat(),
        "until": last.isoformat(),
        "basis": form.chosen_basis.value,
    }
    return f"{reverse('ledger:vat')}?{urlencode({**asked, **other})}"
