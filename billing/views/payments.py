"""Payments: the list, and recording one."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.payments import ClientChoiceForm, InvoicePaymentForm, PaymentForm
from billing.lists import PAYMENTS
from billing.models import Allocation, Invoice, Payment
from billing.operations.record_payment import (
    PaymentRefused,
    PaymentRepeated,
    record_payment,
)
from billing.queries.lines import charges_with_evidence
from billing.standing import balance_of
from billing.views.invoices import page_of
from billing.views.issuing import firm_today
from clients.models import Client
from core.display import money_text
from core.money import ZERO


@require_safe
@permission_required("billing.view_payment", raise_exception=True)
def payments(request: UserRequest) -> HttpResponseBase:
    """List the payments, what they pay and what of them is not used up."""
    standing = Allocation.objects.standing().select_related("invoice", "refund").order_by("pk")
    rows = (
        Payment.objects.visible_to(request.user)
        .with_rest()
        .select_related("client")
        .prefetch_related(Prefetch("allocations", standing, to_attr="uses"))
    )
    return PAYMENTS.respond(request, rows, "billing/payments.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_payment", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Choose the client, then record what came in and what it pays."""
    clients = Client.objects.with_money_visible_to(request.user).order_by("name")
    asked = request.POST.get("client") or request.GET.get("client") or ""
    client = clients.filter(pk=asked).first() if asked.isdecimal() else None
    if client is None:
        form = ClientChoiceForm(clients=clients)
        return render(request, "billing/payment_client.html", {"form": form})
    return _record(request, client)


def _record(request: UserRequest, client: Client) -> HttpResponse:
    invoices = list(open_invoices(request, client))
    owed = sum((balance_of(invoice) for invoice in invoices), ZERO)
    initial = {"amount": owed or None, "received_on": firm_today()}
    form = PaymentForm(request.POST or None, initial=initial, client=client, invoices=invoices)
    if form.is_valid():
        try:
            payment = record_payment(
                client_id=client.pk,
                receipt=form.receipt(),
                allocations=form.allocations(),
                actor=request.user,
                accepts_repeat=form.is_meant_twice,
            )
        except PaymentRepeated as repeat:
            form.ask_whether_twice(str(repeat))
        except PaymentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _announce(request, payment)
            return redirect(payment)
    context = {"form": form, "client": client, "owed": owed, "shares": form.shares}
    return render(request, "billing/payment.html", context, status=422 if form.is_bound else 200)


@require_POST
@permission_required("billing.add_payment", raise_exception=True)
def pay(request: UserRequest, pk: int) -> HttpResponse:
    """Record the payment of one invoice; what is more than it asks for stays on the account."""
    visible = Invoice.objects.visible_to(request.user).issued().with_balance()
    invoice = get_object_or_404(
        visible.select_related("client", "legal_entity", "run", "corrects").prefetch_related(
            charges_with_evidence(), "tax_lines"
        ),
        pk=pk,
    )
    form = InvoicePaymentForm(request.POST)
    if form.is_valid():
        receipt = form.receipt()
        share = min(receipt.amount, balance_of(invoice))
        try:
            payment = record_payment(
                client_id=invoice.client_id,
                receipt=receipt,
                allocations={invoice.pk: share} if share > 0 else {},
                actor=request.user,
                accepts_repeat=form.is_meant_twice,
            )
        except PaymentRepeated as repeat:
            form.ask_whether_twice(str(repeat))
        except PaymentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _announce(request, payment)
            return redirect(invoice)
    context = page_of(request, invoice) | {"payment_form": form}
    return render(request, "billing/invoice.html", context, status=422)


def _announce(request: UserRequest, payment: Payment) -> None:
    text = _("The payment of %(amount)s by %(client)s was recorded.")
    amount = money_text(payment.amount, payment.currency)
    messages.success(request, text % {"amount": amount, "client": payment.client})


def open_invoices(request: UserRequest, client: Client) -> "QuerySet[Invoice]":
    """Return what a client still has to pay, the oldest first."""
    visible = Invoice.objects.visible_to(request.user).filter(client=client)
    return cast("QuerySet[Invoice]", visible.open().order_by("due_on", "pk"))
