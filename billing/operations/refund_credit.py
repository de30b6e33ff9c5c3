"""Paying a client's credit back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.domain.spread import drawn_from
from billing.models import Allocation, Payment, PaymentMethod, Refund
from billing.operations._journal import entity_of, lock_journal, seal_refund
from billing.operations._payments import PaymentRefused, guard_open, lock_credit, rest_of
from clients.models import Client
from core.display import money_text

__all__ = ["PaymentRefused", "Payout", "refund_credit"]


@dataclass(frozen=True)
class Payout:
    """Money as it went back: when, how much, how, under which reference."""

    paid_on: date
    amount: Decimal
    method: str = PaymentMethod.TRANSFER
    reference: str = ""
    currency: str = ""


@transaction.atomic(durable=True)
def refund_credit(*, client_id: int, payout: Payout, actor: User | None) -> Refund:
    """Pay credit back to a client; the oldest payments bear it first.

    :raises PaymentRefused: there is less credit than that, or it had not come by that day
    """
    client = Client.objects.get(pk=client_id)
    currency = payout.currency or client.currency
    payments = lock_credit(client.pk, currency)
    _guard(payments, payout, currency)
    entity = lock_journal(entity_of(payments[0]))
    guard_open(entity, payout.paid_on)
    refund = Refund.objects.create(
        client=client,
        paid_on=payout.paid_on,
        amount=payout.amount,
        currency=currency,
        method=payout.method,
        reference=payout.reference,
        recorded_by=actor,
    )
    rests = [(one.pk, rest_of(one)) for one in _come_by(payments, payout.paid_on)]
    Allocation.objects.bulk_create(
        Allocation(payment_id=source, refund=refund, amount=share, recorded_by=actor)
        for source, _target, share in drawn_from(rests, [(refund.pk, payout.amount)])
    )
    seal_refund(entity, refund)
    return refund


def _come_by(payments: list[Payment], day: date) -> list[Payment]:
    return [one for one in payments if one.received_on <= day]


def _guard(payments: list[Payment], payout: Payout, currency: str) -> None:
    if payout.amount <= 0:
        raise PaymentRefused(_("A refund must be more than nothing."))
    credit = sum((rest_of(one) for one in _come_by(payments, payout.paid_on)), Decimal(0))
    if payout.amount > credit:
        raise PaymentRefused(
            _("%(amount)s is to be paid back, but on that day there is only %(credit)s of credit.")
            % {
                "amount": money_text(payout.amount, currency),
                "credit": money_text(credit, currency),
            }
        )
