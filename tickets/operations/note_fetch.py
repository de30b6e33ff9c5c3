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
    """Keep the number of the last mail that was stored; with an error it stays as it was."""
    changes: dict[str, object] = {"polled_at": now, "poll_error": error}
    if not error:
        changes |= {"uid_validity": uid_validity, "last_uid": last_uid}
    Mailbox.objects.filter(pk=mailbox_id).update(**changes)
