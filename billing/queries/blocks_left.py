"""What is left of the prepaid blocks of a contract, and what of it is still to be given away."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from billing.models import Claim
from billing.queries.balances import balances_of
from clients.models import LegalEntity
from contracts.models import Contract, PrepaidBlock

ZERO = Decimal(0)


@dataclass(frozen=True)
class BlockLeft:
    """A block: ``left`` is what no draft or invoice has taken, ``open_drawn`` what open work takes.

    Open work is what was done and is on no document yet.
    """

    block: PrepaidBlock
    left: Decimal
    open_drawn: Decimal

    @property
    def offered(self) -> Decimal:
        """What can go along without taking anything from work that is already known."""
        return max(self.left - self.open_drawn, ZERO)


def blocks_left(contract: Contract, entity: LegalEntity, today: date) -> list[BlockLeft]:
    """Return the contract's blocks that can be used today or later and are not used up."""
    balances = [
        one
        for one in balances_of([contract.client], entity, today)
        if one.is_block and one.row.contract_id == contract.pk and _is_usable(one.row, today)
    ]
    taken = _taken([one.row.pk for one in balances])
    found = [
        BlockLeft(one.row, one.at_hand - taken[one.row.pk], one.open_drawn) for one in balances
    ]
    return [one for one in found if one.left > 0]


def _is_usable(block: PrepaidBlock, today: date) -> bool:
    is_over = block.last_day_on is not None and block.last_day_on < today
    return block.cancelled_on is None and not is_over


def _taken(block_ids: list[int]) -> dict[int, Decimal]:
    rows = Claim.objects.filter(drawn_block__in=block_ids, released_at=None)
    sums = rows.values_list("drawn_block").annotate(Sum("drawn_quantity")).order_by()
    return defaultdict(Decimal, {block_id or 0: quantity for block_id, quantity in sums})
