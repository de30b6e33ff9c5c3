"""Letting a batch of direct debits go."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clients.models import Mandate
from payments.models import DebitBatch, DebitNotice, DirectDebit
from payments.operations._batches import DebitRefused, live_debits, lock_batch

__all__ = ["DebitRefused", "cancel_batch"]


@transaction.atomic(durable=True)
def cancel_batch(*, batch_id: int, now: datetime, bank_refused_it: bool = False) -> DebitBatch:
    """Free the invoices of a batch that was not sent, or that the bank refused whole.

    :raises DebitRefused: the bank has it and did not refuse it, or some of it was booked
    """
    batch = lock_batch(batch_id)
    if batch.sent_at and not bank_refused_it:
        raise DebitRefused(_("The bank has this batch; it cannot be cancelled any more."))
    if not batch.sent_at and bank_refused_it:
        raise DebitRefused(_("The bank does not have this batch yet; cancel it."))
    debits = live_debits(batch)
    if len(debits) != batch.debit_count:
        raise DebitRefused(_("Some of this batch was booked or came back already."))
    keys = [debit.pk for debit in debits]
    DebitNotice.objects.filter(debit__in=keys, state="waiting").delete()
    DirectDebit.objects.filter(pk__in=keys).update(released_at=now)
    batch.cancelled_at = now
    batch.save(update_fields=["cancelled_at"])
    _forget_use({debit.mandate_id for debit in debits})
    return batch


def _forget_use(mandate_ids: set[int]) -> None:
    """Let mandates be as if the batch had not been, so that none counts as used by it."""
    before = DirectDebit.objects.filter(mandate__in=mandate_ids, released_at=None)
    days = dict(before.values_list("mandate").annotate(last=Max("batch__collect_on")))
    for mandate in Mandate.objects.filter(pk__in=mandate_ids).order_by("pk"):
        mandate.last_collected_on = days.get(mandate.pk)
        mandate.save(update_fields=["last_collected_on"])
