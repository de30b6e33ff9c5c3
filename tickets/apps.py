"""Django's handle on this room."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TicketsConfig(AppConfig):
    """What is done: tickets, notes, time entries, parts used, flat-rate services."""

    name = "tickets"

    def ready(self) -> None:
        """See to it that a fresh or emptied database has statuses to give to tickets."""
        post_migrate.connect(_set_up_desk, sender=self)


def _set_up_desk(**_: Any) -> None:  # noqa: ANN401  (what Django sends)
    from tickets.operations.set_up_desk import set_up_desk  # noqa: PLC0415  (needs the models)

    set_up_desk()
