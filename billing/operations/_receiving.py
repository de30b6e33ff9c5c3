"""Writing down money that came in, by hand or from a bank statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Allocation, Invoice, Payment
from billing.operations._journal import lock_journal, seal_payment
from billing.operations._payments import (
    PaymentRefused,
    Receipt,
    currency_of,
    guard_open,
    lock_invoices,
)
from clients.models import Client, LegalEntity
from core.display import day_text, money_text


class PaymentRepeated(PaymentRefused):
    """The same payment was recorded before."""


@dataclass(frozen=True)
class Receiving:
    """A payment to be recorded, with what it pays."""

    client_id: int
    receipt: Receipt
    allocations: Mapping[int, Decimal]
    actor: User | None
    accepts_repeat: bool = False


def receive(asked: Receiving) -> Payment:
    """Lock what is paid and the journal, guard, and write the payment with its allocations."""
    client = Client.objects.get(pk=asked.client_id)
    invoices = lock_invoices(client, asked.allocations)
    currency = currency_of(client, invoices.values())
    _guard_sum(asked, currency)
    entity = lock_journal(_entity_of(invoices))
    guard_open(entity, asked.receipt.received_on)
    if not asked.accepts_repeat:
        _guard_repeat(asked, currency)
    receipt = asked.receipt
    payment = Payment.objects.create(
        client=client,
        received_on=receipt.received_on,
        amount=receipt.amount,
        currency=currency,
        method=receipt.method,
        reference=receipt.reference,
        recorded_by=asked.actor,
    )
    Allocation.objects.bulk_create(
        Allocation(payment=payment, invoice=invoices[pk], amount=amount, recorded_by=asked.actor)
        for pk, amount in sorted(asked.allocations.items())
    )
    seal_payment(entity, payment)
    return payment


def _entity_of(invoices: Mapping[int, Invoice]) -> int:
    if invoices:
        return invoices[min(invoices)].legal_entity_id
    return LegalEntity.objects.current().pk


def _guard_sum(asked: Receiving, currency: str) -> None:
    amount = asked.receipt.amount
    if amount <= 0:
        raise PaymentRefused(_("A payment must be more than nothing."))
    allocated = sum(asked.allocations.values(), Decimal(0))
    if allocated > amount:
        raise PaymentRefused(
            _("%(allocated)s is allocated, but only %(amount)s was received.")
            % {
                "allocated": money_text(allocated, currency),
                "amount": money_text(amount, currency),
            }
        )


def _guard_repeat(asked: Receiving, currency: str) -> None:
    """Find the same payment; who holds the journal sees all that was recorded before."""
    receipt = asked.receipt
    same = Payment.objects.filter(
        client=asked.client_id,
        received_on=receipt.received_on,
        amount=receipt.amount,
        currency=currency,
        reference=receipt.reference,
        reversal=None,
    )
    if same.exists():
        raise PaymentRepeated(
            _("A payment of %(amount)s on %(day)s with this reference is recorded already.")
            % {
                "amount": money_text(receipt.amount, currency),
                "day": day_text(receipt.received_on),
            }
        )
