"""Making one document of a bundle."""

from django.db import transaction

from billing.models import BundleItem, ItemState
from billing.operations._documents import document_of, lock_document


@transaction.atomic(durable=True)
def make_document(*, item_id: int) -> None:
    """Make the document's file unless it is kept already or another worker is at it.

    What went wrong is kept with the document; the others of the bundle go on.
    """
    waiting = BundleItem.objects.filter(pk=item_id, state=ItemState.WAITING)
    item = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if item is None:
        return
    try:
        with transaction.atomic():
            document_of(lock_document(pk=item.invoice_id))
    except Exception as error:  # noqa: BLE001  (whatever fails is told with the document)
        item.state, item.fault = ItemState.FAILED, str(error) or type(error).__name__
    else:
        item.state, item.fault = ItemState.MADE, ""
    item.save(update_fields=["state", "fault"])
