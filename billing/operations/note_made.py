"""Noting which documents of a piece have been made already, by mail or by an earlier download."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from billing.models import BundleItem, InvoiceDocument, ItemState


@transaction.atomic(durable=True)
def note_made(*, bundle_id: int, piece: int) -> None:
    """Mark as made what has its file, all at once."""
    kept = InvoiceDocument.objects.filter(invoice=OuterRef("invoice"), kind="pdf")
    waiting = BundleItem.objects.filter(bundle=bundle_id, piece=piece, state=ItemState.WAITING)
    free = waiting.filter(Exists(kept)).select_for_update(skip_locked=True, of=("self",))
    ids = list(free.values_list("pk", flat=True))
    BundleItem.objects.filter(pk__in=ids).update(state=ItemState.MADE)
