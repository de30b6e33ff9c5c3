"""Disputing a line of an invoice, and what is said about it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from billing.models import Charge
from billing.queries.lines import charges_with_evidence, line_of
from collecting.forms.disputes import MessageForm, ObjectionForm
from collecting.models import Dispute
from collecting.operations.answer_dispute import DisputeRefused, answer_dispute
from collecting.operations.open_dispute import open_dispute
from collecting.operations.withdraw_dispute import withdraw_dispute
from collecting.queries.disputes import why_not
from collecting.shown import dispute_shown, unsent_of
from portal import queries


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def line_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is wrong with a line; one that is disputed already leads to what was said."""
    user = cast(User, request.user)
    line = get_object_or_404(Charge.objects.visible_to(user).lines(), pk=pk)
    known = Dispute.objects.visible_to(user).open().filter(line=line).first()
    if known:
        return redirect("portal:dispute", known.pk)
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        try:
            found = open_dispute(
                line_id=line.pk, objection=form.objection(), actor=user, now=timezone.now()
            )
        except DisputeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. We look into it and answer here."))
            return redirect("portal:dispute", found.pk)
    return _open_page(request, line, form)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a disputed line with its evidence and what was said."""
    return _page(request, _find(request, pk), MessageForm())


@require_POST
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def dispute_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to the firm."""
    found, form = _find(request, pk), MessageForm(request.POST)
    if form.is_valid():
        user, body = cast(User, request.user), form.cleaned_data["body"]
        try:
            answer_dispute(dispute_id=found.pk, body=body, actor=user, now=timezone.now())
        except DisputeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer has been added."))
            return redirect("portal:dispute", found.pk)
    return _page(request, found, form)


@require_POST
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def dispute_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the line after all."""
    found = _find(request, pk)
    try:
        withdraw_dispute(dispute_id=found.pk, actor=cast(User, request.user), now=timezone.now())
    except DisputeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The line is to be paid with the invoice."))
    return redirect("portal:dispute", found.pk)


def _find(request: HttpRequest, pk: int) -> Dispute:
    return get_object_or_404(Dispute.objects.visible_to(cast(User, request.user)), pk=pk)


def _page(request: HttpRequest, found: Dispute, form: MessageForm) -> HttpResponse:
    found.refresh_from_db()
    status = 422 if form.is_bound else 200
    context = dispute_shown(found) | {
        "message_form": form,
        "unsent": unsent_of(form),
        "note": found.credit_note,
        "refusals": form.non_field_errors() if form.is_bound else [],
    }
    return render(request, "portal/dispute.html", context, status=status)


def _open_page(request: HttpRequest, line: Charge, form: ObjectionForm) -> HttpResponse:
    user = cast(User, request.user)
    rows = queries.invoices(user).prefetch_related(charges_with_evidence())
    invoice = get_object_or_404(rows, pk=line.invoice_id)
    shown = next(one for one in invoice.charges.all() if one.pk == line.pk)
    context = {
        "invoice": invoice,
        "line": line_of(shown),
        "form": form,
        "refused": why_not(line),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/dispute_open.html", context, status=status)
