"""Asking for a statement of account to be sent to its client."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.operations._drafting import lock_clients
from collecting.models import CollectingMail, MailKind, SentStatement
from collecting.operations._disputes import DELIVERY
from collecting.operations._terms import CollectingRefused
from core.doorbell import ring

__all__ = ["CollectingRefused", "send_statement"]
SAME = timedelta(minutes=1)


@transaction.atomic(durable=True)
def send_statement(
    *, client_id: int, first_on: date, last_on: date, actor: User, now: datetime
) -> SentStatement:
    """Put a statement of these days into the outbox.

    :raises CollectingRefused: the days are not in order, or the same was asked for a moment ago
    """
    lock_clients([client_id])
    if last_on < first_on:
        raise CollectingRefused(_("The last day lies before the first."))
    same = SentStatement.objects.filter(client=client_id, first_on=first_on, last_on=last_on)
    if same.filter(asked_at__gt=now - SAME).exists():
        raise CollectingRefused(_("This statement is on its way already."))
    statement = SentStatement.objects.create(
        client_id=client_id, first_on=first_on, last_on=last_on, asked_at=now, asked_by=actor
    )
    CollectingMail.objects.create(
        key=f"statement:{statement.pk}",
        kind=MailKind.STATEMENT,
        statement=statement,
        is_to_client=True,
    )
    ring(DELIVERY)
    return statement
