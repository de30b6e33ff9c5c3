"""Making a draft afresh, as of the same day, from the evidence as it is now."""

from django.db import transaction

from billing.models import Invoice, Outcome, RunOutcome
from billing.operations._drafting import bill_clients, lock_draft


class ClientHeld(Exception):
    """The client cannot be billed as things are; the message says why, the old draft remains."""


@transaction.atomic(durable=True)
def redraft(*, invoice_id: int) -> Invoice | None:
    """Replace a draft by a new one, None where nothing is due any more.

    :raises NotADraft: it has been issued
    :raises ClientHeld: the client's evidence cannot be billed as it is now
    """
    old = lock_draft(invoice_id)
    client, run = old.client, old.run
    old.delete()
    [result] = bill_clients([client], old.legal_entity, old.as_of_on, run)
    if result.outcome == Outcome.HELD:
        raise ClientHeld(result.reason)
    if run is not None:
        RunOutcome.objects.filter(run=run, client=client).update(
            outcome=result.outcome, reason="", invoice=result.invoice_id
        )
    return Invoice.objects.filter(pk=result.invoice_id or 0).first()
