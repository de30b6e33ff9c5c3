"""Steps shared by all that is done with batches of direct debits."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from billing.models import Invoice
from billing.operations._drafting import lock_clients
from payments.models import DebitBatch, DirectDebit


class DebitRefused(Exception):
    """Direct debits cannot be made, sent, booked or taken back as it was asked."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def lock_batch(batch_id: int) -> DebitBatch:
    """Lock a batch, so that it is sent, booked or cancelled by one person at a time."""
    batch = DebitBatch.objects.select_for_update(no_key=True, of=("self",))
    found = batch.select_related("legal_entity").get(pk=batch_id)
    if found.cancelled_at:
        raise DebitRefused(_("This batch was cancelled."))
    return found


def lock_invoices(invoice_ids: Iterable[int]) -> list[int]:
    """Lock invoices behind their clients, as all do who pay, credit or dispute them.

    Returns those that exist.
    """
    rows = Invoice.objects.issued().filter(pk__in=list(invoice_ids)).order_by("pk")
    lock_clients(set(rows.order_by().values_list("client_id", flat=True)))
    return list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def live_debits(batch: DebitBatch) -> list[DirectDebit]:
    """Return what of a batch may still bring money, locked."""
    rows = batch.debits.filter(payment=None, returned_on=None, released_at=None)
    return list(
        rows.select_for_update(no_key=True, of=("self",))
        .select_related("invoice__client", "mandate")
        .order_by("pk")
    )
