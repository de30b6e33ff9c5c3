"""What is left of hours once work has been drawn from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.domain.agreements import Allowance, Block
from billing.domain.balances import statement
from billing.domain.charge import RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.terms import BlockUnit, Treatment
from billing.hours import hours_text
from contracts.models import Allowance as AllowanceRow
from contracts.models import PrepaidBlock
from core.periods import Period


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of hours, in words; ``warning`` where that is not above their level."""

    text: str = ""
    warning: str = ""


NOTHING_DRAWN = Left()


def left_after(
    charges: Iterable[RatedCharge], pieces: Sequence[RatedCharge], evidence: ClientEvidence
) -> Left:
    """Return what is left, on the day, of the hours that the pieces of an entry draw from last.

    ``charges`` are all that was rated with it. Nothing where no hours are drawn.
    """
    drawing = [piece for piece in pieces if piece.treatment == Treatment.DRAWN]
    if not drawing:
        return NOTHING_DRAWN
    last = drawing[-1]
    hours, pauses = _hours_of(last, evidence)
    drawn = [*evidence.drawn, *(one.drawn for one in charges if one.drawn is not None)]
    left = max(statement(hours, drawn, last.period.start, pauses).left, Decimal(0))
    unit = hours.unit if isinstance(hours, Block) else BlockUnit.MINUTES
    currency = evidence.firm.currency
    return Left(hours_text(unit, left, currency), _warning(hours, unit, left, currency))


def _warning(hours: Allowance | Block, unit: BlockUnit, left: Decimal, currency: str) -> str:
    """Return that hours have come to the level at which somebody is told."""
    level, tops_up = _level_of(hours)
    if level is None or left > level:
        return ""
    words = _("that is not above the warning level of %(level)s")
    if tops_up:
        words = _("that is not above %(level)s, so another block is sold")
    return words % {"level": hours_text(unit, level, currency)}


def _level_of(hours: Allowance | Block) -> tuple[Decimal | None, bool]:
    """Return the level at which somebody is told, and whether another block is sold then."""
    if isinstance(hours, Block):
        block = PrepaidBlock.objects.values_list("low_balance", "tops_up")
        level, tops_up = block.get(pk=hours.id)
        return level, tops_up
    row = AllowanceRow.objects.values_list("low_balance_minutes", flat=True)
    minutes = row.get(pk=hours.id)
    return None if minutes is None else Decimal(minutes), False


def _hours_of(
    charge: RatedCharge, evidence: ClientEvidence
) -> tuple[Allowance | Block, Sequence[Period]]:
    """Return the block that the charge draws from, or the allowance with its pauses."""
    source = charge.source
    if source.drawn_block_id is not None:
        blocks = {block.id: block for block in evidence.blocks}
        return blocks[source.drawn_block_id], ()
    return next(
        (allowance, contract.pauses)
        for contract in evidence.contracts
        for allowance in contract.allowances
        if allowance.id == source.allowance_id
    )
