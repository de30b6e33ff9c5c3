"""Things that leave the house after a commit: what the outboxes of all rooms share.

A thing to do is a row, written in the transaction that decided it. A worker locks the row, does
the thing and marks it done in one transaction of its own, so that two workers never do it twice.
What fails is kept, shown, and tried again after twice the pause.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class OutboxState(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Undeliverable(Exception):
    """It cannot be done however often it is tried."""


class Deliverable(models.Model):
    """A thing to do after commit, once; a failure is kept, shown and tried again."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    state = models.CharField(
        _("state"), max_length=8, choices=OutboxState.choices, default=OutboxState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


Row = TypeVar("Row", bound=Deliverable)


def attempt(
    rows: "models.QuerySet[Row]", pk: int, deliver: Callable[[Row], None], now: datetime
) -> None:
    """Deliver the row in the caller's transaction, unless it is done or another worker is at it.

    A failure leaves no trace but the row itself, which says what went wrong.
    """
    waiting = rows.filter(pk=pk, state=OutboxState.WAITING)
    row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return
    row.attempts += 1
    try:
        with transaction.atomic():
            deliver(row)
    except Exception as error:  # noqa: BLE001  (whatever fails is kept with the row)
        _keep_failure(row, error, now)
    else:
        row.state, row.done_at, row.last_error = OutboxState.DONE, now, ""
    row.save(update_fields=["state", "attempts", "due_at", "done_at", "last_error"])


def try_again(rows: "models.QuerySet[Row]", now: datetime) -> int:
    """Put the rows at the head of the queue again; return how many were not done yet."""
    undone = rows.exclude(state=OutboxState.DONE)
    return undone.update(state=OutboxState.WAITING, attempts=0, due_at=now)


def due_ids(rows: "models.QuerySet[Row]", now: datetime, limit: int) -> list[int]:
    """Return the rows whose time has come, the longest waiting first."""
    due = rows.filter(state=OutboxState.WAITING, due_at__lte=now)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def _keep_failure(row: Deliverable, error: Exception, now: datetime) -> None:
    is_hopeless = isinstance(error, Undeliverable) or row.attempts >= MOST_ATTEMPTS
    row.state = OutboxState.FAILED if is_hopeless else OutboxState.WAITING
    row.last_error = str(error) or type(error).__name__
    row.due_at = now + pause_after(row.attempts)
    log.warning("%s was not delivered: %s", row.key, row.last_error)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, up to a limit."""
    pause: timedelta = FIRST_PAUSE * 2 ** (attempts - 1)
    return min(pause, LONGEST_PAUSE)
