"""Changing a line by hand while it stands on a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.by_hand import Written
from billing.models import HandLine, Invoice
from billing.operations._by_hand import (
    HandLineRefused,
    change_row,
    put_on_draft,
    take_off_draft,
    whole_lines,
)
from billing.operations._discounting import carried_of
from billing.operations._drafting import NotADraft, lock_draft
from billing.queries.hand_lines import draft_of

__all__ = ["HandLineRefused", "NotADraft", "change_hand_line"]


@transaction.atomic(durable=True)
def change_hand_line(*, hand_line_id: int, line: Written) -> Invoice:
    """Let a line on a draft say something else, in the same place, and add the draft up again.

    A discount on the line stays on it.

    :raises NotADraft: it has been issued
    :raises HandLineRefused: it stands on no draft, an invoice rests on it, or it is faulty
    """
    [whole] = whole_lines([line])
    draft_id = draft_of(hand_line_id)
    if draft_id is None:
        raise HandLineRefused(_("This line stands on no draft."))
    draft = lock_draft(draft_id)
    row = HandLine.objects.never_issued().filter(pk=hand_line_id).first()
    if row is None:
        raise HandLineRefused(
            _("A cancelled invoice rests on this line: remove it and write a new one.")
        )
    if row.is_claimed_by_law:
        raise HandLineRefused(
            _("Interest and recovery costs follow from the law: remove the line and claim anew.")
        )
    carried = carried_of(draft, line__claims__hand_line=row)
    at = take_off_draft(draft, row)
    change_row(row, whole)
    put_on_draft(draft, [row], at, carried)
    return draft
