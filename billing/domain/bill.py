"""A client's bill: the charges in their order, and what the printed ones come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from billing.domain.charge import RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.rating import rate
from billing.domain.tax import situation_of
from billing.domain.terms import Hold, NotBillable, Situation
from billing.domain.totals import Totals, totals_of


@dataclass(frozen=True, slots=True)
class Bill:
    """All that is due from one client as of a day; ``totals`` is empty where no invoice is made.

    Where everything comes to nothing there is no invoice, and the charges only record that the
    evidence is settled.
    """

    charges: tuple[RatedCharge, ...]
    situation: Situation | None = None
    totals: Totals | None = None

    def lines(self) -> Iterator[tuple[int | None, RatedCharge]]:
        """Yield each charge with its position on the paper, None for what is not printed."""
        position = 0
        for charge in self.charges:
            if self.totals is None or not charge.is_printed:
                yield None, charge
            else:
                position += 1
                yield position, charge


def draw_up(evidence: ClientEvidence, as_of: date) -> Bill:
    """Return the client's bill as of the day.

    :raises NotBillable: something must be put right by a person first
    """
    charges = tuple(rate(evidence, as_of))
    if not any(charge.amount for charge in charges):
        return Bill(charges)
    currency = evidence.firm.currency
    totals = totals_of((charge for charge in charges if charge.is_printed), currency)
    if totals.total < 0:
        raise NotBillable(Hold.NEGATIVE_TOTAL, amount=str(totals.total), currency=currency)
    return Bill(charges, situation_of(evidence.firm, evidence.buyer), totals)
