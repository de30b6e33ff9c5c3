"""A client's account: what is to their credit, and what is done with it."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.payments import CreditForm, RefundForm, WithdrawalForm
from billing.models import Invoice, Payment, Refund
from billing.operations.allocate_credit import PaymentRefused, allocate_credit
from billing.operations.free_excess import free_excess
from billing.operations.refund_credit import refund_credit
from billing.operations.reverse_refund import reverse_refund
from billing.queries.credit import credit_of
from billing.standing import balance_of
from billing.views.issuing import firm_today
from billing.views.payments import open_invoices
from clients.models import Client
from core.display import money_text


@require_safe
@permission_required("billing.view_payment", raise_exception=True)
def account(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show what a client has paid in, what of it is left, and what went back."""
    return _page(request, _client(request, client_pk))


@require_POST
@permission_required("billing.add_allocation", raise_exception=True)
def allocate(request: UserRequest, client_pk: int) -> HttpResponse:
    """Pay invoices with a client's credit; the oldest first where nothing was said."""
    client = _client(request, client_pk)
    form = CreditForm(request.POST, invoices=_payable(request, client))
    if form.is_valid():
        form.spread(credit_of(client.pk).get(client.currency, Decimal(0)))
        if _use_credit(request, client, form):
            return redirect("billing:account", client.pk)
    return _page(request, client, credit_form=form)


@require_POST
@permission_required("billing.add_allocation", raise_exception=True)
def pay_invoice(request: UserRequest, pk: int) -> HttpResponse:
    """Pay one invoice with the client's credit, as far as it reaches."""
    visible = Invoice.objects.visible_to(request.user).issued().with_balance()
    invoice = get_object_or_404(visible, pk=pk)
    credit = credit_of(invoice.client_id).get(invoice.currency, Decimal(0))
    share = min(credit, balance_of(invoice))
    try:
        allocate_credit(
            client_id=invoice.client_id,
            allocations={invoice.pk: share} if share > 0 else {},
            actor=request.user,
        )
    except PaymentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        amount = money_text(share, invoice.currency)
        messages.success(request, _("%(amount)s was paid with credit.") % {"amount": amount})
    return redirect(invoice)


@require_POST
@permission_required("billing.change_allocation", raise_exception=True)
def free(request: UserRequest, pk: int) -> HttpResponse:
    """Make credit of what an invoice got beyond what it asks for."""
    invoice = get_object_or_404(Invoice.objects.visible_to(request.user).issued(), pk=pk)
    try:
        excess = free_excess(invoice_id=invoice.pk, actor=request.user)
    except PaymentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        amount = money_text(excess, invoice.currency)
        messages.success(request, _("%(amount)s is credit again.") % {"amount": amount})
    return redirect(invoice)


@require_POST
@permission_required("billing.add_refund", raise_exception=True)
def refund(request: UserRequest, client_pk: int) -> HttpResponse:
    """Record that credit went back to a client."""
    client = _client(request, client_pk)
    form = RefundForm(request.POST)
    if form.is_valid():
        try:
            refund_credit(client_id=client.pk, payout=form.payout(), actor=request.user)
        except PaymentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The refund was recorded."))
            return redirect("billing:account", client.pk)
    return _page(request, client, refund_form=form)


@require_POST
@permission_required("billing.add_reversal", raise_exception=True)
def undo_refund(request: UserRequest, pk: int) -> HttpResponse:
    """Let a refund count no more; its money is credit again."""
    visible = Refund.objects.visible_to(request.user).select_related("client")
    found = get_object_or_404(visible, pk=pk)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why and from when on the refund does not count."))
        return redirect("billing:account", found.client_id)
    try:
        reverse_refund(refund_id=found.pk, withdrawal=form.withdrawal(), actor=request.user)
    except PaymentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The refund was reversed; its money is credit again."))
    return redirect("billing:account", found.client_id)


def _use_credit(request: UserRequest, client: Client, form: CreditForm) -> bool:
    try:
        used = allocate_credit(
            client_id=client.pk, allocations=form.allocations(), actor=request.user
        )
    except PaymentRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    total = sum((share.amount for share in used), Decimal(0))
    amount = money_text(total, client.currency)
    messages.success(request, _("%(amount)s was paid with credit.") % {"amount": amount})
    return True


def _client(request: UserRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.with_money_visible_to(request.user), pk=pk)


def _payable(request: UserRequest, client: Client) -> list[Invoice]:
    return list(open_invoices(request, client).filter(currency=client.currency))


def _page(
    request: UserRequest,
    client: Client,
    *,
    credit_form: CreditForm | None = None,
    refund_form: RefundForm | None = None,
) -> HttpResponse:
    today, credit = firm_today(), credit_of(client.pk)
    invoices = _payable(request, client)
    usable = credit.get(client.currency, Decimal(0))
    initial = {"amount": usable or None, "paid_on": today, "currency": client.currency}
    forms: dict[str, Form] = {
        "credit_form": credit_form or CreditForm(invoices=invoices),
        "refund_form": refund_form or RefundForm(initial=initial),
        "withdrawal_form": WithdrawalForm(initial={"reversed_on": today}),
    }
    payments = Payment.objects.visible_to(request.user).with_credit().filter(client=client)
    context = {
        "client": client,
        "credit": [{"currency": key, "amount": amount} for key, amount in credit.items()],
        "usable": usable,
        "owed": sum((balance_of(invoice) for invoice in invoices), Decimal(0)),
        "payments": payments,
        "refunds": Refund.objects.visible_to(request.user)
        .filter(client=client)
        .select_related("reversal"),
    }
    is_wrong = any(form.errors for form in forms.values())
    status = 422 if is_wrong else 200
    return render(request, "billing/account.html", context | forms, status=status)
