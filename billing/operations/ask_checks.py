"""Asking for documents to be checked against the official rules of electronic invoices."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from billing.models import Invoice, RuleCheck
from core.doorbell import ring

CHECKING = "billing.tasks.check_rules_of_documents"


@transaction.atomic(durable=True)
def ask_checks(*, invoice_ids: Collection[int], actor: User | None) -> None:
    """Have a worker check these issued documents; one that is asked for already is not twice."""
    issued = Invoice.objects.issued().filter(pk__in=invoice_ids)
    RuleCheck.objects.bulk_create(
        [RuleCheck(invoice=invoice, asked_by=actor) for invoice in issued], ignore_conflicts=True
    )
    ring(CHECKING)
