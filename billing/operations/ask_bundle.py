"""Asking for the PDFs of many documents at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BundleContents, BundleItem, BundleState, Invoice, PdfBundle
from core.doorbell import ring

FAN_OUT = "billing.bundle_tasks.make_bundle"
DOCUMENTS_A_PIECE = 100
ROWS_AT_ONCE = 2000


class NothingToBundle(Exception):
    """None of what was chosen has been issued."""


@dataclass(frozen=True, slots=True)
class BundleOrder:
    """Which documents are wanted, as what, and of which month or run they are."""

    invoice_ids: Collection[int]
    contents: str = BundleContents.EACH
    month: date | None = None
    run_id: int | None = None

    def key_of(self, ids: Sequence[int]) -> str:
        """Return what is the same for the same documents, asked for in the same way."""
        said = f"{self.contents} {self.month} {self.run_id} {','.join(map(str, ids))}"
        return sha256(said.encode()).hexdigest()


@transaction.atomic(durable=True)
def ask_bundle(*, order: BundleOrder, actor: User | None) -> PdfBundle:
    """Have workers pack these documents; while the same is being made, nothing new begins.

    Drafts are left out.

    :raises NothingToBundle: nothing is left
    """
    issued = Invoice.objects.issued().filter(pk__in=order.invoice_ids)
    ids = list(issued.order_by("issued_on", "number").values_list("pk", flat=True))
    if not ids:
        raise NothingToBundle(_("No issued document is among what was chosen."))
    bundle, is_new = PdfBundle.objects.get_or_create(
        key=order.key_of(ids),
        state=BundleState.MAKING,
        defaults={
            "month": order.month,
            "run_id": order.run_id,
            "contents": order.contents,
            "document_count": len(ids),
            "asked_by": actor,
        },
    )
    if is_new:
        _list_documents(bundle, ids)
    ring(FAN_OUT, bundle_id=bundle.pk)
    return bundle


def _list_documents(bundle: PdfBundle, ids: Sequence[int]) -> None:
    items = (
        BundleItem(bundle=bundle, invoice_id=invoice_id, piece=place // DOCUMENTS_A_PIECE)
        for place, invoice_id in enumerate(ids)
    )
    BundleItem.objects.bulk_create(items, batch_size=ROWS_AT_ONCE)
