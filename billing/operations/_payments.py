"""Steps shared by all that is done with money that came in.

Locks are taken in one order: payments, then invoices, then the firm's journal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Allocation, Invoice, Payment, PaymentMethod, ReversalReason
from billing.queries.closings import reason_if_closed
from clients.models import Client, LegalEntity
from core.display import money_text


class PaymentRefused(Exception):
    """Money cannot be recorded or used as it was asked."""


@dataclass(frozen=True)
class Receipt:
    """Money as it came: when, how much, how, and what the sender wrote."""

    received_on: date
    amount: Decimal
    method: str = PaymentMethod.TRANSFER
    reference: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """Why and from when on something recorded does not count."""

    reversed_on: date
    reason: str = ReversalReason.BOUNCED
    note: str = ""


def guard_open(entity: LegalEntity, day: date) -> None:
    """Refuse money that is dated into a closed period of the locked books."""
    closed = reason_if_closed(entity.pk, day)
    if closed:
        raise PaymentRefused(closed)


def lock_payments(payments: Iterable[int]) -> list[Payment]:
    """Lock payments, so that nobody uses their rest meanwhile, and return them with it."""
    keys = list(payments)
    rows = Payment.objects.filter(pk__in=keys).order_by("pk")
    locked = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    found = Payment.objects.with_rest().filter(pk__in=locked)
    return list(found.order_by("received_on", "pk"))


def lock_credit(client_id: int, currency: str) -> list[Payment]:
    """Lock the payments of which a client has something left, the oldest first."""
    own = Payment.objects.with_credit().filter(client=client_id, currency=currency)
    return lock_payments(own.values_list("pk", flat=True))


def lock_invoices(client: Client, shares: Mapping[int, Decimal]) -> dict[int, Invoice]:
    """Lock the invoices in order, so that two payments cannot both pay the same rest."""
    own = Invoice.objects.issued().filter(client=client, pk__in=shares)
    locked = list(own.select_for_update().order_by("pk").values_list("pk", flat=True))
    if len(locked) != len(shares):
        raise PaymentRefused(_("A payment can only pay issued invoices of the same client."))
    found = Invoice.objects.with_balance().in_bulk(locked)
    for pk, invoice in found.items():
        _guard_balance(invoice, shares[pk])
    return found


def rest_of(payment: Payment) -> Decimal:
    """Return what is left of a payment read ``with_rest``."""
    return Decimal(payment.rest)  # type: ignore[attr-defined]  # annotated


def currency_of(client: Client, invoices: Iterable[Invoice]) -> str:
    """Return the one currency of the invoices, or that of the client where there are none."""
    currencies = {invoice.currency for invoice in invoices} or {client.currency}
    if len(currencies) > 1:
        raise PaymentRefused(_("One payment cannot pay invoices in different currencies."))
    return currencies.pop()


def release(allocations: Iterable[Allocation], *, note: str, actor: User | None) -> None:
    """Undo allocations by counter-entries, which stand beside them for ever."""
    Allocation.objects.bulk_create(
        Allocation(
            payment_id=one.payment_id,
            invoice_id=one.invoice_id,
            refund_id=one.refund_id,
            amount=-one.amount,
            releases=one,
            note=note,
            recorded_by=actor,
        )
        for one in allocations
    )


def _guard_balance(invoice: Invoice, amount: Decimal) -> None:
    if amount <= 0:
        raise PaymentRefused(_("A payment must be more than nothing."))
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
