"""Entries of a span with their lines, in the order in which they were posted."""

from collections.abc import Iterator
from itertools import groupby

from clients.models import LegalEntity
from ledger.domain.layouts import JournalEntry, JournalLine
from ledger.models import EntryLine
from ledger.queries.vat_sources import Span


def accounts_in(entity: LegalEntity, span: Span) -> list[tuple[str, str]]:
    """Return number and name of the accounts on which something is booked in the span."""
    own = EntryLine.objects.filter(entry__legal_entity=entity, entry__day__range=span).order_by()
    return list(own.values_list("account__number", "account__name").distinct())


def entries_in(entity: LegalEntity, span: Span) -> Iterator[JournalEntry]:
    """Yield the entries of the span."""
    rows = EntryLine.objects.filter(entry__legal_entity=entity, entry__day__range=span)
    lines = rows.select_related("entry", "account", "client").order_by("entry_id", "position")
    for _key, some in groupby(lines.iterator(chunk_size=2000), key=lambda line: line.entry_id):
        own = list(some)
        entry = own[0].entry
        yield JournalEntry(
            name=str(entry),
            day=entry.day,
            piece=entry.piece,
            text=entry.text,
            lines=[
                JournalLine(
                    line.account.number,
                    line.account.name,
                    line.debit - line.credit,
                    line.client.name if line.client else "",
                )
                for line in own
            ],
        )
