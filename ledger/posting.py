"""Bringing the books up to date: all that happened, turn by turn."""

from datetime import date

from clients.models import LegalEntity
from ledger.operations._posting import Waiting
from ledger.operations.open_book import open_book
from ledger.operations.post_events import post_events
from ledger.operations.post_revenue import post_revenue
from ledger.operations.post_uses import post_uses


def bring_up_to_date(entity: LegalEntity, today: date) -> list[Waiting]:
    """Book what does not stand in the books yet; return what waits and why.

    Each turn is a transaction of its own, so it may be stopped at any moment and goes on later.
    """
    open_book(entity_id=entity.pk)
    waiting: list[Waiting] = []
    after: int | None = 0
    while after is not None:
        turn = post_events(entity_id=entity.pk, after=after)
        waiting += turn.waiting
        after = turn.after
    while post_uses(entity_id=entity.pk).count:
        pass
    while post_revenue(entity_id=entity.pk, today=today).count:
        pass
    return waiting
