"""Which room hears of what happens in a room below it: all the wiring on one page.

A reaction only rings a doorbell. Whatever a lost message leaves undone is found by a sweep.
"""

from contracts.events import promises_changed
from core.doorbell import ring
from tickets.tasks import look_at_open_clocks


def connect() -> None:
    """Join each event with what it sets off."""
    promises_changed.connect(_reckon_clocks_anew, dispatch_uid="clocks of tickets")


def _reckon_clocks_anew(client_ids: list[int], **_: object) -> None:
    ring(look_at_open_clocks, client_ids=client_ids)
