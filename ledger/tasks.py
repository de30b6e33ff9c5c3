"""What workers do for the ledger; each task may be given twice and stopped at any moment."""

from celery import shared_task
from django.utils import timezone

from clients.models import LegalEntity
from ledger.posting import bring_up_to_date


@shared_task
def post_books() -> None:
    """Bring the books of every legal entity up to date."""
    for entity in LegalEntity.objects.order_by("pk"):
        bring_up_to_date(entity, timezone.localdate(timezone=entity.zone))
