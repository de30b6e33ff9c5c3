"""What workers do for PDFs in bulk; each task may be given twice and may be stopped at any time."""

from celery import shared_task
from django.utils import timezone

from billing.operations.expire_bundles import expire_bundles
from billing.operations.make_document import make_document
from billing.operations.note_made import note_made
from billing.operations.pack_file import pack_file
from billing.queries.bundles import (
    bundles_to_pack,
    unfinished_bundles,
    waiting_items,
    waiting_pieces,
)
from core.doorbell import ring


@shared_task
def make_bundle(*, bundle_id: int) -> None:
    """Hand out the pieces of a bundle, a task for each, and its packing when all are made."""
    pieces = waiting_pieces(bundle_id)
    for piece in pieces:
        ring(make_piece, bundle_id=bundle_id, piece=piece)
    if not pieces:
        ring(pack_bundle, bundle_id=bundle_id)


@shared_task
def make_piece(*, bundle_id: int, piece: int) -> None:
    """Make what a piece is still missing, and have the bundle packed if it was the last."""
    note_made(bundle_id=bundle_id, piece=piece)
    for item_id in waiting_items(bundle_id, piece):
        make_document(item_id=item_id)
    if bundle_id in bundles_to_pack():
        ring(pack_bundle, bundle_id=bundle_id)


@shared_task
def pack_bundle(*, bundle_id: int) -> None:
    """Pack the next file of a bundle, and ask for another turn while there are more."""
    if pack_file(bundle_id=bundle_id, now=timezone.now()):
        ring(pack_bundle, bundle_id=bundle_id)


@shared_task
def sweep_bundles() -> None:
    """Hand out again what a lost message or a killed worker left, and remove what has expired."""
    for bundle_id in unfinished_bundles():
        ring(make_bundle, bundle_id=bundle_id)
    expire_bundles(now=timezone.now())
