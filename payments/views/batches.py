"""Batches of direct debits: proposed, made, handed to the bank, booked, taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.views.issuing import firm_today, selected_ids
from clients.models import LegalEntity, MandateScheme
from core.money import ZERO
from core.secret_box import SecretLost, unseal
from payments.forms.debits import BookForm, ProposalForm, ReturnForm
from payments.lists import BATCHES
from payments.models import DebitBatch, DirectDebit
from payments.operations.book_debits import PaymentRefused, book_debits
from payments.operations.cancel_batch import cancel_batch
from payments.operations.make_batch import BatchOrder, DebitRefused, make_batch
from payments.operations.return_debit import return_debit
from payments.operations.send_batch import send_batch
from payments.queries.proposals import first_collection_day, proposals
from payments.return_words import words_of
from payments.standing import standing_of, standing_of_debit


@require_safe
@permission_required("payments.view_debitbatch", raise_exception=True)
def batches(request: UserRequest) -> HttpResponseBase:
    """List the batches, the latest collection first."""
    rows = DebitBatch.objects.visible_to(request.user).with_counts()
    return BATCHES.respond(request, rows, "payments/batches.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("payments.add_debitbatch", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Show what a day could collect; make the batch of what is ticked."""
    entity = LegalEntity.objects.current()
    usual = {
        "legal_entity": entity.pk,
        "scheme": MandateScheme.CORE.value,
        "collect_on": first_collection_day(entity, firm_today()).isoformat(),
    }
    asked = request.POST if request.method == "POST" else request.GET
    form = ProposalForm({key: asked.get(key) or value for key, value in usual.items()})
    said = dict(form.cleaned_data) if form.is_valid() else None
    if request.method == "POST" and said:
        try:
            batch = _make(request, said)
        except DebitRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("%(batch)s was made.") % {"batch": batch})
            return redirect(batch)
    return _proposal_page(request, form, said)


def _make(request: UserRequest, said: dict[str, Any]) -> DebitBatch:
    order = BatchOrder(
        said["legal_entity"].pk, said["scheme"], said["collect_on"], selected_ids(request)
    )
    return make_batch(order=order, now=timezone.now(), today=firm_today(), actor=request.user)


def _proposal_page(
    request: UserRequest, form: ProposalForm, said: dict[str, Any] | None
) -> HttpResponse:
    found = []
    if said:
        found = proposals(said["legal_entity"], said["scheme"], said["collect_on"], firm_today())
    ready = [one for one in found if one.is_ready]
    is_posted = request.method == "POST"
    context = {
        "form": form,
        "said": said,
        "entity": said["legal_entity"] if said else None,
        "ready": ready,
        "waiting": [one for one in found if not one.is_ready],
        "total": sum((one.amount for one in ready), ZERO),
        "chosen": selected_ids(request) if is_posted else [one.invoice.pk for one in ready],
    }
    return render(request, "payments/batch_new.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required("payments.view_debitbatch", raise_exception=True)
def batch(request: UserRequest, pk: int) -> HttpResponse:
    """Show a batch, how far it is, and each of its direct debits."""
    return _page(request, _found(request, pk))


@require_POST
@permission_required("payments.change_debitbatch", raise_exception=True)
def send(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the file goes to the bank; from then on it can be downloaded."""
    found = _found(request, pk)
    try:
        send_batch(batch_id=found.pk, now=timezone.now(), today=firm_today(), actor=request.user)
    except DebitRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Download the file now and give it to the bank."))
    return redirect(found)


@require_safe
@permission_required("payments.change_debitbatch", raise_exception=True)
def file(request: UserRequest, pk: int) -> HttpResponse:
    """Give out the file of a batch that is at the bank, or on its way there."""
    found = _found(request, pk)
    if not found.sent_at or found.cancelled_at:
        messages.error(request, _("Hand the batch over first; then its file can be downloaded."))
        return redirect(found)
    try:
        content = unseal(found.file_sealed)
    except SecretLost:
        messages.error(request, _("The file was sealed under another key and cannot be read."))
        return redirect(found)
    response = HttpResponse(content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.xml"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@permission_required("payments.change_debitbatch", raise_exception=True)
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Let a batch go that the bank does not have, or that it refused whole."""
    found = _found(request, pk)
    refused = bool(request.POST.get("refused"))
    try:
        cancel_batch(batch_id=found.pk, now=timezone.now(), bank_refused_it=refused)
    except DebitRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invoices of this batch are free again."))
    return redirect(found)


@require_POST
@permission_required("payments.change_debitbatch", raise_exception=True)
def book(request: UserRequest, pk: int) -> HttpResponse:
    """Book by hand what the batch brought."""
    found, form = _found(request, pk), BookForm(request.POST)
    if form.is_valid():
        try:
            count = book_debits(batch_id=found.pk, actor=request.user, **form.cleaned_data)
        except (DebitRefused, PaymentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext(
                "%(count)s payment was booked.", "%(count)s payments were booked.", count
            )
            messages.success(request, text % {"count": count})
            return redirect(found)
    return _page(request, found, book_form=form)


@require_POST
@permission_required("payments.change_directdebit", raise_exception=True)
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Book by hand that one came back."""
    rows = DirectDebit.objects.visible_to(request.user).select_related("batch")
    debit, form = get_object_or_404(rows, pk=pk), ReturnForm(request.POST)
    if form.is_valid():
        try:
            return_debit(debit_id=debit.pk, said=form.said(), actor=request.user)
        except (DebitRefused, PaymentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It came back; the invoice is open again."))
            return redirect(debit.batch)
    return _page(request, _found(request, debit.batch_id), return_form=form, returning=debit.pk)


def _found(request: UserRequest, pk: int) -> DebitBatch:
    rows = DebitBatch.objects.visible_to(request.user).with_counts()
    return get_object_or_404(rows.select_related("legal_entity", "made_by", "sent_by"), pk=pk)


def _page(
    request: UserRequest,
    found: DebitBatch,
    book_form: BookForm | None = None,
    return_form: ReturnForm | None = None,
    returning: int = 0,
) -> HttpResponse:
    debits = found.debits.select_related("invoice__client", "mandate", "payment", "notice")
    day = max(found.collect_on, firm_today())
    rows: list[Any] = [
        {
            "debit": debit,
            "state": standing_of_debit(debit),
            "why": words_of(debit.return_code) if debit.returned_on else "",
            "form": return_form
            if debit.pk == returning
            else ReturnForm(initial={"returned_on": firm_today()}, auto_id=f"id_{debit.pk}_%s"),
        }
        for debit in debits.order_by("pk")
    ]
    context = {
        "batch": found,
        "state": standing_of(found),
        "rows": rows,
        "returning": returning,
        "book_form": book_form or BookForm(initial={"booked_on": day}),
    }
    refused = (book_form and book_form.errors) or (return_form and return_form.errors)
    return render(request, "payments/batch.html", context, status=422 if refused else 200)
