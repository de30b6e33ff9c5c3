"""Who owes how much for how long."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from accounts.models import User
from billing.domain.ageing import LIMITS, Aged, Owing, aged
from billing.models import Invoice, Payment
from clients.models import Client
from core.money import ZERO


@dataclass(frozen=True)
class AgedClient:
    """What a client owes by age, and what is to their credit."""

    client: Client
    owed: Aged
    credit: Decimal


@dataclass(frozen=True)
class Total:
    """The sums of all clients in one currency."""

    currency: str
    parts: list[Decimal]
    total: Decimal
    credit: Decimal


def ageing(user: User, today: date) -> list[AgedClient]:
    """Return the clients that owe something, those who owe most first."""
    invoices = Invoice.objects.visible_to(user).open().order_by()
    columns = ("client_id", "currency", "due_on", "balance")
    rows = aged((Owing(*row) for row in invoices.values_list(*columns)), today)
    clients = Client.objects.in_bulk({row.client_id for row in rows})
    credit = _credit(user)
    found = [
        AgedClient(clients[one.client_id], one, credit.get((one.client_id, one.currency), ZERO))
        for one in rows
    ]
    return sorted(found, key=lambda one: (one.owed.currency, -one.owed.total, one.client.name))


def totals(rows: Iterable[AgedClient]) -> list[Total]:
    """Return the sums of each part, currency by currency."""
    by_currency: dict[str, list[AgedClient]] = defaultdict(list)
    for row in rows:
        by_currency[row.owed.currency].append(row)
    return [
        Total(
            currency,
            [sum((one.owed.parts[at] for one in some), ZERO) for at in _places()],
            sum((one.owed.total for one in some), ZERO),
            sum((one.credit for one in some), ZERO),
        )
        for currency, some in by_currency.items()
    ]


def _places() -> range:
    return range(len(LIMITS) + 1)


def _credit(user: User) -> dict[tuple[int, str], Decimal]:
    payments = Payment.objects.visible_to(user).with_credit().order_by()
    sums = payments.values("client_id", "currency").annotate(credit=Sum("rest"))
    return {(row["client_id"], row["currency"]): row["credit"] for row in sums}
