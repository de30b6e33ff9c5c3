"""Adding lines by hand to a draft, of a run or of a person."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from billing.by_hand import Written
from billing.models import Invoice
from billing.operations._by_hand import HandLineRefused, put_on_draft, whole_lines, write_rows
from billing.operations._drafting import NotADraft, lock_draft

__all__ = ["HandLineRefused", "NotADraft", "add_hand_lines"]


@transaction.atomic(durable=True)
def add_hand_lines(
    *, invoice_id: int, lines: Sequence[Written], reason: str, actor: User | None
) -> Invoice:
    """Put lines at the end of a draft; refreshing the draft keeps them.

    They are paid by the order that pays for the draft.

    :raises NotADraft: it has been issued
    :raises HandLineRefused: a line is faulty, or the client's tax changed since
    """
    draft = lock_draft(invoice_id)
    order_id = draft.covering_order_id or _first_order(draft)
    rows = write_rows(draft.client, whole_lines(lines), reason, actor, order_id)
    put_on_draft(draft, rows)
    return draft


def _first_order(draft: Invoice) -> int | None:
    ordered = draft.charges.exclude(purchase_order=None).order_by("position")
    return ordered.values_list("purchase_order_id", flat=True).first()
