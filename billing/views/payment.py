"""One payment: what it pays, taking that back, and reversing it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.payments import WithdrawalForm
from billing.models import Allocation, Payment
from billing.operations.release_allocation import release_allocation
from billing.operations.reverse_payment import PaymentRefused, reverse_payment
from billing.views.issuing import firm_today
from core.display import money_text


@require_safe
@permission_required("billing.view_payment", raise_exception=True)
def payment(request: UserRequest, pk: int) -> HttpResponse:
    """Show a payment with all it was ever used for."""
    form = WithdrawalForm(initial={"reversed_on": firm_today()})
    return _page(request, _found(request, pk), form)


@require_POST
@permission_required("billing.add_reversal", raise_exception=True)
def reverse(request: UserRequest, pk: int) -> HttpResponse:
    """Let a payment count no more; what it paid is open again."""
    found = _found(request, pk)
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            reverse_payment(payment_id=found.pk, withdrawal=form.withdrawal(), actor=request.user)
        except PaymentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The payment was reversed; what it paid is open again."))
            return redirect(found)
    return _page(request, found, form)


@require_POST
@permission_required("billing.change_allocation", raise_exception=True)
def release(request: UserRequest, pk: int) -> HttpResponse:
    """Take back what a payment pays; the money is the client's credit again."""
    visible = Allocation.objects.visible_to(request.user).select_related("payment")
    allocation = get_object_or_404(visible, pk=pk)
    try:
        release_allocation(allocation_id=allocation.pk, note="", actor=request.user)
    except PaymentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        amount = money_text(allocation.amount, allocation.payment.currency)
        messages.success(request, _("%(amount)s is credit again.") % {"amount": amount})
    return redirect(allocation.payment)


def _found(request: UserRequest, pk: int) -> Payment:
    visible = Payment.objects.visible_to(request.user).with_rest()
    return get_object_or_404(visible.select_related("client", "recorded_by", "reversal"), pk=pk)


def _page(request: UserRequest, found: Payment, form: WithdrawalForm) -> HttpResponse:
    uses = found.allocations.select_related("invoice", "refund", "released_by", "recorded_by")
    context = {
        "payment": found,
        "uses": uses.filter(releases=None).order_by("pk"),
        "reversal": getattr(found, "reversal", None),
        "seal": found.journal_entries.first(),
        "form": form,
    }
    return render(request, "billing/payment_page.html", context, status=422 if form.errors else 200)
