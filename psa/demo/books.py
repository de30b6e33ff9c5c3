"""The firm's books: all is booked, and the month before the last is closed and archived."""

from datetime import date, timedelta

from billing.models import ClosingKind
from billing.operations.close_period import Ending
from clients.models import LegalEntity
from ledger.archive import export_archive
from ledger.closing import close_books
from ledger.queries.archive_links import reach_of
from ledger.queries.vat_sources import Span
from psa.demo.people import Staff


def keep_books(entity: LegalEntity, staff: Staff, today: date) -> None:
    """Close and archive the month before the last one that is over; its VAT was declared."""
    last_month = today.replace(day=1) - timedelta(days=1)
    ending = Ending(ClosingKind.MONTH, last_month.replace(day=1) - timedelta(days=1))
    close_books(entity=entity, ending=ending, today=today, actor=staff.accountant)
    closed = Span(ending.starts_on, ending.last_day_on)
    if reach_of(entity, closed):
        export_archive(entity=entity, span=closed, actor=staff.accountant).content.close()
