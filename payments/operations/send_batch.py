"""Handing a batch of direct debits to the bank."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice
from billing.standing import balance_of
from collecting.queries.disputed import disputed_amounts
from core.display import day_text
from payments.models import DebitBatch
from payments.operations._batches import DebitRefused, live_debits, lock_batch, lock_invoices
from payments.queries.proposals import first_collection_day

__all__ = ["DebitRefused", "send_batch"]


@transaction.atomic(durable=True)
def send_batch(*, batch_id: int, now: datetime, today: date, actor: User | None) -> DebitBatch:
    """Note that the file leaves the house; from now on the batch cannot be cancelled.

    :raises DebitRefused: it was sent, the day is too near, or an invoice or mandate changed since
    """
    batch = lock_batch(batch_id)
    if batch.sent_at:
        raise DebitRefused(_("This batch was handed to the bank already."))
    first = first_collection_day(batch.legal_entity, today)
    if batch.collect_on < first:
        raise DebitRefused(
            _("It is too late for this day; cancel the batch and make it anew, from %(day)s on.")
            % {"day": day_text(first)}
        )
    _guard_unchanged(batch)
    batch.sent_at, batch.sent_by = now, actor
    batch.save(update_fields=["sent_at", "sent_by"])
    return batch


def _guard_unchanged(batch: DebitBatch) -> None:
    """Refuse to collect what was paid, disputed or revoked since the file was made."""
    debits = live_debits(batch)
    lock_invoices(debit.invoice_id for debit in debits)
    owed = Invoice.objects.with_balance().in_bulk([debit.invoice_id for debit in debits])
    disputed = disputed_amounts(list(owed))
    for debit in debits:
        open_now = balance_of(owed[debit.invoice_id]) - disputed.get(debit.invoice_id, 0)
        if debit.mandate.ended_on or debit.amount > open_now:
            raise DebitRefused(
                _(
                    "%(invoice)s was paid, disputed or lost its mandate since; cancel the batch"
                    " and make it anew."
                )
                % {"invoice": debit.invoice}
            )
