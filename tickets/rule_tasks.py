"""What workers do for the rules; each task may be given twice and may be stopped at any moment."""

from celery import shared_task
from django.utils import timezone

from core.doorbell import ring
from tickets.operations.deliver_notice import deliver_notice
from tickets.operations.follow_occurrence import follow_occurrence
from tickets.operations.forget_occurrences import forget_occurrences
from tickets.operations.note_waiting import AT_ONCE, note_waiting
from tickets.queries.due_rules import due_notices, due_occurrences, waiting_rules

OCCURRENCES_A_TASK = 100
NOTICES_A_TASK = 100


@shared_task
def follow_rules() -> None:
    """Ask the rules about what happened, and ask for another turn while there is more."""
    due = due_occurrences(timezone.now(), OCCURRENCES_A_TASK)
    for occurrence_id in due:
        follow_occurrence(occurrence_id=occurrence_id, now=timezone.now())
    if len(due) == OCCURRENCES_A_TASK:
        ring(follow_rules)


@shared_task
def deliver_notices() -> None:
    """Send the notices whose time has come, and ask for another turn while there are more."""
    due = due_notices(timezone.now(), NOTICES_A_TASK)
    for notice_id in due:
        deliver_notice(notice_id=notice_id, now=timezone.now())
    if len(due) == NOTICES_A_TASK:
        ring(deliver_notices)


@shared_task
def sweep_rules() -> None:
    """Notice what time has brought about, and ring for whatever waits, whoever dropped it."""
    for rule_id in waiting_rules():
        while note_waiting(rule_id=rule_id, now=timezone.now()) == AT_ONCE:
            pass
    forget_occurrences(now=timezone.now())
    now = timezone.now()
    if due_occurrences(now, 1):
        ring(follow_rules)
    if due_notices(now, 1):
        ring(deliver_notices)
