"""What workers do for followers; a task may be given twice and may be stopped at any moment."""

from celery import shared_task
from django.utils import timezone

from core.doorbell import ring
from core.outbox import due_ids
from tickets.models import FollowNotice
from tickets.operations.deliver_follow_notice import deliver_follow_notice

NOTICES_A_TASK = 100


@shared_task
def deliver_follow_notices() -> None:
    """Send the notices whose time has come, and ask for another turn while there are more."""
    due = due_ids(FollowNotice.objects.all(), timezone.now(), NOTICES_A_TASK)
    for notice_id in due:
        deliver_follow_notice(notice_id=notice_id, now=timezone.now())
    if len(due) == NOTICES_A_TASK:
        ring(deliver_follow_notices)


@shared_task
def sweep_followers() -> None:
    """Ring for notices that wait, whoever dropped them."""
    if due_ids(FollowNotice.objects.all(), timezone.now(), 1):
        ring(deliver_follow_notices)
