"""Whom to call: clients with overdue money, by what is owed and how old it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Max

from accounts.models import User
from clients.models import Client
from collecting.domain.promises import PromiseState
from collecting.domain.reminders import Reason
from collecting.domain.weight import Debt, weight_of
from collecting.models import CollectingTerms, ContactNote, Level, PaymentPromise
from collecting.queries.promises import StandingPromise, standing_promises
from collecting.queries.reminders import Account, accounts


@dataclass(frozen=True, slots=True)
class Call:
    """A client to be called about what is overdue in one currency."""

    client: Client
    currency: str
    owed: Decimal
    disputed: Decimal
    days_late: int
    invoices: int
    weight: Decimal
    level: str
    is_held: bool
    next_contact_on: date | None
    last_note: str
    promise: StandingPromise | None

    def is_for(self, today: date) -> bool:
        """Whether nobody has agreed on a later day."""
        return self.next_contact_on is None or self.next_contact_on <= today


def calls(user: User, today: date, zone: ZoneInfo) -> list[Call]:
    """Return whom to call, the heaviest debts first; who is to be called later comes last."""
    found = accounts(today, zone, user=user)
    known = _Known([one.client.pk for one in found], today)
    rows = [row for one in found for row in _calls_of(one, known, today)]
    return sorted(rows, key=lambda row: (not row.is_for(today), -row.weight, row.client.name))


class _Known:
    """Notes, promises and agreed days of these clients, read at once."""

    def __init__(self, clients: list[int], today: date) -> None:
        terms = CollectingTerms.objects.filter(client__in=clients)
        self.next = dict(terms.values_list("client_id", "next_contact_on"))
        self.notes = _last_notes(clients)
        self.promises = _latest(
            standing_promises(
                PaymentPromise.objects.filter(client__in=clients, withdrawn_at=None), today
            )
        )


def _last_notes(clients: list[int]) -> dict[int, str]:
    last = ContactNote.objects.filter(client__in=clients).order_by()
    keys = [key for _client, key in last.values_list("client_id").annotate(Max("pk"))]
    return dict(ContactNote.objects.filter(pk__in=keys).values_list("client_id", "body"))


def _latest(promises: Iterable[StandingPromise]) -> dict[int, StandingPromise]:
    """Return one promise a client: the open one, or else a broken one; kept ones are history."""
    found: dict[int, StandingPromise] = {}
    for one in sorted(promises, key=lambda one: one.row.pay_by_on):
        is_open = one.state == PromiseState.OPEN
        if is_open or (one.state == PromiseState.BROKEN and one.row.client_id not in found):
            found[one.row.client_id] = one
    return found


def _calls_of(account: Account, known: _Known, today: date) -> list[Call]:
    debts: dict[str, list[Debt]] = defaultdict(list)
    for one in account.judged:
        late = (today - (one.invoice.due_on or today)).days
        debts[one.invoice.currency].append(Debt(one.balance, one.disputed, late))
    levels = [one.reached for one in account.judged]
    client = account.client
    return [
        Call(
            client=client,
            currency=currency,
            owed=sum((one.balance for one in some), Decimal(0)),
            disputed=sum((one.disputed for one in some), Decimal(0)),
            days_late=max(one.days_late for one in some),
            invoices=len(some),
            weight=weight_of(some),
            level=str(Level(max(levels)).label) if max(levels) else "",
            is_held=all(one.verdict.reason == Reason.HELD for one in account.judged),
            next_contact_on=known.next.get(client.pk),
            last_note=known.notes.get(client.pk, ""),
            promise=known.promises.get(client.pk),
        )
        for currency, some in debts.items()
    ]
