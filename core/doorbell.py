"""Ringing a task's doorbell: a hint that work waits in the database, never the work itself."""

import logging
from functools import partial
from typing import Any

from celery import Task, current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring(task: "Task[Any, Any] | str", **arguments: object) -> None:
    """Ask a worker to run the task once this transaction has committed.

    Operations, which know no tasks, name theirs: "billing.tasks.deliver_due_messages". A broker
    that is away changes nothing: the sweep finds the waiting rows within a minute.
    """
    transaction.on_commit(partial(_send, task, arguments), robust=True)


def _send(task: "Task[Any, Any] | str", arguments: dict[str, object]) -> None:
    name = task if isinstance(task, str) else task.name
    try:
        if isinstance(task, str):
            current_app.send_task(task, kwargs=arguments, retry=False)
        else:
            task.apply_async(kwargs=arguments, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("No broker for %s, the sweep will see to it: %s", name, error)
