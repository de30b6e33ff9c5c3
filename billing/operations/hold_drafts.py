"""Keeping drafts from being issued until somebody lets them go."""

from collections.abc import Collection

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from billing.models import Invoice


@transaction.atomic(durable=True)
def hold_drafts(*, invoice_ids: Collection[int], reason: str, actor: User | None) -> int:
    """Hold the drafts with a reason and return how many; issued invoices are left as they are."""
    drafts = Invoice.objects.drafts().filter(pk__in=invoice_ids)
    return drafts.update(held_reason=reason, held_at=Now(), held_by=actor)
