"""Drawing: which minutes of work are taken from an allowance's months and from prepaid blocks.

Work is served by the day it was worked on, then by its key, whenever it was entered. Work that a
contract includes takes from the contract's allowances, the oldest month first, then from the
contract's blocks; what is left over is overage. Other work takes from the blocks of its contract,
if it has one, then from the client's blocks of no contract. Blocks are taken by start, then by
expiry, then by id. A ticket for which an incident was taken has all its work covered by it.

No bucket is ever overdrawn: what it cannot pay for in whole minutes goes to the next one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billing.domain.agreements import Allowance, Block, Contract, Drawn
from billing.domain.buckets import NOTHING, Bucket, MonthsOfAllowance, bucket_of
from billing.domain.rates import MINUTES_PER_HOUR
from billing.domain.terms import BlockUnit
from core.money import round_money

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Request:
    """Minutes of work that hours are asked for; an hour would cost ``hourly_rate`` without them.

    Without a rate no price is known, so that money cannot pay for them. ``contract`` is the one
    that the work falls under; ``is_included`` says that it includes the work, rather than only
    giving it a price.
    """

    key: Key
    worked_on: date
    contract: Contract | None
    work_type_id: int
    work_role_id: int | None
    ticket_id: int
    minutes: int
    hourly_rate: Decimal | None
    is_included: bool = True


@dataclass(frozen=True, slots=True)
class Draw:
    """Minutes of work that one bucket pays for, and the quantity taken from it."""

    minutes: int
    quantity: Decimal
    source: Drawn


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a request: the draws and the rest, which is billed.

    ``overage_rate`` is what the allowance of the day asks for an hour of the rest; None leaves it
    to the chain of rates.
    """

    draws: tuple[Draw, ...] = ()
    rest_minutes: int = 0
    overage_rate: Decimal | None = None


@dataclass(slots=True)
class _Stock:
    """All of a client's buckets, with what has been taken from them so far."""

    months: Mapping[int, Sequence[MonthsOfAllowance]]
    blocks: Sequence[tuple[Block, Bucket]]

    def buckets_for(self, request: Request) -> Iterator[Bucket]:
        """Yield the buckets that the work may take from, in the order in which it does."""
        blocks = [bucket for block, bucket in self.blocks if _block_serves(block, request)]
        yield from (bucket for bucket in blocks if bucket.serves_ticket(request.ticket_id))
        yield from self._months_for(request)
        yield from (bucket for bucket in blocks if request.worked_on in bucket.usable)

    def _months_for(self, request: Request) -> list[Bucket]:
        if request.contract is None or not request.is_included:
            return []
        found = [
            (bucket.usable.start, not months.allowance.work_type_ids, months.allowance.id, bucket)
            for months in self.months.get(request.contract.id, ())
            if _has_type(months.allowance, request.work_type_id)
            for bucket in months.usable_on(request.worked_on)
        ]
        return [bucket for *_, bucket in sorted(found, key=lambda one: one[:3])]


@dataclass(slots=True)
class _Work:
    """A request while it is being served: how many of its minutes are paid for."""

    request: Request
    currency: str
    done: int = 0
    draws: list[Draw] = field(default_factory=list)

    @property
    def rest(self) -> int:
        return self.request.minutes - self.done

    def take_from(self, bucket: Bucket) -> None:
        """Take from the bucket as many of the minutes that are left over as it can pay for."""
        minutes, quantity = _TAKING[bucket.unit](self, bucket)
        if not minutes:
            return
        drawn = Drawn(
            worked_on=self.request.worked_on,
            quantity=quantity,
            allowance_id=bucket.allowance_id,
            bucket_on=bucket.bucket_on,
            block_id=bucket.block_id,
            ticket_id=self.request.ticket_id,
        )
        bucket.take(drawn)
        self.draws.append(Draw(minutes, quantity, drawn))
        self.done += minutes

    def worth(self, minutes: int) -> Decimal:
        """Return what the next ``minutes`` cost: what is left costs so much less without them.

        So a block's money and what is billed beyond it add up to what the work would have cost.
        """
        return self._cost_of(self.rest) - self._cost_of(self.rest - minutes)

    def _cost_of(self, minutes: int) -> Decimal:
        rate = self.request.hourly_rate or NOTHING
        return round_money(minutes * rate / MINUTES_PER_HOUR, self.currency)


def place(
    requests: Iterable[Request],
    contracts: Iterable[Contract],
    blocks: Iterable[Block],
    drawn: Iterable[Drawn],
    currency: str = "EUR",
) -> dict[Key, Placed]:
    """Return, by key, what each request takes from the contracts' allowances and the blocks.

    ``drawn`` is what live charges have taken; what was given back is negative.
    """
    stock = _stock(contracts, blocks, drawn)
    return {
        request.key: _placed(_Work(request, currency), stock)
        for request in sorted(requests, key=lambda one: (one.worked_on, one.key))
    }


