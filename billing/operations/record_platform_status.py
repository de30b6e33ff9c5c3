"""Recording what became of a document at the platform."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice, PlatformEvent, PlatformStatus
from billing.models.platform import FINAL


class StatusRefused(Exception):
    """The document cannot take this status."""


@transaction.atomic(durable=True)
def record_platform_status(
    *, invoice_id: int, status: str, happened_on: date, reason: str, actor: User | None
) -> PlatformEvent:
    """Keep a status with its day; the same once more changes nothing.

    :raises StatusRefused: it has no reason, comes before the issue, or follows none or a last one
    """
    invoice = Invoice.objects.select_for_update(no_key=True, of=("self",)).get(pk=invoice_id)
    events = {event.status: event for event in invoice.platform_events.all()}
    if status in events:
        return events[status]
    reason = " ".join(reason.split())
    _guard(invoice, events, status, happened_on, reason)
    return PlatformEvent.objects.create(
        invoice=invoice, status=status, happened_on=happened_on, reason=reason, recorded_by=actor
    )


def _guard(
    invoice: Invoice,
    events: dict[str, PlatformEvent],
    status: str,
    happened_on: date,
    reason: str,
) -> None:
    if invoice.issued_on is None or happened_on < invoice.issued_on:
        raise StatusRefused(_("No platform can have had it before it was issued."))
    if status in FINAL and not reason:
        raise StatusRefused(_("Say why it was rejected or refused."))
    last = next((event for event in events.values() if event.is_final), None)
    if last is not None:
        raise StatusRefused(
            _("It is %(status)s: cancel and reissue it.") % {"status": last.get_status_display()}
        )
    if status != PlatformStatus.DEPOSITED and PlatformStatus.DEPOSITED not in events:
        raise StatusRefused(_("Record first that it was deposited."))
    if any(event.happened_on > happened_on for event in events.values()):
        raise StatusRefused(_("It cannot have happened before the status it follows."))
