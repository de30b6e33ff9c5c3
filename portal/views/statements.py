"""A client's own statement of account."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from collecting.forms.statement import span_of
from collecting.statement_shown import pdf_answer, statement_shown
from portal import queries


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def statement(request: HttpRequest) -> HttpResponse:
    """Show what moved on the account of this person's company."""
    form, first_on, last_on = span_of(request.GET, firm_today())
    context = statement_shown(_own(request), first_on, last_on) | {
        "form": form,
        "document_page": "portal:invoice",
    }
    return render(request, "portal/statement.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def statement_pdf(request: HttpRequest) -> HttpResponse:
    """Hand the statement out as a file."""
    _form, first_on, last_on = span_of(request.GET, firm_today())
    return pdf_answer(_own(request), LegalEntity.objects.current(), first_on, last_on)


def _own(request: HttpRequest) -> Client:
    user = cast(User, request.user)
    found = queries.client_of(user)
    if not found or not Client.objects.with_money_visible_to(user).filter(pk=found.pk).exists():
        raise Http404
    return found
