"""Minutes taken back: what was billed of a time entry and turned out not to be owed.

It is credited at the prices at which it was billed, from the last piece of the entry backwards;
hours that were drawn for it are given back. However often minutes of an entry are taken back, the
credits add up to what was billed, to the cent, and never to more; what a person has given back by
a credit note is not given back again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import Block
from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence, Portion, TimeTakenBack
from billing.domain.rates import MINUTES_PER_HOUR
from billing.domain.terms import BlockUnit, Kind, Treatment, Unit
from billing.domain.work import day_of
from core.money import ZERO, round_money

NOTHING = Decimal(0)
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Share:
    """So much of a billed piece of an entry: minutes, their amount, the quantity drawn for them."""

    portion: Portion
    minutes: int
    amount: Decimal
    drawn: Decimal

    def keep(self, minutes: int, currency: str, block: Block | None) -> tuple["Share", "Share"]:
        """Cut off all but so many minutes: return what stays and what is taken; they add up."""
        amount = round_money(self.amount * minutes / self.minutes, currency)
        drawn = self._drawn_for(minutes, currency, block)
        stays = Share(self.portion, minutes, amount, drawn)
        gone = (self.minutes - minutes, self.amount - amount, self.drawn - drawn)
        return stays, Share(self.portion, *gone)

    def _drawn_for(self, minutes: int, currency: str, block: Block | None) -> Decimal:
        """Return what stays drawn: an incident as a whole, money in whole cents."""
        unit = BlockUnit.MINUTES if block is None else block.unit
        if minutes and unit == BlockUnit.INCIDENTS:
            return self.drawn
        drawn = self.drawn * minutes / self.minutes
        is_money = unit == BlockUnit.MONEY
        return round_money(drawn, currency) if is_money else drawn.quantize(FOUR_PLACES)


def charge_taken_back(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield the credits for all minutes that were found not to be owed before the day."""
    by_entry: dict[int, list[TimeTakenBack]] = defaultdict(list)
    for correction in evidence.taken_back:
        if correction.found_on < as_of and correction.portions:
            by_entry[correction.entry.id].append(correction)
    for corrections in by_entry.values():
        yield from _credits(sorted(corrections, key=lambda one: one.id), evidence)


def _credits(
    corrections: Iterable[TimeTakenBack], evidence: ClientEvidence
) -> Iterator[RatedCharge]:
    """Yield the credits of one entry's corrections, in the order in which they were found."""
    currency = evidence.firm.currency
    blocks = {block.id: block for block in evidence.blocks}
    left: list[Share] = []
    room: dict[int, Decimal] = {}
    for correction in corrections:
        left = left or [_all_of(portion) for portion in _last_first(correction.portions)]
        left, taken = _take(correction.minutes, left, currency, blocks)
        for part in taken:
            yield _credit(correction, _within(room, part), currency)


def _within(room: dict[int, Decimal], part: Share) -> Share:
    """Return the share at no more than credit notes have left of its portion, and take that."""
    portion = part.portion
    left = room.get(portion.number, max(ZERO, portion.amount - portion.credited))
    amount = min(part.amount, left)
    room[portion.number] = left - amount
    return replace(part, amount=amount)


def _last_first(portions: Iterable[Portion]) -> list[Portion]:
    return sorted(portions, key=lambda portion: portion.number, reverse=True)


def _all_of(portion: Portion) -> Share:
    drawn = portion.drawn.quantity if portion.drawn else NOTHING
    return Share(portion, portion.billed, portion.amount, drawn)


def _take(
    minutes: int, left: Iterable[Share], currency: str, blocks: Mapping[int, Block]
) -> tuple[list[Share], list[Share]]:
    """Return what stays and what is taken; where nothing is left, a part of no minutes is taken."""
    stays: list[Share] = []
    taken: list[Share] = []
    for part in left:
        gone = min(minutes, part.minutes)
        if not gone:
            stays.append(part)
            continue
        minutes -= gone
        drawn = part.portion.drawn
        block = blocks.get(drawn.block_id) if drawn and drawn.block_id else None
        kept, cut_off = part.keep(part.minutes - gone, currency, block)
        stays.append(kept)
        taken.append(cut_off)
    return stays, taken or [Share(stays[0].portion, 0, ZERO, NOTHING)]


def _credit(correction: TimeTakenBack, part: Share, currency: str) -> RatedCharge:
    """Return the credit: minutes at the price billed, or one sum where cents would be missing."""
    entry, portion = correction.entry, part.portion
    work_type = portion.work_type or entry.work_type
    quantity, unit, price, base = Decimal(-part.minutes), Unit.MINUTE, portion.unit_price, 60
    if round_money(part.minutes * price / MINUTES_PER_HOUR, currency) != part.amount:
        quantity, unit, price, base = Decimal(-1), Unit.PRO_RATA, part.amount, 1
    return RatedCharge(
        kind=Kind.ADJUSTMENT,
        treatment=Treatment(portion.treatment) if part.minutes else Treatment.WAIVED,
        source=_source(correction, part),
        subject=work_type.name,
        period=day_of(entry),
        quantity=quantity,
        unit=unit,
        unit_price=price,
        price_base=base,
        amount=-part.amount,
        list_amount=-part.amount,
        tax_code=work_type.tax_code,
        ledger_account=work_type.ledger_account,
        ticket=entry.ticket,
        destination=replace(entry.ticket.destination, contract_id=portion.contract_id),
        basis=_basis(correction, part, currency),
    )


def _source(correction: TimeTakenBack, part: Share) -> Source:
    drawn = part.portion.drawn
    return Source(
        time_taken_back_id=correction.id,
        portion=part.portion.number,
        billed_minutes=-part.minutes,
        allowance_id=drawn.allowance_id if drawn else None,
        bucket_on=drawn.bucket_on if drawn else None,
        drawn_block_id=drawn.block_id if drawn else None,
        drawn_quantity=-part.drawn,
        ticket_version=correction.entry.ticket.version,
    )


def _basis(correction: TimeTakenBack, part: Share, currency: str) -> dict[str, Any]:
    entry = correction.entry
    return {
        "rule": "taken_back/1",
        "currency": currency,
        "ticket": entry.ticket.number,
        "ticket_mode": entry.ticket.mode.value,
        "work_type": (part.portion.work_type or entry.work_type).name,
        "reason": correction.reason,
        "found_on": correction.found_on.isoformat(),
        "asked_minutes": correction.minutes,
        "minutes": part.minutes,
        "billed_minutes": part.portion.billed,
        "hourly_rate": str(part.portion.unit_price),
        "drawn_quantity": str(part.drawn),
    }
