"""The rating engine: a client's evidence as of a day becomes priced charges.

The same evidence always gives the same charges in the same order. What is due is what is owed up to
the day less what live charges already carry, so rating again after billing gives nothing. What a
person must decide on first is held back, and nothing else waits for it.
"""

from dataclasses import replace
from datetime import date

from billing.domain.by_hand import charge_hand_lines
from billing.domain.charge import Rated, RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.flat import charge_flat_rates
from billing.domain.parts import charge_parts
from billing.domain.prepaid import charge_blocks
from billing.domain.recurring import charge_lines
from billing.domain.taken_back import charge_taken_back
from billing.domain.tax import situation_of, tax_of
from billing.domain.terms import Hold, Kind, NotBillable
from billing.domain.time import charge_time

PLACE_ON_TICKET = {Kind.FLAT: 0, Kind.TIME: 1, Kind.PART: 2}


def rate(evidence: ClientEvidence, as_of: date) -> Rated:
    """Return everything of the client's that is due as of the day, as an invoice lists it.

    Work that a person must decide on, or whose price nobody has entered, waits by itself.

    :raises NotBillable: something must be put right by a person first
    """
    recurring = sorted(charge_lines(evidence, as_of), key=_recurring_order)
    blocks = sorted(charge_blocks(evidence, as_of), key=_block_order)
    taken_back = sorted(charge_taken_back(evidence, as_of), key=_ticket_order)
    time = charge_time(evidence, as_of)
    on_tickets = [
        *charge_flat_rates(evidence, as_of),
        *time.charges,
        *charge_parts(evidence, as_of),
    ]
    work = sorted(on_tickets, key=_ticket_order)
    charges = [*recurring, *taken_back, *blocks, *work, *charge_hand_lines(evidence)]
    return Rated(_priced(charges, evidence), time.held)


def rate_by_hand(evidence: ClientEvidence) -> tuple[RatedCharge, ...]:
    """Return the charges of the lines by hand alone.

    :raises NotBillable: something must be put right by a person first
    """
    return _priced(list(charge_hand_lines(evidence)), evidence)


def _priced(charges: list[RatedCharge], evidence: ClientEvidence) -> tuple[RatedCharge, ...]:
    if charges and evidence.buyer.currency != evidence.firm.currency:
        raise NotBillable(
            Hold.CURRENCY_DIFFERS, client=evidence.buyer.currency, firm=evidence.firm.currency
        )
    return tuple(_with_tax(charges, evidence))


def _with_tax(charges: list[RatedCharge], evidence: ClientEvidence) -> list[RatedCharge]:
    if not charges:
        return []
    situation = situation_of(evidence.firm, evidence.buyer)
    taxed = []
    for charge in charges:
        category, percent = tax_of(charge, situation, evidence)
        taxed.append(replace(charge, tax_category=category, tax_rate=percent))
    return taxed


def _recurring_order(charge: RatedCharge) -> tuple[object, ...]:
    """Months by contract and line, corrections of earlier months after all of them."""
    contract = charge.contract.number if charge.contract else ""
    source = charge.source
    is_correction = charge.kind == Kind.ADJUSTMENT
    return is_correction, len(contract), contract, source.contract_line_id, source.period_on


def _block_order(charge: RatedCharge) -> tuple[object, ...]:
    return charge.period.start, charge.source.block_sold_id


def _ticket_order(charge: RatedCharge) -> tuple[object, ...]:
    """Ticket by ticket: the flat rate, then time, then parts, each by day."""
    ticket = charge.ticket.number if charge.ticket else ""
    source = charge.source
    work = source.time_taken_back_id or source.time_entry_id
    row = work or source.flat_rate_item_id or source.part_used_id
    place = PLACE_ON_TICKET.get(charge.kind)
    return len(ticket), ticket, place, charge.period.start, row, source.portion
