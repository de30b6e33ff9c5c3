"""Reading the books in tests: entries as plain lines, balances by account."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from clients.models import LegalEntity
from ledger.models import Entry, EntryLine
from ledger.operations._posting import Waiting
from ledger.posting import bring_up_to_date

MAY_20 = date(2026, 5, 20)


def post(today: date = MAY_20) -> list[Waiting]:
    """Bring the books of the default company up to date."""
    return bring_up_to_date(LegalEntity.objects.current(), today)


def entries() -> list[tuple[str, date, list[tuple[str, Decimal, Decimal]]]]:
    """Return all entries in the order in which they were posted: number, day, lines."""
    return [(str(one), one.day, lines(one)) for one in Entry.objects.order_by("pk")]


def lines(entry: Entry) -> list[tuple[str, Decimal, Decimal]]:
    """Return account, debit and credit of each line, by account."""
    rows = entry.lines.order_by("account__number", "position")
    return list(rows.values_list("account__number", "debit", "credit"))


def balances() -> dict[str, Decimal]:
    """Return what stands on each account, debit above nothing, without those at nothing."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in EntryLine.objects.select_related("account"):
        found[line.account.number] += line.debit - line.credit
    return {number: amount for number, amount in sorted(found.items()) if amount}
