"""Which open lines of a bank statement are direct debits: a batch, one of it, or one come back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from billing.models import BankAccount, BankEntry
from payments.domain.pain import group_reference
from payments.models import DirectDebit

# Banks keep to the day; a little later is possible, earlier is not.
MOST_LINES = 500


@dataclass(frozen=True)
class Recognised:
    """A line with the direct debits that it brings, or takes back."""

    entry: BankEntry
    debits: list[DirectDebit]
    is_return: bool = False
    by_amount: bool = False

    @property
    def batch_id(self) -> int:
        """The batch they belong to."""
        return self.debits[0].batch_id


def recognised(account: BankAccount) -> list[Recognised]:
    """Return the open lines that are known, in a few queries for any number.

    A line that names a batch, a group of it or one direct debit is that, if the amount agrees. One
    that names nothing is the batch, or the group of it, that alone comes to its amount.
    """
    entries = list(account.entries.open()[:MOST_LINES])
    live = _under_way()
    returnable = _returnable(entry for entry in entries if not entry.is_credit)
    found: list[Recognised] = []
    for entry in entries:
        one = _credit(entry, live) if entry.is_credit else _return(entry, returnable)
        if one and not {debit.pk for debit in one.debits} & _taken(found):
            found.append(one)
    return found


def _taken(found: list[Recognised]) -> set[int]:
    return {debit.pk for one in found for debit in one.debits}


def _under_way() -> dict[str, list[DirectDebit]]:
    """Return what may still come, by each name under which a bank may book it."""
    rows = DirectDebit.objects.live().filter(batch__sent_at__isnull=False)
    named: dict[str, list[DirectDebit]] = defaultdict(list)
    for debit in rows.select_related("batch", "invoice__client").order_by("pk"):
        batch = debit.batch.reference
        for name in (batch, group_reference(batch, debit.sequence), debit.end_to_end_id):
            named[name].append(debit)
    return named


def _credit(entry: BankEntry, live: dict[str, list[DirectDebit]]) -> Recognised | None:
    fitting = {name: group for name, group in live.items() if _fits(entry, group)}
    named = [name for name in fitting if name in entry.text]
    if named:
        return Recognised(entry, fitting[max(named, key=len)])
    distinct = {tuple(debit.pk for debit in group): group for group in fitting.values()}
    groups = [group for group in distinct.values() if len(group) > 1 or _is_whole(group, live)]
    if len(groups) == 1 and not entry.iban:
        return Recognised(entry, groups[0], by_amount=True)
    return None


def _is_whole(group: list[DirectDebit], live: dict[str, list[DirectDebit]]) -> bool:
    return len(live[group[0].batch.reference]) == len(group)


def _fits(entry: BankEntry, group: list[DirectDebit]) -> bool:
    total = sum((debit.amount for debit in group), Decimal(0))
    is_due = entry.booked_on >= group[0].batch.collect_on
    return entry.amount == total and entry.currency == "EUR" and is_due


def _returnable(entries: Iterable[BankEntry]) -> list[DirectDebit]:
    amounts = {-entry.amount for entry in entries}
    rows = DirectDebit.objects.filter(
        amount__in=amounts, returned_on=None, released_at=None, batch__sent_at__isnull=False
    )
    return list(rows.select_related("batch", "invoice__client").order_by("-batch__collect_on"))


def _return(entry: BankEntry, returnable: list[DirectDebit]) -> Recognised | None:
    """Return what came back: named by its reference or its invoice, or of that amount alone."""
    same = [one for one in returnable if one.amount == -entry.amount and entry.currency == "EUR"]
    named = [one for one in same if one.end_to_end_id in entry.text]
    named = named or [one for one in same if one.invoice.number in entry.text]
    if len(named) == 1:
        return Recognised(entry, named, is_return=True)
    if entry.is_return and len(same) == 1:
        return Recognised(entry, same, is_return=True, by_amount=True)
    return None
