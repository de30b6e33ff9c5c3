"""Letting drafts go that were on hold."""

from collections.abc import Collection

from django.db import transaction

from billing.models import Invoice


@transaction.atomic(durable=True)
def release_drafts(*, invoice_ids: Collection[int]) -> int:
    """Release the drafts and return how many were on hold."""
    held = Invoice.objects.drafts().filter(pk__in=invoice_ids, held_at__isnull=False)
    return held.update(held_reason="", held_at=None, held_by=None)
