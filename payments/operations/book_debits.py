"""Booking what a batch of direct debits brought."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BankEntry, Invoice, Payment, PaymentMethod
from billing.operations._entries import lock_open_entry
from billing.operations._payments import PaymentRefused, Receipt
from billing.operations._receiving import Receiving, receive
from billing.standing import balance_of
from core.display import money_text
from payments.models import DebitBatch, DirectDebit
from payments.operations._batches import DebitRefused, live_debits, lock_batch, lock_invoices

__all__ = ["DebitRefused", "PaymentRefused", "book_debits"]


@transaction.atomic(durable=True)
def book_debits(
    *,
    batch_id: int,
    booked_on: date,
    actor: User | None,
    debit_ids: Iterable[int] | None = None,
    entry_id: int | None = None,
) -> int:
    """Record a payment for each direct debit that is still under way, or for those named.

    With a line of a bank statement its amount must be theirs in sum; the line is used up by it.
    What an invoice no longer asks for becomes the client's credit: the money did come.

    :raises DebitRefused: the batch is not at the bank, nothing of it waits, or the sums differ
    :raises PaymentRefused: somebody dealt with the line
    """
    entry = lock_open_entry(entry_id) if entry_id else None
    batch = lock_batch(batch_id)
    _guard(batch, booked_on)
    debits = live_debits(batch)
    if debit_ids is not None:
        wanted = set(debit_ids)
        debits = [debit for debit in debits if debit.pk in wanted]
    if not debits:
        raise DebitRefused(_("Nothing of this batch waits to be booked."))
    if entry:
        _guard_sum(entry, debits)
    lock_invoices(debit.invoice_id for debit in debits)
    known = _booked_by_hand(batch, debits)
    for debit in debits:
        debit.payment = known.get(debit.pk) or _receive(debit, booked_on, actor)
        debit.bank_entry = entry
        debit.save(update_fields=["payment", "bank_entry"])
    if entry:
        _use_up(entry, batch, debits)
    return len(debits)


def _guard(batch: DebitBatch, booked_on: date) -> None:
    if not batch.sent_at:
        raise DebitRefused(_("Hand the batch to the bank before it is booked."))
    if booked_on < batch.collect_on:
        raise DebitRefused(_("It cannot be booked before the day of the collection."), "booked_on")


def _guard_sum(entry: BankEntry, debits: list[DirectDebit]) -> None:
    total = sum((debit.amount for debit in debits), Decimal(0))
    if (entry.amount, entry.currency) != (total, "EUR"):
        raise DebitRefused(
            _("The line is of %(line)s, what waits of the batch comes to %(total)s.")
            % {
                "line": money_text(entry.amount, entry.currency),
                "total": money_text(total, "EUR"),
            }
        )


def _receive(debit: DirectDebit, booked_on: date, actor: User | None) -> Payment:
    balance = balance_of(Invoice.objects.with_balance().get(pk=debit.invoice_id))
    share = min(max(balance, Decimal(0)), debit.amount)
    if not share and debit.invoice.client.currency != "EUR":
        raise DebitRefused(
            _("%(invoice)s was paid otherwise, and its client has no account in euro.")
            % {"invoice": debit.invoice}
        )
    receipt = Receipt(booked_on, debit.amount, PaymentMethod.DIRECT_DEBIT, debit.end_to_end_id)
    shares = {debit.invoice_id: share} if share else {}
    asked = Receiving(debit.invoice.client_id, receipt, shares, actor, accepts_repeat=True)
    return receive(asked)


def _booked_by_hand(batch: DebitBatch, debits: list[DirectDebit]) -> dict[int, Payment]:
    """Return the payments that somebody booked from single lines naming these direct debits."""
    entries = BankEntry.objects.filter(
        text__contains=batch.reference,
        payment__isnull=False,
        payment__reversal=None,
        payment__direct_debit=None,
    ).select_related("payment")
    found: dict[int, Payment] = {}
    for entry in entries:
        for debit in debits:
            same = entry.payment and entry.payment.client_id == debit.invoice.client_id
            if same and entry.amount == debit.amount and debit.end_to_end_id in entry.text:
                found[debit.pk] = entry.payment  # type: ignore[assignment]  # checked above
    return found


def _use_up(entry: BankEntry, batch: DebitBatch, debits: list[DirectDebit]) -> None:
    """Tie the line to its one payment, or say what it was in sum."""
    fresh = [debit.payment for debit in debits]
    if len(fresh) == 1 and fresh[0] and not BankEntry.objects.filter(payment=fresh[0]).exists():
        entry.payment = fresh[0]
        entry.save(update_fields=["payment"])
        return
    entry.booked_as = str(batch)
    entry.save(update_fields=["booked_as"])
