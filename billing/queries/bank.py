"""What lines of bank statements may pay, read in a few queries for any number of lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q

from billing.domain.matching import (
    Confidence,
    Known,
    OpenInvoice,
    Proposal,
    Received,
    plain,
    proposals,
)
from billing.models import BankEntry, Invoice, Payment
from clients.models import Client

# A debit may come back 13 months later.
RETURNED_WITHIN = timedelta(days=400)
MOST_RETURNS = 4


@dataclass(frozen=True)
class Share:
    """An invoice that a proposal pays, and how much of it."""

    number: str
    amount: Decimal


@dataclass(frozen=True)
class Shown:
    """A proposal with the names that a person reads, and what is posted to agree to it."""

    proposal: Proposal
    client: str
    shares: list[Share]
    credit: Decimal

    @property
    def token(self) -> str:
        """What is posted: the client, then each invoice with its share."""
        parts = [f"{pk}={amount}" for pk, amount in self.proposal.shares]
        return ";".join([str(self.proposal.client_id), *parts])

    @property
    def is_certain(self) -> bool:
        """Whether it may be confirmed together with others."""
        return self.proposal.confidence == Confidence.CERTAIN


@dataclass(frozen=True)
class Waiting:
    """An open line with what it may pay, or with the payments that it may take back."""

    entry: BankEntry
    proposals: list[Shown] = field(default_factory=list)
    returns: list[Payment] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether the first proposal is certain."""
        return bool(self.proposals) and self.proposals[0].is_certain


def waiting(entries: Iterable[BankEntry]) -> list[Waiting]:
    """Return the lines with their proposals; the number of queries is the same for any number."""
    rows = list(entries)
    known = known_payers(rows)
    names = _clients(known)
    numbers = {one.id: one.number for one in known.invoices}
    returned = _returnable([row for row in rows if not row.is_credit])
    found = []
    for row in rows:
        if not row.is_credit:
            found.append(Waiting(row, returns=returned.get(row.pk, [])))
            continue
        line = Received(row.amount, row.currency, row.name, row.iban, row.text)
        shown = [_shown(one, row, names, numbers) for one in proposals(line, known)]
        found.append(Waiting(row, proposals=shown))
    return found


def known_payers(rows: Iterable[BankEntry]) -> Known:
    """Return all open invoices, and whose money came before from these accounts and names."""
    lines = list(rows)
    ibans = {row.iban for row in lines if row.iban}
    names = {row.name for row in lines if row.name}
    by_iban: dict[str, set[int]] = defaultdict(set)
    by_name: dict[str, set[int]] = defaultdict(set)
    learnt = BankEntry.objects.filter(payment__isnull=False, payment__reversal=None)
    before = learnt.filter(Q(iban__in=ibans) | Q(name__in=names)).distinct()
    for iban, name, client_id in before.values_list("iban", "name", "payment__client"):
        by_iban[plain(iban)].add(client_id)
        by_name[plain(name)].add(client_id)
    for pk, name in Client.objects.values_list("pk", "name"):
        by_name[plain(name)].add(pk)
    invoices = Invoice.objects.open().order_by("due_on", "pk")
    columns = ("pk", "client_id", "number", "balance", "currency")
    return Known(
        tuple(OpenInvoice(*row) for row in invoices.values_list(*columns)),
        {key: frozenset(clients) for key, clients in by_iban.items() if key},
        {key: frozenset(clients) for key, clients in by_name.items() if key},
    )


def _clients(known: Known) -> dict[int, str]:
    keys = {one.client_id for one in known.invoices}
    for some in (known.by_iban, known.by_name):
        keys.update(*some.values())
    return dict(Client.objects.filter(pk__in=keys).values_list("pk", "name"))


def _shown(one: Proposal, row: BankEntry, names: dict[int, str], numbers: dict[int, str]) -> Shown:
    shares = [Share(numbers[pk], amount) for pk, amount in one.shares]
    used = sum((share.amount for share in shares), Decimal(0))
    return Shown(one, names.get(one.client_id, ""), shares, row.amount - used)


def _returnable(rows: list[BankEntry]) -> dict[int, list[Payment]]:
    """Return, for each line that left the account, the payments of its amount, the newest first."""
    wanted = {-row.amount for row in rows if row.is_return}
    if not wanted:
        return {}
    payments = list(
        Payment.objects.filter(amount__in=wanted, reversal=None)
        .select_related("client")
        .order_by("-received_on", "-pk")
    )
    found: dict[int, list[Payment]] = {}
    for row in rows:
        if row.is_return:
            own = [one for one in payments if _may_be(one, row)]
            found[row.pk] = own[:MOST_RETURNS]
    return found


def _may_be(payment: Payment, row: BankEntry) -> bool:
    is_in_time = row.booked_on - RETURNED_WITHIN <= payment.received_on <= row.booked_on
    return is_in_time and (payment.amount, payment.currency) == (-row.amount, row.currency)
