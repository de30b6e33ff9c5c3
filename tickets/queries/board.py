"""The tickets of a filter as a board: a column for each status."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from tickets.models import Ticket, TicketStatus

CARDS = 20
COUNTED_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The tickets in one status: how many, and the first of them."""

    status: TicketStatus
    count: int
    cards: list[Ticket]
    after: int = 0

    @property
    def is_uncounted(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > COUNTED_AT_MOST

    @property
    def count_text(self) -> str:
        """How many there are; beyond what is counted, that there are more."""
        return f"{COUNTED_AT_MOST}+" if self.is_uncounted else str(self.count)

    @property
    def next_after(self) -> int:
        """How many cards are shown once these are; 0 where that is all."""
        shown = self.after + len(self.cards)
        return shown if self.cards and self.count > shown else 0


def board_columns(rows: QuerySet[Ticket], cards: QuerySet[Ticket]) -> list[BoardColumn]:
    """Return a column for each status; four queries however many tickets there are.

    ``rows`` says which tickets they are, ``cards`` reads those that are shown, with what they show.
    """
    statuses = list(TicketStatus.objects.all())
    counts = _counts(rows, statuses)
    filled = [one for one in statuses if counts.get(one.pk)]
    found = _cards(rows, cards, filled, 0)
    return [BoardColumn(one, counts.get(one.pk, 0), found.get(one.pk, [])) for one in statuses]


def more_of(
    rows: QuerySet[Ticket], cards: QuerySet[Ticket], status: TicketStatus, after: int
) -> BoardColumn:
    """Return the cards of a column that come after those that are shown."""
    count = _counts(rows, [status]).get(status.pk, 0)
    found = _cards(rows, cards, [status], after)
    return BoardColumn(status, count, found.get(status.pk, []), after)


def _counts(rows: QuerySet[Ticket], statuses: list[TicketStatus]) -> dict[int, int]:
    """Count each status, but never further than anybody reads."""
    parts = [
        rows.filter(status=one).order_by().values_list("status_id")[: COUNTED_AT_MOST + 1]
        for one in statuses
    ]
    if not parts:
        return {}
    inner, values = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s, count(*) FROM ({inner}) AS found (s) GROUP BY s", values)  # noqa: S608  (Django's own SQL)
        return dict(cursor.fetchall())


def _cards(
    rows: QuerySet[Ticket], cards: QuerySet[Ticket], statuses: list[TicketStatus], after: int
) -> dict[int, list[Ticket]]:
    """Return the cards by status: what is urgent and old first, what is closed latest first."""
    parts = [
        rows.filter(status=one).order_by(*_order(one)).values_list("pk")[after : after + CARDS]
        for one in statuses
    ]
    if not parts:
        return {}
    keys = [pk for (pk,) in parts[0].union(*parts[1:], all=True)]
    shown = cards.in_bulk(keys)
    statuses_by_id = {one.pk: one for one in statuses}
    found: dict[int, list[Ticket]] = {}
    for ticket in (shown[pk] for pk in keys if pk in shown):
        if ticket.status_id in statuses_by_id:
            ticket.status = statuses_by_id[ticket.status_id]
            found.setdefault(ticket.status_id, []).append(ticket)
    return found


def _order(status: TicketStatus) -> tuple[str, ...]:
    return ("-closed_at", "-pk") if status.is_closed else ("priority", "opened_at", "pk")
