"""What the clock does for contracts; it may ring twice and may be stopped at any moment."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import override

from clients.models import LegalEntity
from contracts.operations.pass_term import pass_term
from contracts.terms import passed_term_ids
from core.doorbell import ring

TERMS_A_TASK = 200


@shared_task
def sweep_terms() -> None:
    """Renew or end the contracts whose notice day or term has passed, however long ago."""
    firm = LegalEntity.objects.filter(is_default=True).first()
    if firm is None:
        return
    today = timezone.localdate(timezone=firm.zone)
    due = passed_term_ids(today, TERMS_A_TASK)
    with override("fr" if firm.country == "FR" else "en"):
        for contract_id in due:
            pass_term(contract_id=contract_id, today=today)
    if len(due) == TERMS_A_TASK:
        ring(sweep_terms)
