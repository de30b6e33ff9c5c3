"""Note how far a mailbox has been fetched, or why it was not."""

from datetime import datetime

from django.db import transaction

from tickets.models import Mailbox


@transaction.atomic(durable=True)
def note_fetch(
    *,
    mailbox_id: int,
    now: datetime,
    uid_validity: int | None = None,
    last_uid: int = 0,
    error: str = "",
) -> None:
    """Keep the number up to which all are stored; where the server let nobody in, it stays."""
    changes: dict[str, object] = {"poll_error": error}
    if uid_validity is not None:
        changes |= {"polled_at": now, "uid_validity": uid_validity, "last_uid": last_uid}
    Mailbox.objects.filter(pk=mailbox_id).update(**changes)
