"""Promises to pay with where they stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.models import Payment
from collecting.domain.promises import Promise, PromiseState, Received, Standing, standings
from collecting.models import PaymentPromise


@dataclass(frozen=True, slots=True)
class StandingPromise:
    """A promise, and what came in of it."""

    row: PaymentPromise
    standing: Standing

    @property
    def state(self) -> PromiseState:
        """Open, kept, broken or taken back."""
        return self.standing.state

    @property
    def rest(self) -> Decimal:
        """What has not come in of it."""
        return self.standing.rest


def standing_promises(rows: Iterable[PaymentPromise], today: date) -> list[StandingPromise]:
    """Return the promises with where they stand; two queries for any number of clients.

    All promises of their clients are read, since a payment keeps one of them only.
    """
    wanted = list(rows)
    clients = {row.client_id for row in wanted}
    by_client: dict[int, list[Promise]] = defaultdict(list)
    for row in PaymentPromise.objects.filter(client__in=clients):
        by_client[row.client_id].append(_value(row))
    money = _received(clients)
    found: dict[int, Standing] = {}
    for client_id, promises in by_client.items():
        found |= standings(promises, money[client_id], today)
    return [StandingPromise(row, found[row.pk]) for row in wanted]


def _value(row: PaymentPromise) -> Promise:
    return Promise(
        row.pk,
        row.amount,
        row.currency,
        row.made_on,
        row.made_at,
        row.pay_by_on,
        is_withdrawn=row.withdrawn_at is not None,
    )


def _received(clients: set[int]) -> dict[int, list[Received]]:
    found: dict[int, list[Received]] = defaultdict(list)
    counted = Payment.objects.filter(client__in=clients, reversal=None)
    columns = ("client_id", "amount", "currency", "received_on", "recorded_at")
    for client_id, *values in counted.values_list(*columns):
        found[client_id].append(Received(*values))
    return found
