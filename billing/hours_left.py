"""What is left of hours once work has been drawn from them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from billing.domain.agreements import Allowance, Block
from billing.domain.balances import statement
from billing.domain.charge import RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.terms import BlockUnit, Treatment
from billing.hours import hours_text
from core.periods import Period


def left_after(
    charges: Iterable[RatedCharge], pieces: Sequence[RatedCharge], evidence: ClientEvidence
) -> str:
    """Return what is left, on the day, of the hours that the pieces of an entry draw from last.

    ``charges`` are all that was rated with it. Nothing where no hours are drawn.
    """
    drawing = [piece for piece in pieces if piece.treatment == Treatment.DRAWN]
    if not drawing:
        return ""
    last = drawing[-1]
    hours, pauses = _hours_of(last, evidence)
    drawn = [*evidence.drawn, *(one.drawn for one in charges if one.drawn is not None)]
    left = statement(hours, drawn, last.period.start, pauses).left
    unit = hours.unit if isinstance(hours, Block) else BlockUnit.MINUTES
    return hours_text(unit, max(left, Decimal(0)), evidence.firm.currency)


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
