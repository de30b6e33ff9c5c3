"""The charges of a time entry: one for each of its pieces.

The minutes of the charges add up to those of the entry, those worked as well as those billed.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from billing.domain.charge import HeldEvidence, RatedCharge, Source
from billing.domain.pieces import Hours, Piece, pieces_of
from billing.domain.rates import MINUTES_PER_HOUR
from billing.domain.rounding import share
from billing.domain.terms import Hold, Kind, Treatment, Unit
from billing.domain.time_basis import basis_of, basis_of_journey
from billing.domain.work import CountedWork, day_of, held_back, source_of
from core.money import ZERO, round_money


def charge_work(parts: Sequence[CountedWork], hours: Hours) -> list[RatedCharge] | HeldEvidence:
    """Return the charges of one time entry with all its parts, or why it cannot be charged."""
    pieces = [(part, piece) for part in parts for piece in pieces_of(part, hours)]
    for part, piece in pieces:
        if piece.is_billed and piece.rate is None:
            return held_back(part.entry, Hold.RATE_MISSING)
    worked = share(parts[0].entry.minutes, [piece.minutes for _, piece in pieces])
    return [
        _charge(part, piece, _source(part, piece, portion, minutes), hours)
        for portion, ((part, piece), minutes) in enumerate(zip(pieces, worked, strict=True))
    ]


def charge_journey(counted: CountedWork) -> list[RatedCharge] | HeldEvidence:
    """Return the charge of a journey whose zone has a price, instead of the time on the road."""
    work, entry = counted.work, counted.entry
    treatment = Treatment.COVERED if work.coverage.is_included else work.treatment
    listed = work.zone_price
    if listed is None and treatment == Treatment.BILLED:
        return held_back(entry, Hold.ZONE_PRICE_MISSING)
    listed = listed or ZERO
    price = listed if treatment == Treatment.BILLED else ZERO
    return [
        RatedCharge(
            kind=Kind.TIME,
            treatment=treatment,
            source=replace(source_of(entry), billed_minutes=entry.minutes),
            subject=f"{entry.work_type.name}, {work.zone_name}",
            period=day_of(entry),
            quantity=Decimal(1),
            unit=Unit.PIECE,
            unit_price=price,
            amount=round_money(price, counted.currency),
            list_amount=round_money(listed, counted.currency),
            tax_code=entry.work_type.tax_code,
            ledger_account=entry.work_type.ledger_account,
            ticket=entry.ticket,
            contract=work.contract,
            destination=entry.ticket.destination,
            basis=basis_of_journey(counted, listed),
        )
    ]


def _source(counted: CountedWork, piece: Piece, portion: int, worked: int) -> Source:
    drawn = piece.drawn
    return Source(
        time_entry_id=counted.entry.id,
        portion=portion,
        minutes=worked,
        billed_minutes=piece.minutes,
        allowance_id=drawn.allowance_id if drawn else None,
        bucket_on=drawn.bucket_on if drawn else None,
        drawn_block_id=drawn.block_id if drawn else None,
        drawn_quantity=drawn.quantity if drawn else Decimal(0),
        evidence_version=counted.entry.version,
        ticket_version=counted.entry.ticket.version,
    )


def _charge(counted: CountedWork, piece: Piece, source: Source, hours: Hours) -> RatedCharge:
    entry, work = counted.entry, counted.work
    return RatedCharge(
        kind=Kind.TIME,
        treatment=piece.treatment,
        source=source,
        subject=entry.work_type.name,
        period=day_of(entry),
        quantity=Decimal(piece.minutes),
        unit=Unit.MINUTE,
        unit_price=piece.unit_price,
        price_base=MINUTES_PER_HOUR,
        amount=piece.amount,
        list_amount=piece.list_amount,
        tax_code=entry.work_type.tax_code,
        ledger_account=entry.work_type.ledger_account,
        ticket=entry.ticket,
        contract=work.contract,
        destination=entry.ticket.destination,
        basis=basis_of(counted, piece, hours),
    )
