"""Keeping a client, or one invoice, from being reminded."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice
from billing.operations._drafting import lock_clients
from collecting.models import ReminderHold
from collecting.operations._terms import CollectingRefused, some_words

__all__ = ["CollectingRefused", "hold_reminders"]


@transaction.atomic(durable=True)
def hold_reminders(
    *,
    client_id: int,
    invoice_id: int | None,
    reason: str,
    last_day_on: date | None,
    actor: User,
    now: datetime,
) -> ReminderHold:
    """Send no reminder for a client or an invoice, through a day or until the hold is lifted.

    A reminder that already waits leaves without what is on hold.

    :raises CollectingRefused: no reason is given, it is on hold already, or the day has passed
    """
    lock_clients([client_id])
    words = some_words(reason)
    if last_day_on is not None and last_day_on < now.date():
        raise CollectingRefused(_("The last day of a hold cannot have passed."))
    if invoice_id is not None:
        _guard_invoice(client_id, invoice_id)
    same = ReminderHold.objects.standing().filter(client=client_id, invoice=invoice_id)
    if same.in_force(now.date()).exists():
        raise CollectingRefused(_("Reminders are on hold here already."))
    same.update(lifted_at=now, lifted_by=actor)  # its last day has passed
    return ReminderHold.objects.create(
        client_id=client_id,
        invoice_id=invoice_id,
        reason=words,
        last_day_on=last_day_on,
        held_at=now,
        held_by=actor,
    )


def _guard_invoice(client_id: int, invoice_id: int) -> None:
    issued = Invoice.objects.issued().invoices_only()
    if not issued.filter(pk=invoice_id, client=client_id).exists():
        raise CollectingRefused(_("This is no issued invoice of the client's."))
