"""What the work on one ticket comes to: what was charged, and what would be charged now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from billing.explain import explain
from billing.models import Charge, ChargeKind, Invoice
from billing.queries.unbilled import UnbilledItem, unbilled_items
from billing.queries.work import unclaimed
from clients.models import Client, LegalEntity
from core.money import ZERO, round_money
from tickets.models import FlatRateItem, Ticket


@dataclass(frozen=True, slots=True)
class WorkValue:
    """One piece of work and what it comes to; ``amount`` is empty where it cannot be billed yet."""

    what: str
    amount: Decimal | None
    note: str
    invoice: Invoice | None = None
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class TicketMoney:
    """A ticket's work, what it comes to so far, and how much of that is on issued invoices."""

    works: list[WorkValue]
    total: Decimal
    invoiced: Decimal
    currency: str


def ticket_money(ticket: Ticket, user: User, today: date) -> TicketMoney:
    """Return the value so far; its number of queries does not depend on how much was done."""
    works = [*_charged(ticket, user), *_due(ticket, today), *_due_once_closed(ticket)]
    on_paper = [work for work in works if work.invoice is not None and not work.invoice.is_draft]
    return TicketMoney(works, _sum(works), _sum(on_paper), ticket.client.currency)


def _sum(works: list[WorkValue]) -> Decimal:
    return sum((work.amount for work in works if work.amount is not None), ZERO)


def _charged(ticket: Ticket, user: User) -> Iterator[WorkValue]:
    visible = Charge.objects.visible_to(user)
    charges = visible.filter(ticket=ticket).select_related("invoice__corrects")
    for charge in charges.order_by("starts_on", "pk"):
        amount = -charge.amount if charge.credits_id else charge.amount
        note = _note_of(charge)
        yield WorkValue(charge.description, amount, note, charge.invoice, is_settled=True)


def _note_of(charge: Charge) -> str:
    corrected = charge.invoice.corrects if charge.invoice else None
    if corrected is None:
        return explain(charge)
    return _("credited, of %(invoice)s") % {"invoice": corrected}


def _due(ticket: Ticket, today: date) -> Iterator[WorkValue]:
    clients = Client.objects.filter(pk=ticket.client_id)
    for item in unbilled_items(clients, LegalEntity.objects.current(), today):
        if item.ticket.pk == ticket.pk and not _waits_for_closing(item, ticket):
            joint = "×" if item.minutes is None else "·"
            yield WorkValue(f"{item.quantity} {joint} {item.what}", item.value, item.note)


def _waits_for_closing(item: UnbilledItem, ticket: Ticket) -> bool:
    return str(item.kind) == str(ChargeKind.FLAT.label) and not ticket.is_closed


def _due_once_closed(ticket: Ticket) -> Iterator[WorkValue]:
    if ticket.is_closed:
        return
    jobs = FlatRateItem.objects.filter(ticket=ticket)
    for job in unclaimed(jobs, "flat_rate_item"):
        amount = ZERO if ticket.is_free else round_money(job.quantity * job.price)
        yield WorkValue(job.description, amount, _("due once the ticket is closed"))
