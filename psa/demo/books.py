"""The firm's books: all is booked, and the month before the last is closed."""

from datetime import date, timedelta

from billing.models import ClosingKind
from billing.operations.close_period import Ending
from clients.models import LegalEntity
from ledger.closing import close_books
from psa.demo.people import Staff


def keep_books(entity: LegalEntity, staff: Staff, today: date) -> None:
    """Close the month before the last one that is over; its VAT has been declared."""
    last_month = today.replace(day=1) - timedelta(days=1)
    ending = Ending(ClosingKind.MONTH, last_month.replace(day=1) - timedelta(days=1))
    close_books(entity=entity, ending=ending, today=today, actor=staff.accountant)
