"""The words in which a case is told: every step is an operation that people use."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from billing.models import Charge, HeldItem, Invoice
from catalog.models import WorkType
from clients.models import Client
from contracts.models import Allowance, Contract, ContractLine, CoverageRule, PrepaidBlock
from contracts.operations._hours import NewAllowance, NewBlock
from contracts.operations._line_terms import NewLine
from contracts.operations.add_allowance import add_allowance
from contracts.operations.add_line import add_line
from contracts.operations.change_line import change_line
from contracts.operations.create_contract import create_contract
from contracts.operations.sell_block import sell_block
from tests.scenarios.billing_days import bill
from tickets.domain.work import Pricing, TimeWorked
from tickets.models import Ticket, TicketStatus, TimeEntry
from tickets.operations.change_status import change_status
from tickets.operations.log_time import log_time
from tickets.operations.open_ticket import NewTicket, open_ticket

# Late enough for all that is told here to have happened.
NOW = datetime(2031, 1, 1, tzinfo=UTC)
FROM_THE_DAY: dict[str, Any] = {"anchor": "anniversary"}


@dataclass(frozen=True)
class Story:
    """A client of an open firm, and a technician who works for it."""

    client: Client
    technician: User

    def sign(self, first_day: date, number: str = "K1", **fields: Any) -> Contract:
        """Sign a contract without lines."""
        return create_contract(
            client_id=self.client.pk, number=number, name="Care", starts_on=first_day, **fields
        )

    def include(self, contract: Contract, work_type: str = "remote", **rule: Any) -> None:
        """Let the contract say what it makes of a type of work: included, unless said."""
        kind = WorkType.objects.get(code=work_type)
        CoverageRule.objects.create(contract=contract, work_type=kind, **rule)

    def promise(self, contract: Contract, hours: int, **terms: Any) -> Allowance:
        """Let the contract include so many hours a month."""
        new = NewAllowance(name="Hours", minutes=60 * hours, **terms)
        return add_allowance(contract_id=contract.pk, allowance=new)

    def sell_block(self, quantity: str, sold_on: date, **terms: Any) -> PrepaidBlock:
        """Sell hours, in minutes, or what else is said, for 100.00 unless said."""
        given = {"name": "Block", "unit": "minutes", "price": Decimal("100.00"), **terms}
        new = NewBlock(quantity=Decimal(quantity), sold_on=sold_on, **given)
        return sell_block(client_id=self.client.pk, block=new)

    def open(self, at: datetime = NOW, **fields: Any) -> Ticket:
        """Open a ticket of the client's at an instant."""
        new = replace(NewTicket(client_id=self.client.pk, subject="Call"), **fields)
        return open_ticket(new=new, actor=self.technician, now=at)

    def close(self, ticket: Ticket, at: datetime) -> None:
        """Close a ticket at an instant."""
        closed = TicketStatus.objects.get(code="closed")
        change_status(ticket_id=ticket.pk, status_id=closed.pk, actor=self.technician, now=at)

    def work(
        self,
        day: date,
        minutes: int,
        work_type: str = "remote",
        *,
        ticket: Ticket | None = None,
        by: User | None = None,
        is_out_of_scope: bool = False,
        **pricing: Any,
    ) -> TimeEntry:
        """Log minutes on a day, on a ticket of their own unless one is named."""
        work = TimeWorked(
            work_type_id=WorkType.objects.get(code=work_type).pk,
            minutes=minutes,
            worked_on=day,
            is_out_of_scope=is_out_of_scope,
            pricing=Pricing(**pricing),
        )
        return self._log(work, ticket, by)

    def work_between(
        self, start: datetime, end: datetime, *, ticket: Ticket | None = None, **pricing: Any
    ) -> TimeEntry:
        """Log remote work from one instant to another."""
        work = TimeWorked(
            work_type_id=WorkType.objects.get(code="remote").pk,
            started_at=start,
            ended_at=end,
            pricing=Pricing(**pricing),
        )
        return self._log(work, ticket, None)

    def _log(self, work: TimeWorked, ticket: Ticket | None, by: User | None) -> TimeEntry:
        on = ticket or self.open()
        return log_time(ticket_id=on.pk, work=work, actor=by or self.technician, now=NOW)


def sell(
    contract: Contract, price: str = "0", quantity: Decimal | int = 1, **terms: Any
) -> ContractLine:
    """Add a line at a price for a whole period."""
    given = {"description": "Care", **terms}
    line = NewLine(quantity=Decimal(quantity), unit_price=Decimal(price), **given)
    return add_line(contract_id=contract.pk, line=line)


def change(
    line: ContractLine,
    day: date,
    price: str | None = None,
    quantity: Decimal | int | None = None,
    **how: Any,
) -> None:
    """Change price or quantity of a line from a day on."""
    change_line(
        line_id=line.pk,
        starts_on=day,
        quantity=None if quantity is None else Decimal(quantity),
        unit_price=None if price is None else Decimal(price),
        **how,
    )


def billed(as_of: date) -> list[str]:
    """Bill and issue what is due as of the day; return the amounts printed, line by line."""
    known = set(Invoice.objects.values_list("pk", flat=True))
    bill(as_of)
    new = Invoice.objects.exclude(pk__in=known)
    assert not new.drafts().exists(), "a draft could not be issued"
    lines = Charge.objects.filter(invoice__in=new, position__isnull=False)
    return [str(line.amount) for line in lines.order_by("invoice_id", "position")]


def days_billed() -> list[tuple[str, str]]:
    """Return the first and the last day of each recurring charge, in order."""
    rows = Charge.objects.filter(kind="recurring").order_by("starts_on", "pk")
    return [(str(first), str(last)) for first, last in rows.values_list("starts_on", "last_day_on")]


def held() -> list[tuple[str, str]]:
    """Return what waits: why, and the amount of work or the line."""
    rows = HeldItem.objects.order_by("pk")
    return [(row.hold, str(row.minutes or "")) for row in rows]
