"""Ringing a task's doorbell: a hint that work waits in the database, never the work itself."""

import logging
from functools import partial
from typing import Any

from celery import Task, current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
# Whoever rings is waiting for their page: one short try, never Celery's own six seconds.
ONE_TRY = {"max_retries": 0, "socket_connect_timeout": 1}


def ring(task: "Task[Any, Any] | str", **arguments: object) -> None:
    """Ask a worker to run the task once this transaction has committed.

    Operations, which know no tasks, name theirs: "billing.tasks.deliver_due_messages". A broker
    that is away changes nothing: the sweep finds the waiting rows within a minute.
    """
    transaction.on_commit(partial(_send, task, arguments), robust=True)


def _send(task: "Task[Any, Any] | str", arguments: dict[str, object]) -> None:
    name = task if isinstance(task, str) else task.name
    try:
        with current_app.connection_for_write(transport_options=ONE_TRY) as broker:
            current_app.send_task(name, kwargs=arguments, connection=broker, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("No broker for %s, the sweep will see to it: %s", name, error)
