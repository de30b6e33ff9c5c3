"""Contract lines: what is owed cycle by cycle, less what is already billed.

A cycle that is not billed yet becomes a recurring charge once it is due. A cycle that is billed,
and of which something else is owed by now (more seats, a new price, an early end, a pause), becomes
a correction of the difference, in the next revision of that cycle. Periods that are billed and that
the line does not have any more are given back whole. As never less than nothing is owed, no more is
given back than was billed; what a person has given back by a credit note is not given back again.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from billing.domain.agreed_discounts import discounts_on
from billing.domain.agreements import BilledPeriod, LineTerm
from billing.domain.charge import RatedCharge, Source, discount_on
from billing.domain.discounts import share_taken_back
from billing.domain.evidence import ClientEvidence
from billing.domain.line_basis import basis_of, basis_of_correction
from billing.domain.owed import Owed, costs_exactly, nothing_owed, owed_for, whole_prices
from billing.domain.rhythm import cycles_of, due_on
from billing.domain.terms import Kind, Pricing, Treatment, Unit
from billing.domain.versions import spans_of
from core.periods import Period

UNIT_OF_RHYTHM = {
    0: Unit.PIECE,
    1: Unit.MONTH,
    3: Unit.QUARTER,
    6: Unit.HALF_YEAR,
    12: Unit.YEAR,
}
PRICED_BY_UNIT = frozenset({Pricing.PER_UNIT, Pricing.VOLUME})


def charge_lines(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield a charge for each cycle that is due and not billed, or not billed as it is owed.

    Behind each stands what agreements take off it, or what of a discount goes back with it.

    :raises NotBillable: no price is agreed for some of the days
    """
    currency = evidence.firm.currency
    for line in evidence.lines:
        billed = evidence.billed.get(line.id, {})
        since = evidence.settled.get(line.id)
        for charge in _charges_of(line, billed, since, as_of, currency):
            yield charge
            if evidence.discounts and line.rhythm.months and not charge.reach:
                yield from discounts_on(charge, evidence.discounts, currency)


def _charges_of(
    line: LineTerm,
    billed: Mapping[date, BilledPeriod],
    since: date | None,
    as_of: date,
    currency: str,
) -> Iterator[RatedCharge]:
    spans = spans_of(line)
    prices = whole_prices(line, spans, currency) if billed else []
    gone = {day for day in billed if day <= as_of}
    for cycle in cycles_of(line, as_of, since):
        day = cycle.starts_on
        if day not in gone and due_on(cycle, line) > as_of:
            continue
        gone.discard(day)
        before = billed.get(day)
        if before is not None and costs_exactly(cycle, before.amount, prices):
            continue
        owed = owed_for(line, spans, cycle, currency)
        if before is None:
            yield _recurring(line, owed, currency)
        else:
            yield from _corrections(line, owed, before, currency)
    for day in sorted(gone):
        owed = nothing_owed(day, billed[day].days)
        yield from _corrections(line, owed, billed[day], currency)


def _recurring(line: LineTerm, owed: Owed, currency: str) -> RatedCharge:
    """Return the charge of a cycle: quantity x price for an unchanged period, else one sum."""
    quantity, unit, unit_price = Decimal(1), Unit.PRO_RATA, owed.amount
    if owed.is_unchanged and line.pricing in PRICED_BY_UNIT:
        step = owed.slices[0].steps[0]
        quantity, unit_price = step.quantity, step.unit_price
        unit = UNIT_OF_RHYTHM.get(line.rhythm.months, Unit.PRO_RATA)
    return RatedCharge(
        kind=Kind.RECURRING,
        treatment=Treatment.WAIVED if owed.is_free else Treatment.BILLED,
        source=Source(contract_line_id=line.id, period_on=owed.cycle.starts_on),
        subject=line.description,
        period=owed.cycle.days,
        quantity=quantity,
        unit=unit,
        unit_price=unit_price,
        amount=owed.amount,
        list_amount=owed.price,
        tax_code=line.tax_code,
        ledger_account=line.ledger_account,
        contract=line.contract,
        destination=line.destination,
        basis=basis_of(line, owed, currency),
    )


def _corrections(
    line: LineTerm, owed: Owed, before: BilledPeriod, currency: str
) -> Iterator[RatedCharge]:
    """Yield the charge of the difference, if any, between what is owed and what was billed."""
    amount = max(owed.amount - before.amount, -before.left)
    if amount:
        correction = _correction(line, owed, before, amount, currency)
        yield correction
        yield from _discount_taken_back(correction, before, currency)


def _discount_taken_back(
    correction: RatedCharge, before: BilledPeriod, currency: str
) -> Iterator[RatedCharge]:
    """Yield the part of the period's discount that goes with what is given back of the period."""
    if correction.amount >= 0 or before.discount <= 0:
        return
    back = share_taken_back(-correction.amount, before.amount, before.discount, currency)
    if back:
        yield discount_on(correction, back, {"rule": "discount/back/1"})


def _correction(
    line: LineTerm, owed: Owed, before: BilledPeriod, amount: Decimal, currency: str
) -> RatedCharge:
    """Return the charge of a difference.

    A credit has a negative quantity, not a negative price. The charge keeps all days that were
    billed, since the last of them has decided on the rate of tax.
    """
    owed_days = owed.cycle.days
    days = Period(min(owed_days.start, before.days.start), max(owed_days.end, before.days.end))
    return RatedCharge(
        kind=Kind.ADJUSTMENT,
        treatment=Treatment.BILLED,
        source=Source(
            contract_line_id=line.id,
            period_on=owed.cycle.starts_on,
            revision=before.revision + 1,
        ),
        subject=line.description,
        period=days,
        quantity=Decimal(1).copy_sign(amount),
        unit=Unit.PRO_RATA,
        unit_price=abs(amount),
        amount=amount,
        list_amount=amount,
        tax_code=line.tax_code,
        ledger_account=line.ledger_account,
        contract=line.contract,
        destination=line.destination,
        basis=basis_of_correction(line, owed, before, days, currency),
    )
