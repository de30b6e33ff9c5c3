"""Cancelling an issued invoice: what it will cause first, then done in one step."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from billing.forms.cancelling import CancelForm
from billing.models import Invoice
from billing.operations.cancel_invoice import (
    AlreadyCancelled,
    Cancelled,
    CancelNotPossible,
    cancel_invoice,
)
from billing.queries.cancelling import evidence_counts
from billing.queries.credits import corrected_of
from billing.views.issuing import firm_today
from core.display import minutes_text


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.issue_invoice", raise_exception=True)
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Ask why and whether it is drafted again, say what that causes, and cancel."""
    visible = Invoice.objects.visible_to(request.user).issued().invoices_only().with_balance()
    invoice = get_object_or_404(visible.select_related("client", "legal_entity"), pk=pk)
    form = CancelForm(request.POST or None, today=firm_today())
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, invoice, form)
        except AlreadyCancelled as refusal:
            messages.info(request, str(refusal))
            return redirect(invoice)
        except CancelNotPossible as refusal:
            form.add_error(None, str(refusal))
    context = {
        "invoice": invoice,
        "form": form,
        "left": corrected_of(invoice).gross_left,
        "freed": _freed(invoice),
    }
    return render(request, "billing/cancel.html", context, status=422 if form.is_bound else 200)


def _done(request: UserRequest, invoice: Invoice, form: CancelForm) -> HttpResponse:
    done = cancel_invoice(
        invoice_id=invoice.pk,
        reason=form.cleaned_data["reason"],
        cancelled_on=form.cleaned_data["cancelled_on"],
        drafts_again=form.drafts_again,
        actor=request.user,
    )
    messages.success(request, _what_was_done(invoice, done))
    if form.drafts_again and not done.drafts:
        messages.info(request, _("Nothing is due any more, so there is no new draft."))
    return redirect(done.drafts[0] if len(done.drafts) == 1 else invoice)


def _what_was_done(invoice: Invoice, done: Cancelled) -> str:
    if done.credit_note is None:
        return _("%(invoice)s is cancelled.") % {"invoice": invoice.number}
    return _("%(invoice)s is cancelled by credit note %(note)s, which is on its way.") % {
        "invoice": invoice.number,
        "note": done.credit_note.number,
    }


def _freed(invoice: Invoice) -> list[str]:
    """Return what would be billable again, in words."""
    found = evidence_counts(invoice)
    words = [minutes_text(found["minutes"])] if found["minutes"] else []
    for name, count in found.items():
        if name != "minutes" and count:
            words.append(_words(name, count) % {"n": count})
    return words


def _words(name: str, count: int) -> str:
    return {
        "parts": ngettext("%(n)d part", "%(n)d parts", count),
        "flat_rates": ngettext("%(n)d flat rate", "%(n)d flat rates", count),
        "periods": ngettext("%(n)d contract period", "%(n)d contract periods", count),
        "blocks": ngettext("%(n)d block of hours", "%(n)d blocks of hours", count),
        "hand_lines": ngettext("%(n)d line by hand", "%(n)d lines by hand", count),
        "corrections": ngettext("%(n)d correction", "%(n)d corrections", count),
    }[name]
