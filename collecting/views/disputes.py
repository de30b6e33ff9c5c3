"""Disputed lines on the desk: the work list, the page of one, and how it ends."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import Invoice
from billing.operations.credit_invoice import CreditNotPossible
from collecting.forms.disputes import ConcessionForm, MessageForm, NewDisputeForm, ReleaseForm
from collecting.lists import DISPUTES
from collecting.models import Dispute
from collecting.operations.answer_dispute import answer_dispute
from collecting.operations.credit_dispute import Concession, credit_dispute
from collecting.operations.open_dispute import DisputeRefused, open_dispute
from collecting.operations.release_dispute import release_dispute
from collecting.operations.withdraw_dispute import withdraw_dispute
from collecting.queries.disputes import disputable_lines, of_invoice, sums, work_list
from collecting.shown import dispute_shown, unsent_of
from core.form_page import FormPage


@require_safe
@permission_required("collecting.view_dispute", raise_exception=True)
def disputes(request: UserRequest) -> HttpResponseBase:
    """List the disputed lines, those that wait the longest first."""
    rows = work_list(request.user)
    context = {"sums": sums(request.user)}
    return DISPUTES.respond(request, rows, "collecting/disputes.html", context)


@require_safe
@permission_required("collecting.view_dispute", raise_exception=True)
def of_invoice_fragment(request: UserRequest, invoice_pk: int) -> HttpResponse:
    """Draw an invoice's disputes for a place on the invoice's page."""
    invoice = get_object_or_404(Invoice.objects.visible_to(request.user), pk=invoice_pk)
    can_open = request.user.has_perm("collecting.add_dispute")
    context = {
        "invoice": invoice,
        "disputes": of_invoice(request.user, invoice),
        "can_open": can_open and not (invoice.is_draft or invoice.is_credit_note),
    }
    return render(request, "collecting/of_invoice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("collecting.add_dispute", raise_exception=True)
def create(request: UserRequest, invoice_pk: int) -> HttpResponse:
    """Ask which line a client does not accept, as they said by telephone or mail."""
    visible = Invoice.objects.visible_to(request.user).issued().invoices_only()
    invoice = get_object_or_404(visible, pk=invoice_pk)
    lines = disputable_lines(invoice)
    form = NewDisputeForm(request.POST or None, lines=lines, currency=invoice.currency)
    if form.is_valid():
        try:
            dispute = open_dispute(
                line_id=form.cleaned_data["line"],
                objection=form.objection(),
                actor=request.user,
                now=timezone.now(),
            )
        except DisputeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line is disputed; the client has been told."))
            return redirect(dispute)
    page = FormPage(
        title=_("Dispute a line of %(number)s") % {"number": invoice.number},
        back_url=invoice.get_absolute_url(),
        back_label=invoice.number,
        submit=_("Dispute this line"),
        lede=_("Its amount is neither asked for nor collected until the dispute has ended."),
    )
    return page.show(request, form)


@require_safe
@permission_required("collecting.view_dispute", raise_exception=True)
def dispute(request: UserRequest, pk: int) -> HttpResponse:
    """Show a disputed line with its evidence, what was said, and the ways to end it."""
    return _page(request, _find(request, pk))


@require_POST
@permission_required("collecting.change_dispute", raise_exception=True)
def answer(request: UserRequest, pk: int) -> HttpResponse:
    """Say something to the client."""
    found, form = _find(request, pk), MessageForm(request.POST)
    if form.is_valid():
        body = form.cleaned_data["body"]
        try:
            answer_dispute(dispute_id=found.pk, body=body, actor=request.user, now=timezone.now())
        except DisputeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is on its way."))
            return redirect(found)
    return _page(request, found, message_form=form)


@require_POST
@permission_required("collecting.change_dispute", raise_exception=True)
def release(request: UserRequest, pk: int) -> HttpResponse:
    """Let the line stand as it was invoiced."""
    found, form = _find(request, pk), ReleaseForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["answer"]
        try:
            release_dispute(
                dispute_id=found.pk, answer=text, actor=request.user, now=timezone.now()
            )
        except DisputeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line is to be paid; your answer is on its way."))
            return redirect(found)
    return _page(request, found, release_form=form)


@require_POST
@permission_required("collecting.change_dispute", raise_exception=True)
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the client accepts the line after all."""
    found = _find(request, pk)
    try:
        withdraw_dispute(dispute_id=found.pk, actor=request.user, now=timezone.now())
    except DisputeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The dispute is withdrawn; the line is to be paid."))
    return redirect(found)


@require_POST
@permission_required("billing.issue_invoice", raise_exception=True)
def credit(request: UserRequest, pk: int) -> HttpResponse:
    """Credit the line, or a part of it, and end the dispute."""
    found = _find(request, pk)
    now = timezone.now()
    form = ConcessionForm(request.POST, today=now.date())
    if form.is_valid():
        concession = Concession(**form.cleaned_data)
        try:
            settled = credit_dispute(
                dispute_id=found.pk, concession=concession, actor=request.user, now=now
            )
        except (CreditNotPossible, DisputeRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            note = settled.credit_note
            messages.success(
                request, _("%(note)s was issued; the client gets it by mail.") % {"note": note}
            )
            return redirect(found)
    return _page(request, found, credit_form=form)


def _find(request: UserRequest, pk: int) -> Dispute:
    found = Dispute.objects.visible_to(request.user).select_related(
        "invoice__client", "invoice__legal_entity", "credit_note"
    )
    return get_object_or_404(found, pk=pk)


def _page(
    request: UserRequest,
    found: Dispute,
    *,
    message_form: MessageForm | None = None,
    release_form: ReleaseForm | None = None,
    credit_form: ConcessionForm | None = None,
) -> HttpResponse:
    found.refresh_from_db(fields=["state", "closed_at", "closed_by", "credit_note"])
    zone = found.invoice.legal_entity.zone
    refused = message_form or release_form or credit_form
    context = dispute_shown(found) | {
        "message_form": message_form or MessageForm(),
        "release_form": release_form or ReleaseForm(),
        "credit_form": credit_form or ConcessionForm(today=timezone.localdate(timezone=zone)),
        "refusals": refused.non_field_errors() if refused else [],
        "unsent": unsent_of(refused),
        "mails": found.mails.order_by("pk"),
        "back_url": reverse("collecting:disputes"),
    }
    return render(request, "collecting/dispute.html", context, status=422 if refused else 200)
