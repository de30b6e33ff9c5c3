"""Ringing a task's doorbell: a hint that work waits in the database, never the work itself."""

import logging
from functools import partial
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring(task: "Task[Any, Any]", **arguments: object) -> None:
    """Ask a worker to run the task once this transaction has committed.

    A broker that is away changes nothing: the sweep finds the waiting rows within a minute.
    """
    transaction.on_commit(partial(_send, task, arguments), robust=True)


def _send(task: "Task[Any, Any]", arguments: dict[str, object]) -> None:
    try:
        task.apply_async(kwargs=arguments, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("No broker for %s, the sweep will see to it: %s", task.name, error)
