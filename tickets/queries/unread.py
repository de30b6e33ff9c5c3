"""What a person has not read yet, and whether anything is new."""

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from tickets.models import ReadingStart, ReadMark, Ticket

COUNTED_AT_MOST = 99


def latest_news() -> int:
    """Return the number of the latest news; the index of the numbers answers it at once."""
    return Ticket.objects.aggregate(last=Max("news_number"))["last"] or 0


def reading_start(user: User) -> int | None:
    """Return the news up to which a person has read everything; None before they have looked."""
    return ReadingStart.objects.filter(person=user).values_list("number", flat=True).first()


def with_unread(rows: QuerySet[Ticket], user: User, start: int) -> QuerySet[Ticket]:
    """Say of each ticket whether others changed it since the person read it; no further query."""
    mark = ReadMark.objects.filter(person=user, ticket=OuterRef("pk")).values("number")[:1]
    read_to = Coalesce(Subquery(mark), Value(start))
    return rows.annotate(
        is_unread=ExpressionWrapper(Q(news_number__gt=read_to), output_field=BooleanField())
    )


def count_news(rows: QuerySet[Ticket], shown: QuerySet[Ticket], since: int) -> int:
    """Count what changed among the rows, and among what is shown and may be no row any more.

    Both ask the index of the numbers for the few that are newer, so it costs the same for a million
    tickets as for ten.
    """
    both = (one.filter(news_number__gt=since).order_by().values_list("pk") for one in (rows, shown))
    found: set[int] = set()
    for newer in both:
        found |= {pk for (pk,) in newer[: COUNTED_AT_MOST + 1]}
    return len(found)
