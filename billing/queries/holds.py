"""What waits for a person: clients that are parked, evidence that a run left out."""

from collections.abc import Collection, Iterable

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from billing.models import ClientHold, Invoice


def parked(client_ids: Iterable[int]) -> dict[int, str]:
    """Return the clients whom somebody has parked, with the reason."""
    holds = ClientHold.objects.filter(client__in=list(client_ids), released_at=None)
    return dict(holds.values_list("client_id", "reason"))


def reasons_to_keep(invoice_ids: Collection[int]) -> dict[int, str]:
    """Return which of the drafts a person keeps from being issued, with the sentence that says so.

    Read after the drafts are locked: whoever parks a client takes the same locks.
    """
    parked_as = ClientHold.objects.filter(client=OuterRef("client"), released_at=None)
    drafts = Invoice.objects.drafts().filter(pk__in=invoice_ids)
    kept = drafts.annotate(parked_as=Subquery(parked_as.values("reason")[:1]))
    rows = kept.filter(Q(held_at__isnull=False) | Q(parked_as__isnull=False))
    return {
        pk: _("This draft is on hold: %(reason)s") % {"reason": held}
        if held
        else _("Billing of this client is on hold (%(reason)s).") % {"reason": parked}
        for pk, held, parked in rows.values_list("pk", "held_reason", "parked_as")
    }
