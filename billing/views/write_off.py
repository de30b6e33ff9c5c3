"""Writing off what a client will never pay."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from billing.forms.write_off import WriteOffForm
from billing.models import Invoice
from billing.operations.write_off_invoice import WriteOffRefused, write_off_invoice
from billing.standing import balance_of
from billing.views.issuing import firm_today
from core.display import money_text


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_writeoff", raise_exception=True)
def write_off(request: UserRequest, pk: int) -> HttpResponse:
    """Ask how much is given up and why, say what that causes, and write it off."""
    visible = Invoice.objects.visible_to(request.user).issued().invoices_only().with_balance()
    invoice = get_object_or_404(visible.select_related("client", "legal_entity"), pk=pk)
    balance = balance_of(invoice)
    form = WriteOffForm(request.POST or None, balance=balance, today=firm_today())
    if form.is_valid():
        try:
            done = write_off_invoice(invoice_id=pk, loss=form.loss(), actor=request.user)
        except WriteOffRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            amount = money_text(done.amount, invoice.currency)
            text = _("%(amount)s of %(invoice)s is written off.")
            messages.success(request, text % {"amount": amount, "invoice": invoice.number})
            return redirect(invoice)
    context = {"invoice": invoice, "form": form, "balance": balance}
    return render(request, "billing/write_off.html", context, status=422 if form.is_bound else 200)
