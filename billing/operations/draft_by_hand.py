"""Drafting an invoice by hand: what was agreed without a ticket and without a contract."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.by_hand import Written
from billing.models import Invoice
from billing.operations._by_hand import HandLineRefused, rated_by_hand, whole_lines, write_rows
from billing.operations._drafting import lock_clients
from billing.operations._ledger import Drafting, write_bills
from clients.models import LegalEntity, PurchaseOrder

__all__ = ["HandLineRefused", "draft_by_hand"]


@transaction.atomic(durable=True)
def draft_by_hand(
    *,
    client_id: int,
    lines: Sequence[Written],
    reason: str,
    as_of_on: date,
    purchase_order_id: int | None = None,
    actor: User | None,
) -> Invoice:
    """Write the lines down with who agreed to them, and make a draft of them and nothing else.

    :raises HandLineRefused: a line is faulty, or the client cannot be billed as things are
    """
    [client] = lock_clients([client_id])
    entity = LegalEntity.objects.current()
    _guard_order(client_id, purchase_order_id)
    rows = write_rows(client, whole_lines(lines), reason, actor, purchase_order_id)
    bill = rated_by_hand(client, entity, rows)
    if bill.totals is not None and bill.totals.total < 0:
        raise HandLineRefused(
            _("An invoice cannot come to less than nothing; give a credit note instead.")
        )
    written = write_bills([(client, bill)], Drafting(entity, as_of_on, None))
    return Invoice.objects.get(pk__in=[key for key in written if key is not None])


def _guard_order(client_id: int, order_id: int | None) -> None:
    own = PurchaseOrder.objects.filter(client=client_id, is_closed=False)
    if order_id is not None and not own.filter(pk=order_id).exists():
        raise HandLineRefused(_("This is no open purchase order of the client's."))
