"""The pieces of a time entry: each is settled in one way at one price, and becomes one charge.

Most entries are one piece. An entry whose rate changes with the clock has one for each multiplier;
one that hours pay for in part has a piece for each bucket they are taken from and one for the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from billing.domain.agreements import Allowance, Block, Drawn
from billing.domain.draws import Draw, Placed
from billing.domain.rates import AgreedRate
from billing.domain.surcharges import NORMAL, Segment
from billing.domain.terms import Treatment
from billing.domain.work import CountedWork, value_of
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Hours:
    """What was drawn, by entry and number of its segment, and the hours it was drawn from."""

    placed: Mapping[tuple[int, int], Placed] = field(default_factory=dict)
    allowances: Mapping[int, Allowance] = field(default_factory=dict)
    blocks: Mapping[int, Block] = field(default_factory=dict)


NO_HOURS = Hours()


@dataclass(frozen=True, slots=True)
class Piece:
    """Minutes of a time entry that are settled in one way at one price.

    ``rate`` is what an hour costs, or would cost; ``list_amount`` what the minutes would cost
    without contract, flat rate or favour, ``amount`` what they do cost.
    """

    treatment: Treatment
    minutes: int
    rate: AgreedRate | None
    list_amount: Decimal
    amount: Decimal = ZERO
    multiplier: Decimal = NORMAL
    reason: str = ""
    drawn: Drawn | None = None
    is_overage: bool = False

    @property
    def is_billed(self) -> bool:
        """Whether it costs money."""
        return self.treatment == Treatment.BILLED

    @property
    def unit_price(self) -> Decimal:
        """What an hour of it costs on the invoice."""
        if self.rate is None or not self.is_billed:
            return ZERO
        return self.rate.times(self.multiplier)


def pieces_of(counted: CountedWork, hours: Hours) -> list[Piece]:
    """Return the pieces, in the order of the clock: what hours pay for, then the rest."""
    work = counted.work
    if not work.is_chargeable:
        return [_whole(counted, work.treatment)]
    if work.coverage.is_included and (counted.entry.id, counted.first) not in hours.placed:
        return [_whole(counted, Treatment.COVERED)]
    pieces: list[Piece] = []
    for n, segment in enumerate(counted.segments, counted.first):
        pieces.extend(_cut(counted, segment, hours.placed.get((counted.entry.id, n))))
    return _joined(pieces) if hours.placed else pieces


def _whole(counted: CountedWork, treatment: Treatment) -> Piece:
    rate = counted.work.prices.agreed()
    return Piece(treatment, counted.minutes, rate, counted.value_at(rate))


def _cut(counted: CountedWork, segment: Segment, placed: Placed | None) -> Iterator[Piece]:
    named = counted.work.coverage.hourly_rate
    if placed is None:
        yield _billed(counted, segment, segment.minutes, named)
        return
    for draw in placed.draws:
        yield _drawn(counted, segment, draw)
    if placed.rest_minutes:
        named = named if placed.overage_rate is None else placed.overage_rate
        rest = _billed(counted, segment, placed.rest_minutes, named)
        yield replace(rest, is_overage=counted.work.coverage.is_included)


def _billed(
    counted: CountedWork, segment: Segment, minutes: int, contract_rate: Decimal | None
) -> Piece:
    rate = counted.work.prices.agreed(contract_rate)
    amount = listed = value_of(minutes, rate, segment.multiplier, counted.currency)
    if contract_rate is not None:
        usual = counted.work.prices.agreed() or rate
        listed = value_of(minutes, usual, segment.multiplier, counted.currency)
    return Piece(
        treatment=Treatment.BILLED,
        minutes=minutes,
        rate=rate,
        list_amount=listed,
        amount=amount,
        multiplier=segment.multiplier,
        reason=segment.reason,
    )


def _drawn(counted: CountedWork, segment: Segment, draw: Draw) -> Piece:
    rate = counted.work.prices.agreed()
    worth = value_of(draw.minutes, rate, segment.multiplier, counted.currency)
    return Piece(Treatment.DRAWN, draw.minutes, rate, worth, drawn=draw.source)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces, all that is taken from one bucket as one: hours know no surcharge."""
    found: dict[object, Piece] = {}
    for n, piece in enumerate(pieces):
        drawn = piece.drawn
        key = (drawn.allowance_id, drawn.bucket_on, drawn.block_id) if drawn else n
        found[key] = _together(found[key], piece) if key in found else piece
    return list(found.values())


def _together(first: Piece, second: Piece) -> Piece:
    if first.drawn is None or second.drawn is None:
        raise ValueError("only what is drawn is put together")
    quantity = first.drawn.quantity + second.drawn.quantity
    return replace(
        first,
        minutes=first.minutes + second.minutes,
        list_amount=first.list_amount + second.list_amount,
        drawn=replace(first.drawn, quantity=quantity),
    )
