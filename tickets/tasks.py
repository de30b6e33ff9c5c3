"""What workers do for the desk; each task may be given twice and may be stopped at any moment."""

from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from clients.models import LegalEntity
from contracts.operations.keep_calendar_versions import keep_calendar_versions
from core.doorbell import ring
from tickets.operations.deliver_warning import deliver_warning
from tickets.operations.forget_waiting_files import AT_ONCE, forget_waiting_files
from tickets.operations.look_at_clock import look_at_clock
from tickets.operations.raise_visits import raise_visits
from tickets.operations.wake_open_clocks import wake_open_clocks
from tickets.queries.due_clocks import due_clock_ids, due_warning_ids
from tickets.queries.maintenance import plans_to_raise

CLOCKS_A_TASK = 200
WARNINGS_A_TASK = 100


@shared_task
def look_at_due_clocks() -> None:
    """Look at every clock that has reached a moment, and ask for another turn while there are."""
    due = due_clock_ids(timezone.now(), CLOCKS_A_TASK)
    looked = [look_at_clock(ticket_id=ticket_id, now=timezone.now()) for ticket_id in due]
    if len(due) == CLOCKS_A_TASK and any(looked):
        ring(look_at_due_clocks)


@shared_task
def look_at_open_clocks(client_ids: Sequence[int] = ()) -> None:
    """Reckon the clocks of open tickets anew, all or those of some clients.

    Other hours or times are promised. A lost message costs a day at most.
    """
    wake_open_clocks(now=timezone.now(), client_ids=client_ids)
    ring(look_at_due_clocks)


@shared_task
def deliver_warnings() -> None:
    """Send the warnings whose time has come, and ask for another turn while there are more."""
    due = due_warning_ids(timezone.now(), WARNINGS_A_TASK)
    for warning_id in due:
        deliver_warning(warning_id=warning_id, now=timezone.now())
    if len(due) == WARNINGS_A_TASK:
        ring(deliver_warnings)


@shared_task
def sweep_clocks() -> None:
    """Ring where calendars, clocks or warnings want something, whoever dropped it."""
    now = timezone.now()
    keep_calendar_versions(now=now)
    if due_clock_ids(now, 1):
        ring(look_at_due_clocks)
    if due_warning_ids(now, 1):
        ring(deliver_warnings)


@shared_task
def raise_maintenance() -> None:
    """Open the tickets of maintenance that is near, however long nothing ran."""
    firm = LegalEntity.objects.filter(is_default=True).first()
    if firm is None:
        return
    now = timezone.now()
    today = timezone.localdate(timezone=firm.zone)
    for plan_id in plans_to_raise(today):
        raise_visits(plan_id=plan_id, today=today, now=now)


@shared_task
def forget_files() -> None:
    """Delete files that were brought for an answer long ago and never sent."""
    while forget_waiting_files(now=timezone.now()) == AT_ONCE:
        pass
