"""What bundles of PDFs have left to do."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef

from billing.models import BundleItem, BundleState, ItemState, PdfBundle
from billing.models.invoice import InvoiceQuerySet


def of_month(invoices: InvoiceQuerySet, month: date) -> InvoiceQuerySet:
    """Return the documents that were issued in a month."""
    first = month.replace(day=1)
    after = first + relativedelta(months=1)
    return invoices.issued().filter(issued_on__gte=first, issued_on__lt=after)


def waiting_pieces(bundle_id: int) -> list[int]:
    """Return the pieces of a bundle in which something is still to be made."""
    waiting = BundleItem.objects.filter(bundle=bundle_id, state=ItemState.WAITING)
    return list(waiting.order_by("piece").values_list("piece", flat=True).distinct())


def waiting_items(bundle_id: int, piece: int) -> list[int]:
    """Return the documents of a piece that are still to be made."""
    rows = BundleItem.objects.filter(bundle=bundle_id, piece=piece, state=ItemState.WAITING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def unfinished_bundles() -> list[int]:
    """Return the bundles that workers have still to make or to pack."""
    making = PdfBundle.objects.filter(state=BundleState.MAKING)
    return list(making.order_by("pk").values_list("pk", flat=True))


def bundles_to_pack() -> list[int]:
    """Return the bundles whose documents are made, and whose files are not all packed."""
    waiting = BundleItem.objects.filter(bundle=OuterRef("pk"), state=ItemState.WAITING)
    ready = PdfBundle.objects.filter(~Exists(waiting), state=BundleState.MAKING)
    return list(ready.order_by("pk").values_list("pk", flat=True))
