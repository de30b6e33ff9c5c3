"""Recording money that came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Allocation, Invoice, Payment, PaymentMethod
from clients.models import Client
from core.display import money_text


class PaymentRefused(Exception):
    """The payment cannot be recorded as it was entered."""


@dataclass(frozen=True)
class Receipt:
    """Money as it came: when, how much, how, and what the sender wrote."""

    received_on: date
    amount: Decimal
    method: str = PaymentMethod.TRANSFER
    reference: str = ""


@transaction.atomic(durable=True)
def record_payment(
    *, client_id: int, receipt: Receipt, allocations: Mapping[int, Decimal], actor: User | None
) -> Payment:
    """Record a payment and what it pays; a rest stays on the client's account.

    :raises PaymentRefused: it pays more than it is, or more than an invoice still asks for
    """
    client = Client.objects.get(pk=client_id)
    invoices = _lock(client, allocations)
    currency = _currency_of(client, invoices)
    _guard_sum(receipt, allocations, currency)
    for invoice in invoices.values():
        _guard_balance(invoice, allocations[invoice.pk])
    payment = Payment.objects.create(
        client=client,
        received_on=receipt.received_on,
        amount=receipt.amount,
        currency=currency,
        method=receipt.method,
        reference=receipt.reference,
        recorded_by=actor,
    )
    Allocation.objects.bulk_create(
        Allocation(payment=payment, invoice=invoices[pk], amount=amount)
        for pk, amount in sorted(allocations.items())
    )
    return payment


def _lock(client: Client, allocations: Mapping[int, Decimal]) -> dict[int, Invoice]:
    """Lock the invoices in order, so that two payments cannot both pay the same rest."""
    own = Invoice.objects.issued().filter(client=client, pk__in=allocations)
    locked = list(own.select_for_update().order_by("pk").values_list("pk", flat=True))
    if len(locked) != len(allocations):
        raise PaymentRefused(_("A payment can only pay issued invoices of the same client."))
    return Invoice.objects.with_balance().in_bulk(locked)


def _currency_of(client: Client, invoices: Mapping[int, Invoice]) -> str:
    currencies = {invoice.currency for invoice in invoices.values()} or {client.currency}
    if len(currencies) > 1:
        raise PaymentRefused(_("One payment cannot pay invoices in different currencies."))
    return currencies.pop()


def _guard_sum(receipt: Receipt, allocations: Mapping[int, Decimal], currency: str) -> None:
    if receipt.amount <= 0 or any(amount <= 0 for amount in allocations.values()):
        raise PaymentRefused(_("A payment must be more than nothing."))
    allocated = sum(allocations.values(), Decimal(0))
    if allocated > receipt.amount:
        raise PaymentRefused(
            _("%(allocated)s is allocated, but only %(amount)s was received.")
            % {
                "allocated": money_text(allocated, currency),
                "amount": money_text(receipt.amount, currency),
            }
        )


def _guard_balance(invoice: Invoice, amount: Decimal) -> None:
    balance: Decimal = invoice.balance  # type: ignore[attr-defined]  # annotated
    if amount > balance:
        raise PaymentRefused(
            _("%(invoice)s asks for %(balance)s, less than the %(amount)s allocated to it.")
            % {
                "invoice": invoice.number,
                "balance": money_text(balance, invoice.currency),
                "amount": money_text(amount, invoice.currency),
            }
        )