def is_metered(
    contract: Contract | None,
    work_type_id: int,
    day: date,
    blocks: Iterable[Block],
    *,
    is_included: bool = True,
) -> bool:
    """Whether such work is counted against hours on the day, rather than covered or billed whole.

    A block keeps counting after it has expired or run dry: included work beyond it is overage.
    """
    if contract is not None and is_included and _allowances_on(contract, work_type_id, day):
        return True
    return any(
        block.valid.start <= day
        and _has_type(block, work_type_id)
        and _has_contract(block, contract, is_included=is_included)
        for block in blocks
    )


def _stock(
    contracts: Iterable[Contract], blocks: Iterable[Block], drawn: Iterable[Drawn]
) -> _Stock:
    taken: dict[tuple[int | None, int | None], list[Drawn]] = defaultdict(list)
    for one in drawn:
        taken[one.allowance_id, one.block_id].append(one)
    months = {
        contract.id: [
            MonthsOfAllowance(
                allowance, taken[allowance.id, None], contract.pauses, contract.weights
            )
            for allowance in contract.allowances
        ]
        for contract in contracts
        if contract.allowances
    }
    in_order = sorted(blocks, key=_block_order)
    return _Stock(months, [(block, bucket_of(block, taken[None, block.id])) for block in in_order])


def _placed(work: _Work, stock: _Stock) -> Placed:
    request = work.request
    for bucket in stock.buckets_for(request):
        if work.rest <= 0:
            break
        work.take_from(bucket)
    return Placed(tuple(work.draws), work.rest, _overage_rate(request))


def _overage_rate(request: Request) -> Decimal | None:
    """Return the rate of the allowance that names the type of work, else of one for all types."""
    if request.contract is None or not request.is_included:
        return None
    allowances = _allowances_on(request.contract, request.work_type_id, request.worked_on)
    allowances.sort(key=lambda one: (not one.work_type_ids, one.id))
    rates = (one.overage_rate for one in allowances if one.overage_rate is not None)
    return next(rates, None)


def _take_minutes(work: _Work, bucket: Bucket) -> tuple[int, Decimal]:
    weight = bucket.weight_of(work.request.work_type_id, work.request.work_role_id)
    minutes = work.rest
    if weight * minutes > bucket.free:
        minutes = int(max(bucket.free, NOTHING) // weight) if weight else 0
    return minutes, minutes * weight


def _take_money(work: _Work, bucket: Bucket) -> tuple[int, Decimal]:
    rate = work.request.hourly_rate
    if rate is None or (rate and bucket.free <= 0):
        return 0, NOTHING
    minutes = work.rest
    if rate and work.worth(minutes) > bucket.free:
        # One more may be within reach where what it costs is rounded down.
        affordable = bucket.free * MINUTES_PER_HOUR // rate + 1
        minutes = min(minutes, int(affordable))
    while minutes and work.worth(minutes) > bucket.free:
        minutes -= 1
    return minutes, work.worth(minutes)


def _take_incident(work: _Work, bucket: Bucket) -> tuple[int, Decimal]:
    if bucket.serves_ticket(work.request.ticket_id):
        return work.rest, NOTHING
    return (work.rest, Decimal(1)) if bucket.free >= 1 else (0, NOTHING)


_TAKING = {
    BlockUnit.MINUTES: _take_minutes,
    BlockUnit.MONEY: _take_money,
    BlockUnit.INCIDENTS: _take_incident,
}


def _block_order(block: Block) -> tuple[bool, date, date, int]:
    return block.contract_id is None, block.valid.start, block.valid.end, block.id


def _block_serves(block: Block, request: Request) -> bool:
    """Whether the block is for such work: of its contract and type, and begun on the day."""
    return (
        block.valid.start <= request.worked_on
        and _has_type(block, request.work_type_id)
        and _has_contract(block, request.contract, is_included=request.is_included)
    )


def _has_contract(block: Block, contract: Contract | None, *, is_included: bool) -> bool:
    if block.contract_id is None:
        return contract is None or not is_included
    return contract is not None and block.contract_id == contract.id


def _has_type(hours: Allowance | Block, work_type_id: int) -> bool:
    return not hours.work_type_ids or work_type_id in hours.work_type_ids


def _allowances_on(contract: Contract, work_type_id: int, day: date) -> list[Allowance]:
    return [
        allowance
        for allowance in contract.allowances
        if day in allowance.term and _has_type(allowance, work_type_id)
    ]
