"""Lines by hand: quantity x price, as a person agreed it with the client."""

from collections.abc import Iterator

from billing.domain.agreements import Destination
from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence, HandLine
from billing.domain.terms import Kind, Treatment, Unit
from core.money import round_money


def charge_hand_lines(evidence: ClientEvidence) -> Iterator[RatedCharge]:
    """Yield a charge for every line by hand that is on no invoice yet, whatever its days."""
    for line in evidence.hand_lines:
        yield rate_hand_line(line, evidence.firm.currency)


def rate_hand_line(line: HandLine, currency: str = "EUR") -> RatedCharge:
    """Return the charge of one line; a quantity below nothing takes back."""
    price = round_money(line.quantity * line.unit_price, currency)
    return RatedCharge(
        kind=Kind.HAND_GOODS if line.is_goods else Kind.HAND,
        treatment=Treatment.BILLED,
        source=Source(hand_line_id=line.id),
        subject=line.description,
        period=line.period,
        quantity=line.quantity,
        unit=Unit.PIECE,
        unit_price=line.unit_price,
        amount=price,
        list_amount=price,
        tax_code=line.tax_code,
        ledger_account=line.ledger_account,
        destination=Destination(purchase_order_id=line.purchase_order_id),
        basis={
            "rule": "hand/1",
            "currency": currency,
            "quantity": str(line.quantity),
            "unit_price": str(line.unit_price),
        },
    )
