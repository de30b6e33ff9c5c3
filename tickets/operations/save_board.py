"""Write a service board."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tickets.models import ServiceBoard, Ticket


@transaction.atomic(durable=True)
def save_board(
    *, facts: Mapping[str, Any], now: datetime, board_id: int | None = None
) -> ServiceBoard:
    """Add a board or write it anew; its open tickets have their clocks looked at.

    New tickets go to the board named last: the other one no longer takes them.
    """
    if board_id is None:
        board = ServiceBoard()
    else:
        board = ServiceBoard.objects.select_for_update().get(pk=board_id)
    if facts.get("is_default"):
        others = ServiceBoard.objects.filter(is_default=True)
        others.exclude(pk=board.pk or 0).update(is_default=False)
    for name, value in facts.items():
        setattr(board, name, value)
    board.save()
    Ticket.objects.open().filter(board=board).order_by().update(clock_next_at=now)
    return board
