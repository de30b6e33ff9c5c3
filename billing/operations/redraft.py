"""Making a draft afresh, as of the same day, from the evidence as it is now."""

from collections.abc import Sequence

from django.db import transaction

from billing.models import HandLine, Invoice, Outcome
from billing.operations._by_hand import (
    HandLineRefused,
    add_up,
    rated_by_hand,
    rows_of_draft_by_hand,
)
from billing.operations._discounting import Carried, carried_of, lay_down
from billing.operations._drafting import NotADraft, bill_clients, lock_draft
from billing.operations._held import forget_held
from billing.operations._ledger import Drafting, write_bills
from billing.operations._outcomes import recount
from billing.operations._replacing import mark_replacements

__all__ = ["ClientHeld", "NotADraft", "redraft"]


class ClientHeld(Exception):
    """The client cannot be billed as things are; the message says why, the old draft remains."""


@transaction.atomic(durable=True)
def redraft(*, invoice_id: int) -> Invoice | None:
    """Replace a draft by a new one for the same, None where nothing is due any more.

    What belongs on another of the client's invoices by now is drafted as well, so that nothing is
    lost; the client's other drafts stay as they are. A draft that is on hold stays on hold, and
    what was taken off it is taken off the new one, as far as its lines are still there.

    :raises NotADraft: it has been issued
    :raises ClientHeld: the client's evidence cannot be billed as it is now
    """
    old = lock_draft(invoice_id)
    client, run = old.client, old.run
    by_hand, carried = rows_of_draft_by_hand(old), carried_of(old)
    if by_hand:
        return _drafted_by_hand(old, by_hand, carried)
    Invoice.objects.filter(pk=old.pk).delete()
    forget_held(run, client)
    [result] = bill_clients([client], old.legal_entity, old.as_of_on, run)
    if result.outcome == Outcome.HELD:
        raise ClientHeld(result.reason)
    recount(run, client, result)
    mark_replacements(old.replaces_id, result.invoice_ids)
    new = _successor(old, result.invoice_ids)
    _discount_again(new, result.invoice_ids, carried)
    return new


def _discount_again(
    new: Invoice | None, draft_ids: Sequence[int], carried: Sequence[Carried]
) -> None:
    if new is None or not carried:
        return
    others = Invoice.objects.filter(pk__in=draft_ids).exclude(pk=new.pk)
    for draft in lay_down([new, *others.order_by("pk")], carried):
        add_up(draft)


def _drafted_by_hand(old: Invoice, rows: list[HandLine], carried: Sequence[Carried]) -> Invoice:
    """Replace a draft that a person wrote by the same lines, with tax as it is now."""
    try:
        bill = rated_by_hand(old.client, old.legal_entity, rows)
    except HandLineRefused as refusal:
        raise ClientHeld(str(refusal)) from refusal
    Invoice.objects.filter(pk=old.pk).delete()
    drafting = Drafting(old.legal_entity, old.as_of_on, None)
    written = [key for key in write_bills([(old.client, bill)], drafting) if key is not None]
    mark_replacements(old.replaces_id, written)
    new = _kept_on_hold(old, Invoice.objects.get(pk__in=written))
    _discount_again(new, [], carried)
    return new


def _successor(old: Invoice, invoice_ids: Sequence[int]) -> Invoice | None:
    """Return the new draft for the same contract, site, cost centre or order, else the first."""
    drafts = list(Invoice.objects.filter(pk__in=invoice_ids).order_by("pk"))
    same = [draft for draft in drafts if draft.group_label == old.group_label]
    new = next(iter([*same, *drafts]), None)
    return None if new is None else _kept_on_hold(old, new)


def _kept_on_hold(old: Invoice, new: Invoice) -> Invoice:
    if old.is_held:
        new.held_reason, new.held_at, new.held_by = old.held_reason, old.held_at, old.held_by
        new.save(update_fields=["held_reason", "held_at", "held_by"])
    return new
