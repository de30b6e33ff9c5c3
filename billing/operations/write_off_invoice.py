"""Giving up what a client will never pay."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice, WriteOff
from billing.operations._journal import lock_journal, seal_write_off
from billing.operations._overpaid import lock_payments_of
from billing.queries.closings import reason_if_closed
from billing.standing import balance_of
from core.display import money_text


class WriteOffRefused(Exception):
    """The rest of the invoice cannot be written off like this."""


@dataclass(frozen=True)
class Loss:
    """What is given up: when, why, how much (all that is open where nothing is said)."""

    written_off_on: date
    reason: str
    amount: Decimal | None = None
    takes_back_tax: bool = False


@transaction.atomic(durable=True)
def write_off_invoice(*, invoice_id: int, loss: Loss, actor: User | None) -> WriteOff:
    """Write off what is open on an invoice, or a part of it; the invoice asks for it no more.

    :raises WriteOffRefused: it is a draft or a credit note, less is open, or the day is wrong
    """
    lock_payments_of(invoice_id)
    Invoice.objects.select_for_update(of=("self",)).get(pk=invoice_id)
    invoice = Invoice.objects.with_balance().get(pk=invoice_id)
    reason = " ".join(loss.reason.split())
    amount = balance_of(invoice) if loss.amount is None else loss.amount
    entity = lock_journal(invoice.legal_entity_id)
    _guard(invoice, loss.written_off_on, reason, amount)
    write_off = WriteOff.objects.create(
        invoice=invoice,
        amount=amount,
        written_off_on=loss.written_off_on,
        reason=reason,
        takes_back_tax=loss.takes_back_tax,
        recorded_by=actor,
    )
    seal_write_off(entity, write_off)
    return write_off


def _guard(invoice: Invoice, day: date, reason: str, amount: Decimal) -> None:
    if invoice.is_draft or invoice.is_credit_note:
        raise WriteOffRefused(_("Only an issued invoice can be written off."))
    if not reason:
        raise WriteOffRefused(_("A write-off says why the client will not pay."))
    balance = balance_of(invoice)
    if amount <= 0:
        raise WriteOffRefused(_("Nothing is open on this invoice."))
    if amount > balance:
        raise WriteOffRefused(
            _("Only %(balance)s is open on %(invoice)s.")
            % {"balance": money_text(balance, invoice.currency), "invoice": invoice.number}
        )
    if invoice.issued_on and day < invoice.issued_on:
        raise WriteOffRefused(_("An invoice cannot be written off before its date."))
    closed = reason_if_closed(invoice.legal_entity_id, day)
    if closed:
        raise WriteOffRefused(closed)
