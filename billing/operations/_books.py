"""Opening the firm's books to write a document into them: its numbers and its chain."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from billing.issuing import Books
from billing.models import Closing, DocumentKind, JournalEntry, NumberSeries
from billing.series import default_prefix
from clients.models import LegalEntity


def open_books(
    entity_ids: Collection[int], issued_on: date, kind: str = DocumentKind.INVOICE
) -> dict[int, Books]:
    """Lock the firm's books, begin this year's series where needed, and find where each ends.

    Each kind of document has numbers of its own; the chain is one for all kinds.
    """
    entities = LegalEntity.objects.select_for_update(no_key=True).filter(pk__in=entity_ids)
    books: dict[int, Books] = {}
    known = {entity.pk: entity for entity in entities.order_by("pk")}
    of_kind = NumberSeries.objects.filter(legal_entity__in=known, document_kind=kind)
    series = list(of_kind.select_for_update())
    for pk, entity in known.items():
        own = [row for row in series if row.legal_entity_id == pk]
        this_year = next((row for row in own if row.year == issued_on.year), None) or NumberSeries(
            legal_entity=entity,
            document_kind=kind,
            year=issued_on.year,
            prefix=default_prefix(entity, kind),
        )
        dates = [row.last_issued_on for row in own if row.last_issued_on]
        books[pk] = Books(entity, this_year, max(dates, default=None), issued_on=issued_on)
    for head in _heads(known):
        books[head.legal_entity_id].position = head.position
        books[head.legal_entity_id].head = head.hash
        books[head.legal_entity_id].closed_through = head.closed_through
    return books


def _heads(entity_ids: Collection[int]) -> Iterable[Any]:
    """Return the last link of each chain, found at its end, and how far its books are closed."""
    own = JournalEntry.objects.filter(legal_entity=OuterRef("pk")).order_by("-position")
    last = LegalEntity.objects.filter(pk__in=entity_ids).values(last=Subquery(own.values("pk")[:1]))
    closed = Closing.objects.filter(legal_entity=OuterRef("legal_entity")).order_by("-last_day_on")
    return JournalEntry.objects.filter(pk__in=last).annotate(
        closed_through=Subquery(closed.values("last_day_on")[:1])
    )


def keep_series(series: Iterable[NumberSeries]) -> None:
    """Write down how far the numbers are by now."""
    NumberSeries.objects.bulk_create(
        series,
        update_conflicts=True,
        unique_fields=["legal_entity", "document_kind", "year"],
        update_fields=["last", "last_issued_on"],
    )
