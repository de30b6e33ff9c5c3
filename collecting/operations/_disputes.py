"""The steps that disputes share; nothing here opens a transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Charge, Invoice
from billing.operations._drafting import lock_clients
from collecting.models import CollectingMail, Dispute, DisputeMessage, DisputeState, MailKind
from collecting.queries.disputes import why_not
from core.doorbell import ring

DELIVERY = "collecting.tasks.deliver_due_mails"


class DisputeRefused(Exception):
    """The line cannot be disputed, or nothing more can be said about it; the message says why."""


def lock_line(line_id: int) -> Charge:
    """Lock the line's client, so that one person at a time disputes, credits or pays."""
    lines = Charge.objects.select_related("invoice")
    line = lines.get(pk=line_id)
    lock_clients([line.client_id])
    return line


def lock_open(dispute_id: int) -> Dispute:
    """Lock a dispute behind its client.

    :raises DisputeRefused: it has ended
    """
    client_id = Dispute.objects.values_list("invoice__client_id", flat=True).get(pk=dispute_id)
    lock_clients([client_id])
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute_id)
    if not dispute.is_open:
        raise DisputeRefused(
            _("This dispute has ended: %(state)s.") % {"state": dispute.get_state_display()}
        )
    return dispute


def guard_line(line: Charge) -> Invoice:
    """Return the line's invoice, unless the line cannot be disputed.

    :raises DisputeRefused: it is no line of an issued invoice of which something is left
    """
    reason = why_not(line)
    if reason or line.invoice is None:
        raise DisputeRefused(reason)
    return line.invoice


def required(body: str) -> str:
    """Return what was written, without empty space around it.

    :raises DisputeRefused: nothing was written
    """
    text = body.strip()
    if not text:
        raise DisputeRefused(_("Say in a sentence what it is about."))
    return text


def say(dispute: Dispute, body: str, actor: User, now: datetime) -> DisputeMessage:
    """Keep what somebody said."""
    return DisputeMessage.objects.create(
        dispute=dispute,
        body=body,
        author=actor,
        is_from_client=not actor.is_firm_staff,
        written_at=now,
    )


def end(
    dispute: Dispute, state: DisputeState, actor: User | None, now: datetime, **fields: object
) -> None:
    """Write down how a dispute ended."""
    dispute.state, dispute.closed_at, dispute.closed_by = state, now, actor
    for name, value in fields.items():
        setattr(dispute, name, value)
    dispute.save(update_fields=["state", "closed_at", "closed_by", *fields])


def tell_other_side(
    dispute: Dispute, kind: MailKind, message: DisputeMessage | None, *, is_to_client: bool
) -> None:
    """Put the mail to the other side into the outbox."""
    about = f"message:{message.pk}" if message else f"end:{dispute.pk}"
    CollectingMail.objects.create(
        key=f"dispute:{about}",
        kind=kind,
        dispute=dispute,
        message=message,
        is_to_client=is_to_client,
    )
    ring(DELIVERY)
