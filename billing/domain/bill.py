"""A client's bills: the charges in their order, and what the printed ones come to.

A client gets one bill for everything, or one for each contract, site, cost centre or order. A bill
that comes to less than nothing stays open and does not keep the client's other bills back; so does
what no order pays for, where the client pays only with one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from billing.domain.agreements import ANYWHERE, Destination
from billing.domain.charge import HeldEvidence, RatedCharge
from billing.domain.evidence import Buyer, ClientEvidence
from billing.domain.rating import rate, rate_by_hand
from billing.domain.tax import situation_of, situation_of_lines
from billing.domain.terms import Grouping, Hold, Situation
from billing.domain.totals import Totals, totals_of


@dataclass(frozen=True, slots=True)
class Bill:
    """What is due on one invoice; ``totals`` is empty where no invoice is made.

    ``destination`` names the contract, site, cost centre or order whose invoice it is, and nothing
    where one invoice serves all. Where everything comes to nothing there is no invoice, and the
    charges only record that the evidence is settled.
    """

    charges: tuple[RatedCharge, ...]
    situation: Situation | None = None
    totals: Totals | None = None
    destination: Destination = ANYWHERE

    def lines(self) -> Iterator[tuple[int | None, RatedCharge]]:
        """Yield each charge with its position on the paper, None for what is not printed."""
        position = 0
        for charge in self.charges:
            if self.totals is None or not charge.is_printed:
                yield None, charge
            else:
                position += 1
                yield position, charge

    @property
    def order_ids(self) -> tuple[int, ...]:
        """The orders that pay for what is printed, each once, in the order of the lines."""
        if self.totals is None:
            return ()
        found = (one.destination.purchase_order_id for one in self.charges if one.is_printed)
        return tuple(dict.fromkeys(key for key in found if key is not None))


@dataclass(frozen=True, slots=True)
class Billing:
    """All that is due from one client as of a day, and what is held until a person has decided."""

    bills: tuple[Bill, ...] = ()
    held: tuple[HeldEvidence, ...] = ()


def draw_up(evidence: ClientEvidence, as_of: date) -> Billing:
    """Return the client's bills as of the day, in the order of their first charges.

    :raises NotBillable: something of the client's must be put right by a person first
    """
    rated = rate(evidence, as_of)
    charges = [_with_contracts_order(charge) for charge in rated.charges]
    held = list(rated.held)
    if evidence.buyer.requires_order:
        charges, unordered = _part_by_order(charges)
        held.extend(unordered)
    bills: list[Bill] = []
    for destination, group in _groups_of(charges, evidence.buyer).items():
        bill = _bill(group, destination, evidence)
        if bill.totals is not None and bill.totals.total < 0:
            held.extend(_outweighed(bill, bill.totals, evidence.firm.currency))
        else:
            bills.append(bill)
    return Billing(tuple(bills), tuple(held))


def draw_up_by_hand(evidence: ClientEvidence) -> Bill:
    """Return one bill of the client's lines by hand and of nothing else.

    :raises NotBillable: something of the client's must be put right by a person first
    """
    charges = rate_by_hand(evidence)
    totals = totals_of(charges, evidence.firm.currency)
    codes = (charge.tax_code for charge in charges)
    return Bill(charges, situation_of_lines(codes, evidence.firm, evidence.buyer), totals)


def _bill(group: Sequence[RatedCharge], destination: Destination, evidence: ClientEvidence) -> Bill:
    charges = tuple(group)
    if not any(charge.amount for charge in charges):
        return Bill(charges, destination=destination)
    printed = (charge for charge in charges if charge.is_printed)
    totals = totals_of(printed, evidence.firm.currency)
    return Bill(charges, situation_of(evidence.firm, evidence.buyer), totals, destination)


def _groups_of(
    charges: Iterable[RatedCharge], buyer: Buyer
) -> dict[Destination, list[RatedCharge]]:
    groups: dict[Destination, list[RatedCharge]] = defaultdict(list)
    for charge in charges:
        groups[_place(charge, buyer.grouping)].append(charge)
    return groups


def _place(charge: RatedCharge, grouping: Grouping) -> Destination:
    """Return what of the charge's destination decides on its invoice."""
    where = charge.destination
    if grouping == Grouping.CONTRACT:
        paying = charge.contract.id if charge.contract else None
        return Destination(contract_id=where.contract_id or paying)
    if grouping == Grouping.SITE:
        return Destination(site_id=where.site_id)
    if grouping == Grouping.COST_CENTRE:
        return Destination(cost_centre=where.cost_centre)
    if grouping == Grouping.PURCHASE_ORDER:
        return Destination(purchase_order_id=where.purchase_order_id)
    return ANYWHERE


def _with_contracts_order(charge: RatedCharge) -> RatedCharge:
    """Let the contract say where a charge goes, as far as line or ticket leave it open."""
    if charge.contract is None or charge.contract.destination == ANYWHERE:
        return charge
    own, agreed = charge.destination, charge.contract.destination
    where = Destination(
        own.contract_id or agreed.contract_id,
        own.site_id or agreed.site_id,
        own.cost_centre or agreed.cost_centre,
        own.purchase_order_id or agreed.purchase_order_id,
    )
    return replace(charge, destination=where)


def _part_by_order(
    charges: Iterable[RatedCharge],
) -> tuple[list[RatedCharge], list[HeldEvidence]]:
    """Part what may be billed from what costs something and no order pays for.

    All charges of one piece of evidence go the same way.
    """
    known = list(charges)
    unordered = {_evidence_of(charge) for charge in known if _lacks_order(charge)}
    kept = [charge for charge in known if _evidence_of(charge) not in unordered]
    held = [charge for charge in known if _evidence_of(charge) in unordered]
    return kept, [_held(charge, Hold.ORDER_MISSING) for charge in held if not charge.reach]


def _lacks_order(charge: RatedCharge) -> bool:
    return bool(charge.amount) and charge.destination.purchase_order_id is None


def _evidence_of(charge: RatedCharge) -> tuple[object, ...]:
    source = charge.source
    return (
        source.time_entry_id,
        source.part_used_id,
        source.flat_rate_item_id,
        source.time_taken_back_id,
        source.block_sold_id,
        source.contract_line_id,
        source.period_on,
        source.hand_line_id,
    )


def _outweighed(bill: Bill, totals: Totals, currency: str) -> Iterator[HeldEvidence]:
    for charge in bill.charges:
        if charge.reach:
            continue
        yield _held(charge, Hold.NEGATIVE_TOTAL, amount=str(totals.total), currency=currency)


def _held(charge: RatedCharge, hold: Hold, **facts: str) -> HeldEvidence:
    return HeldEvidence(
        hold=hold,
        source=charge.source,
        ticket=charge.ticket,
        contract=charge.contract,
        period=charge.period,
        facts={"charge": charge.subject, **facts},
    )
