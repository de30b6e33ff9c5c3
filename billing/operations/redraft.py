"""Making a draft afresh, as of the same day, from the evidence as it is now."""

from collections.abc import Sequence

from django.db import transaction

from billing.models import Invoice, Outcome
from billing.operations._drafting import NotADraft, bill_clients, lock_draft
from billing.operations._held import forget_held
from billing.operations._outcomes import recount
from billing.operations._replacing import mark_replacements

__all__ = ["ClientHeld", "NotADraft", "redraft"]


class ClientHeld(Exception):
    """The client cannot be billed as things are; the message says why, the old draft remains."""


@transaction.atomic(durable=True)
def redraft(*, invoice_id: int) -> Invoice | None:
    """Replace a draft by a new one for the same, None where nothing is due any more.

    What belongs on another of the client's invoices by now is drafted as well, so that nothing is
    lost; the client's other drafts stay as they are. A draft that is on hold stays on hold.

    :raises NotADraft: it has been issued
    :raises ClientHeld: the client's evidence cannot be billed as it is now
    """
    old = lock_draft(invoice_id)
    client, run = old.client, old.run
    Invoice.objects.filter(pk=old.pk).delete()
    forget_held(run, client)
    [result] = bill_clients([client], old.legal_entity, old.as_of_on, run)
    if result.outcome == Outcome.HELD:
        raise ClientHeld(result.reason)
    recount(run, client, result)
    mark_replacements(old.replaces_id, result.invoice_ids)
    return _successor(old, result.invoice_ids)


def _successor(old: Invoice, invoice_ids: Sequence[int]) -> Invoice | None:
    """Return the new draft for the same contract, site, cost centre or order, else the first."""
    drafts = list(Invoice.objects.filter(pk__in=invoice_ids).order_by("pk"))
    same = [draft for draft in drafts if draft.group_label == old.group_label]
    new = next(iter([*same, *drafts]), None)
    if new is not None and old.is_held:
        new.held_reason, new.held_at, new.held_by = old.held_reason, old.held_at, old.held_by
        new.save(update_fields=["held_reason", "held_at", "held_by"])
    return new
