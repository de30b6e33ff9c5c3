"""Taking a line by hand away."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import HandLine, Invoice
from billing.operations._by_hand import HandLineRefused, add_up, take_off_draft
from billing.operations._drafting import NotADraft, lock_draft
from billing.queries.hand_lines import draft_of

__all__ = ["HandLineRefused", "NotADraft", "remove_hand_line"]


@transaction.atomic(durable=True)
def remove_hand_line(*, hand_line_id: int) -> Invoice:
    """Take a line off its draft and add that up again.

    A line that no invoice ever rested on is gone. One that a cancelled invoice rests on stays on
    record, and is due again at the next run.

    :raises NotADraft: it has been issued
    :raises HandLineRefused: it stands on no draft
    """
    draft_id = draft_of(hand_line_id)
    if draft_id is None:
        raise HandLineRefused(_("This line stands on no draft."))
    draft = lock_draft(draft_id)
    take_off_draft(draft, HandLine.objects.get(pk=hand_line_id))
    HandLine.objects.never_issued().filter(pk=hand_line_id).delete()
    add_up(draft)
    return draft
