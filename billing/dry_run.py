"""What a run would do, client by client, without writing anything."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from billing.drawing import Drawn, draw_up_all
from billing.explain import explain_hold
from billing.models import Outcome
from billing.queries.destinations import Names, names_of
from clients.models import Client, LegalEntity

AT_A_TIME = 500


@dataclass(frozen=True)
class TriedInvoice:
    """An invoice that would be drafted."""

    label: str
    net: Decimal
    tax: Decimal
    total: Decimal
    line_count: int


@dataclass(frozen=True)
class Tried:
    """What a run would do for a client."""

    client: Client
    outcome: Outcome
    invoices: tuple[TriedInvoice, ...]
    reason: str
    held: tuple[str, ...]

    @property
    def net(self) -> Decimal:
        """What all invoices would come to without tax."""
        return sum((invoice.net for invoice in self.invoices), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What all invoices would come to."""
        return sum((invoice.total for invoice in self.invoices), Decimal(0))


def try_run(
    client_ids: Collection[int] | None, entity: LegalEntity, as_of: date
) -> Iterator[Tried]:
    """Yield what a run as of the day would do for each client, a batch in memory at a time."""
    clients = Client.objects.order_by("pk")
    if client_ids is not None:
        clients = clients.filter(pk__in=client_ids)
    rows = clients.iterator(AT_A_TIME)
    while batch := list(islice(rows, AT_A_TIME)):
        yield from try_clients(batch, entity, as_of)


def try_clients(clients: Collection[Client], entity: LegalEntity, as_of: date) -> Iterator[Tried]:
    """Yield what a run would do for these clients, in a constant number of queries."""
    drawn = draw_up_all(clients, entity, as_of)
    names = names_of(bill for one in drawn for bill in one.billing.bills)
    for one in drawn:
        yield _tried(one, names)


def _tried(drawn: Drawn, names: Names) -> Tried:
    invoices = tuple(
        TriedInvoice(
            label=names.label_of(bill),
            net=bill.totals.net,
            tax=bill.totals.tax,
            total=bill.totals.total,
            line_count=sum(1 for position, _ in bill.lines() if position),
        )
        for bill in drawn.billing.bills
        if bill.totals
    )
    held = tuple(explain_hold(held) for held in drawn.billing.held)
    reason = explain_hold(drawn.refusal) if drawn.refusal else ""
    return Tried(drawn.client, drawn.outcome, invoices, reason, held)


def as_plain(tried: Tried) -> dict[str, Any]:
    """Return what would be done as plain data, for programs."""
    return {
        "client": tried.client.pk,
        "code": tried.client.code,
        "outcome": tried.outcome.value,
        "reason": tried.reason,
        "held": list(tried.held),
        "invoices": [
            {
                "label": invoice.label,
                "lines": invoice.line_count,
                "net": f"{invoice.net:.2f}",
                "tax": f"{invoice.tax:.2f}",
                "total": f"{invoice.total:.2f}",
            }
            for invoice in tried.invoices
        ],
    }
