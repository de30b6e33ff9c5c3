"""Prepaid blocks: the sale is what is taxed and paid; drawing from a block later costs nothing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import BlockSold, ClientEvidence
from billing.domain.terms import Kind, Treatment, Unit
from core.money import round_money
from core.periods import FOREVER, Period


def charge_blocks(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield a charge for every block that was sold on the day or before."""
    for block in evidence.blocks_sold:
        if block.sold_on <= as_of:
            yield rate_block(block, evidence.firm.currency)


def rate_block(block: BlockSold, currency: str = "EUR") -> RatedCharge:
    """Return the charge for the sale of one block, whatever is drawn from it."""
    price = round_money(block.price, currency)
    return RatedCharge(
        kind=Kind.PREPAID,
        treatment=Treatment.BILLED,
        source=Source(block_sold_id=block.id),
        subject=block.description,
        period=Period.through(block.sold_on, block.sold_on),
        quantity=Decimal(1),
        unit=Unit.PIECE,
        unit_price=block.price,
        amount=price,
        list_amount=price,
        tax_code=block.tax_code,
        ledger_account=block.ledger_account,
        contract=block.contract,
        destination=block.destination,
        basis={
            "rule": "prepaid/1",
            "currency": currency,
            "price": str(block.price),
            "holds": block.unit.value,
            "quantity": str(block.quantity),
            "starts_on": block.valid.start.isoformat(),
            "last_day_on": _last_day(block.valid),
        },
    )


def _last_day(valid: Period) -> str:
    return "" if valid.end == FOREVER else valid.last_day.isoformat()
