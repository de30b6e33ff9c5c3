"""Throw away what rules were asked about long ago, where none of them did anything."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from core.outbox import OutboxState
from tickets.models import RuleOccurrence, RuleRun

KEPT = timedelta(days=30)
AT_ONCE = 2000


@transaction.atomic(durable=True)
def forget_occurrences(*, now: datetime) -> int:
    """Delete some; what time brought about stays, since its row says that it was noticed."""
    old = RuleOccurrence.objects.filter(
        ~Exists(RuleRun.objects.filter(root=OuterRef("pk"))),
        ~Exists(RuleRun.objects.filter(occurrence=OuterRef("pk"))),
        state=OutboxState.DONE,
        rule=None,
        first=None,
        done_at__lt=now - KEPT,
    )
    doomed = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return RuleOccurrence.objects.filter(pk__in=doomed).delete()[0]
