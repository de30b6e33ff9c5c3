"""Statements of account on the desk."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.mailing import recipients_of
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from collecting.forms.statement import span_of
from collecting.models import SentStatement
from collecting.operations.send_statement import CollectingRefused, send_statement
from collecting.statement_shown import pdf_answer, statement_shown

SHOWN = 10


@require_safe
@permission_required("collecting.view_sentstatement", raise_exception=True)
def statement(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show a client's account over some days."""
    found = _find(request, client_pk)
    form, first_on, last_on = span_of(request.GET, firm_today())
    sent = SentStatement.objects.visible_to(request.user).filter(client=found)
    context = statement_shown(found, first_on, last_on) | {
        "form": form,
        "document_page": "billing:invoice",
        "recipients": recipients_of(found),
        "sent": sent.prefetch_related("mails")[:SHOWN],
        "pdf_url": reverse("collecting:statement-pdf", args=[found.pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "collecting/statement.html", context, status=status)


@require_safe
@permission_required("collecting.view_sentstatement", raise_exception=True)
def pdf(request: UserRequest, client_pk: int) -> HttpResponse:
    """Hand out a statement as a file, in the client's language."""
    found = _find(request, client_pk)
    _form, first_on, last_on = span_of(request.GET, firm_today())
    return pdf_answer(found, LegalEntity.objects.current(), first_on, last_on)


@require_POST
@permission_required("collecting.add_sentstatement", raise_exception=True)
def send(request: UserRequest, client_pk: int) -> HttpResponse:
    """Send a statement to its client."""
    found = _find(request, client_pk)
    form, first_on, last_on = span_of(request.POST, firm_today())
    address = reverse("collecting:statement", args=[found.pk])
    if form.errors:
        messages.error(request, _("The last day lies before the first."))
        return redirect(address)
    try:
        send_statement(
            client_id=found.pk,
            first_on=first_on,
            last_on=last_on,
            actor=request.user,
            now=timezone.now(),
        )
    except CollectingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The statement is on its way."))
    return redirect(f"{address}?first_on={first_on}&last_on={last_on}")


def _find(request: UserRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.with_money_visible_to(request.user), pk=pk)
