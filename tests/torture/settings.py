"""The suite's settings for the processes that torture starts: each may be told when to die.

What is delivered after issuing waits in a queue of its own, so that the workers under torture have
nothing to do but bill.
"""

from psa.settings.test import *  # noqa: F403  (a settings file is its parent with changes)
from tests.torture.fuse import arm_new_connections

CELERY_TASK_ROUTES = {"billing.tasks.deliver_due_messages": {"queue": "papers"}}
arm_new_connections()
