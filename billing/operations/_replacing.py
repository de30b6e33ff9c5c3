"""Marking drafts that bill the evidence of a cancelled invoice again."""

from collections.abc import Iterable

from billing.models import Claim, Invoice
from billing.queries.cancelling import drafts_upon, sources_of


def mark_replacements(cancelled_id: int | None, draft_ids: Iterable[int]) -> None:
    """Let the drafts that bill evidence of the cancelled invoice name it as what they replace."""
    if cancelled_id is None:
        return
    freed = sources_of(Claim.objects.filter(cancellation__invoice=cancelled_id))
    upon = drafts_upon(freed, draft_ids)
    Invoice.objects.filter(pk__in=upon).update(replaces=cancelled_id)
