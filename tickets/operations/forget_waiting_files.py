"""Throw away files that were brought for an answer long ago and never sent."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tickets.models import Attachment, Draft

KEPT = timedelta(days=30)
AT_ONCE = 200


@transaction.atomic(durable=True)
def forget_waiting_files(*, now: datetime) -> int:
    """Delete some, with their bytes; a file stays as long as its writer's draft is in use.

    The ticket is locked, as it is while an answer is sent: what is being sent is passed over.
    """
    long_ago = now - KEPT
    drafts = Draft.objects.filter(ticket=OuterRef("ticket"), author=OuterRef("added_by"))
    in_use = drafts.filter(~Q(fields={}) | Q(saved_at__gte=long_ago))
    waiting = Attachment.objects.filter(~Exists(in_use), note=None, added_at__lt=long_ago)
    locked = waiting.select_related("ticket").select_for_update(
        skip_locked=True, of=("self", "ticket")
    )
    doomed = list(locked.order_by("pk")[:AT_ONCE])
    Attachment.objects.filter(pk__in=[file.pk for file in doomed]).delete()
    for file in doomed:
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)), robust=True)
    return len(doomed)
