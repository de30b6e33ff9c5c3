"""What workers do for direct debits; each task may be given twice and stopped at any moment."""

from contextlib import suppress
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from clients.models import LegalEntity, MandateScheme
from core.doorbell import ring
from core.outbox import due_ids
from payments.models import DebitNotice, DirectDebit
from payments.operations.deliver_notice import deliver_notice
from payments.operations.make_batch import BatchOrder, DebitRefused, make_batch
from payments.operations.note_return import note_return
from payments.queries.proposals import first_collection_day, proposals

NOTICES_A_TASK = 100
RETURNS_A_TASK = 500


@shared_task
def deliver_notices() -> None:
    """Send the announcements that wait, and ask for another turn while there are more."""
    due = due_ids(DebitNotice.objects.all(), timezone.now(), NOTICES_A_TASK)
    for notice_id in due:
        deliver_notice(notice_id=notice_id, now=timezone.now())
    if len(due) == NOTICES_A_TASK:
        ring(deliver_notices)


@shared_task
def sweep_debits() -> None:
    """Send what nobody rang for, and see which payments were taken back elsewhere."""
    deliver_notices()
    taken_back = DirectDebit.objects.unnoticed_returns().order_by("pk")
    for debit_id in list(taken_back.values_list("pk", flat=True)[:RETURNS_A_TASK]):
        note_return(debit_id=debit_id)


@shared_task
def prepare_batches() -> None:
    """Prepare what the next possible day collects, for firms that want it; a person sends it."""
    for entity in LegalEntity.objects.filter(makes_debit_batches=True).order_by("pk"):
        for scheme in MandateScheme.values:
            _prepare(entity, scheme, timezone.localtime(timezone=entity.zone))


def _prepare(entity: LegalEntity, scheme: str, now: datetime) -> None:
    today = now.date()
    day = first_collection_day(entity, today)
    ready = [one for one in proposals(entity, scheme, day, today) if one.is_ready]
    # What came back is collected again only by a person who has looked why.
    keys = [one.invoice.pk for one in ready if not one.came_back]
    if keys:
        with suppress(DebitRefused):
            order = BatchOrder(entity.pk, scheme, day, keys)
            make_batch(order=order, now=now, today=today, actor=None)
