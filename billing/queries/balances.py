"""What is left of included and prepaid hours, of issued, drafted and open work up to a day."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from billing.domain.agreements import Allowance, Block, Drawn
from billing.domain.balances import MonthBalance, Statement, statement
from billing.domain.charge import RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.open_hours import open_draws
from billing.domain.terms import BlockUnit
from billing.hours import ENOUGH, LOW, OVER, TO_COME, USED_UP, WANTING, Standing, hours_text
from billing.queries.evidence import load_work
from billing.queries.hours import (
    allowance_rows,
    allowance_value,
    block_value,
    every_block_row,
)
from clients.models import Client, LegalEntity
from contracts.models import Contract, PrepaidBlock
from core.periods import FOREVER, Period

log = logging.getLogger(__name__)
NOTHING = Decimal(0)
ONE_DAY = timedelta(days=1)
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class HoursBalance:
    """One allowance or block, month by month; ``open_charges`` are on no document yet."""

    row: Any
    client: Client
    hours: Allowance | Block
    statement: Statement
    open_charges: tuple[RatedCharge, ...]
    day: date

    @property
    def is_block(self) -> bool:
        """Whether it was bought in advance, rather than granted month by month."""
        return isinstance(self.hours, Block)

    @property
    def contract(self) -> Contract | None:
        """The contract that includes the hours, or that the block was bought for."""
        contract: Contract | None = self.row.contract
        return contract

    @property
    def unit(self) -> BlockUnit:
        """What is counted."""
        return self.hours.unit if isinstance(self.hours, Block) else BlockUnit.MINUTES

    @property
    def now(self) -> MonthBalance | None:
        """The month that the balance ends with, or the whole block."""
        return self.statement.months[-1] if self.statement.months else None

    @property
    def at_hand(self) -> Decimal:
        """What could be used in the month that runs, or in all from the block."""
        return self.now.carried_in + self.now.granted if self.now else NOTHING

    @property
    def drawn(self) -> Decimal:
        """What was used of it."""
        return self.now.drawn if self.now else NOTHING

    @property
    def left(self) -> Decimal:
        """What can still be used on the day."""
        return NOTHING if self.standing in {OVER, TO_COME} else self.statement.left

    @property
    def left_text(self) -> str:
        """What can still be used, in its own unit."""
        return hours_text(self.unit, self.left, self.client.currency)

    @property
    def left_as_figure(self) -> Decimal:
        """What can still be used: hours, an amount, or incidents."""
        return self.left / MINUTES_PER_HOUR if self.unit == BlockUnit.MINUTES else self.left

    @property
    def open_drawn(self) -> Decimal:
        """What open work has taken that is on no document yet."""
        return sum((one.source.drawn_quantity for one in self.open_charges), NOTHING)

    @property
    def threshold(self) -> Decimal | None:
        """At how much left somebody is told."""
        low = self.row.low_balance if self.is_block else self.row.low_balance_minutes
        return None if low is None else Decimal(low)

    @property
    def days(self) -> Period:
        """The days on which it can be used, as agreed."""
        return self.hours.valid if isinstance(self.hours, Block) else self.hours.term

    @property
    def usable_through(self) -> date | None:
        """The last day on which what is left now can be used; None for ever."""
        if isinstance(self.hours, Block):
            return None if self.hours.valid.end == FOREVER else self.hours.valid.last_day
        return self.now.period.last_day if self.now else None

    @property
    def standing(self) -> Standing:
        """Where it stands on the day."""
        if self.day < self.days.start:
            return TO_COME
        if not self._is_in_use():
            return OVER
        if self.statement.left <= 0:
            return OVER if self._is_followed() else USED_UP
        is_low = self.threshold is not None and self.statement.left <= self.threshold
        return LOW if is_low and not self._is_followed() else ENOUGH

    @property
    def is_wanting(self) -> bool:
        """Whether somebody should look after it."""
        return self.standing in WANTING

    def get_absolute_url(self) -> str:
        """Return the address of its page on the desk."""
        name = "billing:block" if self.is_block else "billing:allowance"
        return reverse(name, args=[self.row.pk])

    def _is_in_use(self) -> bool:
        contract = self.contract
        is_agreed = contract is None or self.day in contract.term
        if isinstance(self.hours, Block):
            return is_agreed and self.day in self.days and self.row.cancelled_on is None
        return is_agreed and (self.day in self.days or self.statement.left > 0)

    def _is_followed(self) -> bool:
        return bool(self.is_block and getattr(self.row, "is_followed", False))


def balances_of(
    clients: Collection[Client], entity: LegalEntity, today: date
) -> list[HoursBalance]:
    """Return all hours of the clients as they stand after today, those long over too.

    Open work counts as a run would bill it, before anybody has approved it; what a person must
    decide on first does not. The number of queries does not depend on the number of clients.
    """
    ids = [client.pk for client in clients]
    rows = [
        *allowance_rows().filter(contract__client__in=ids),
        *every_block_row().filter(client__in=ids),
    ]
    owners = {_client_id(row) for row in rows}
    wanted = [client for client in clients if client.pk in owners]
    if not wanted:
        return []
    evidence = load_work(wanted, entity, today + ONE_DAY, with_unapproved=True)
    loaded = {client.pk: _Client(client, evidence[client.pk], today) for client in wanted}
    return [loaded[_client_id(row)].balance(row) for row in rows]


class _Client:
    """A client's agreements with all that was drawn."""

    def __init__(self, client: Client, evidence: ClientEvidence, today: date) -> None:
        self._client = client
        self._evidence = evidence
        self._today = today
        self._open = _open_draws(evidence, today)
        self._pauses = {one.id: one.pauses for one in evidence.contracts}

    def balance(self, row: Any) -> HoursBalance:  # noqa: ANN401  (an allowance or a block)
        is_block = isinstance(row, PrepaidBlock)
        hours = block_value(row) if is_block else allowance_value(row)
        open_ones = tuple(one for one in self._open if _draws_from(one, hours))
        drawn = [*self._evidence.drawn, *_drawn(open_ones)]
        pauses = () if is_block else self._pauses.get(row.contract_id, ())
        through = self._through(row, hours, drawn)
        balance = statement(hours, drawn, through, pauses)
        return HoursBalance(row, self._client, hours, balance, open_ones, self._today)

    def _through(self, row: Any, hours: Allowance | Block, drawn: Sequence[Drawn]) -> date:  # noqa: ANN401  (a row)
        """Return today, or the last day of a contract that has ended and whatever it drew."""
        if isinstance(hours, Block) or row.contract.last_day_on is None:
            return self._today
        days = (one.worked_on for one in drawn if one.allowance_id == hours.id)
        last: date = max([row.contract.last_day_on, *days])
        return min(self._today, last)


def _open_draws(evidence: ClientEvidence, today: date) -> list[RatedCharge]:
    """Return what open work draws; trouble with one client hides no other's hours."""
    try:
        return open_draws(evidence, today + ONE_DAY)
    except Exception:
        log.exception("The open hours of client %s cannot be worked out", evidence.buyer.id)
        return []


def _draws_from(charge: RatedCharge, hours: Allowance | Block) -> bool:
    source = charge.source
    if isinstance(hours, Block):
        return source.drawn_block_id == hours.id
    return source.allowance_id == hours.id


def _drawn(charges: Sequence[RatedCharge]) -> Iterator[Drawn]:
    for charge in charges:
        if charge.drawn is not None:
            yield charge.drawn


def _client_id(row: Any) -> int:  # noqa: ANN401  (an allowance or a block)
    return int(row.client_id if isinstance(row, PrepaidBlock) else row.contract.client_id)
