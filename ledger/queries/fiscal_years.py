"""The fiscal years of the books, and their entries line by line."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from clients.models import LegalEntity
from ledger.domain.fec import FecLine
from ledger.models import Book, Entry, EntryLine
from ledger.wording import journal_name


def years_of(entity: LegalEntity) -> list[int]:
    """Return the fiscal years in which something is booked, the latest first."""
    own = Entry.objects.filter(legal_entity=entity).order_by()
    return sorted(own.values_list("year", flat=True).distinct(), reverse=True)


def days_of(book: Book, year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year, named by the year in which it ends."""
    first = date(year - (book.first_month > 1), book.first_month, 1)
    return first, first.replace(year=first.year + 1) - timedelta(days=1)


def lines_of(entity: LegalEntity, year: int) -> QuerySet[EntryLine]:
    """Return the lines of a fiscal year in the order in which their entries were validated."""
    own = EntryLine.objects.filter(entry__legal_entity=entity, entry__year=year)
    return own.order_by("entry_id", "position")


def fec_lines(entity: LegalEntity, year: int) -> Iterator[FecLine]:
    """Return the lines of a fiscal year as the tax auditors' file says them."""
    rows = lines_of(entity, year).select_related("entry", "account", "client")
    names = {code: journal_name(entity, code) for code in ("VE", "BQ", "OD")}
    for line in rows.iterator(chunk_size=2000):
        entry, client = line.entry, line.client
        yield FecLine(
            journal=entry.journal,
            journal_name=names[entry.journal],
            number=entry.number,
            day=entry.day,
            account=line.account.number,
            account_name=line.account.name,
            client_code=client.code if client else "",
            client_name=client.name if client else "",
            piece=entry.piece,
            piece_on=entry.piece_on,
            text=entry.text,
            debit=line.debit,
            credit=line.credit,
            validated_on=entry.posted_at.astimezone(entity.zone).date(),
            foreign=line.foreign,
            currency=entry.currency,
        )
