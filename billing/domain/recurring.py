"""Contract lines: what is owed month by month, less what is already billed.

A month costs price x quantity x days served / days of the month, rounded once for the whole month.
Where the price or the quantity changes inside a month, each slice is what has accrued by its end
less what had accrued by its start, so that the slices add up to the month to the cent.

A month that is not billed yet becomes a recurring charge. A month that is billed, and of which
something else is owed by now (more seats, a new price, an early end), becomes a correction of the
difference, in the next revision of that month.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import BilledPeriod, LineTerm, LineVersion
from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence
from billing.domain.terms import Hold, Kind, NotBillable, Timing, Treatment, Unit
from core.money import ZERO, round_money
from core.periods import FOREVER, Period, month_of, months_from


@dataclass(frozen=True, slots=True)
class Slice:
    """Days of a month on which one version of the line holds, and what they cost."""

    period: Period
    version: LineVersion
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """What a contract line costs in one calendar month."""

    month: Period
    served: Period
    currency: str
    slices: tuple[Slice, ...] = ()
    amount: Decimal = ZERO

    @property
    def is_whole(self) -> bool:
        """Whether one version holds on every day of the month."""
        return self.served == self.month and len(self.slices) == 1


def charge_lines(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield a charge for each month that is due and not billed, or not billed as it is owed."""
    for line in evidence.lines:
        billed = evidence.billed.get(line.id, {})
        for month in _months_to_look_at(line, billed.keys(), as_of):
            owed = month_owed(line, month, evidence.firm.currency)
            before = billed.get(month.start)
            if before is None:
                yield _recurring(line, owed)
            elif owed.amount != before.amount:
                yield _correction(line, owed, before)


def month_owed(line: LineTerm, month: Period, currency: str = "EUR") -> MonthOwed:
    """Return what the line costs in the month, with its arithmetic.

    :raises NotBillable: no price is agreed for some of the days
    """
    served = line.owed.clip_to(month)
    if not served:
        return MonthOwed(month, served, currency)
    accrued = Decimal(0)
    slices: list[Slice] = []
    amount = ZERO
    for version, days in _versions_in(line, served):
        accrued += version.unit_price * version.quantity * days.days
        until_now = round_money(accrued / month.days, currency)
        slices.append(Slice(days, version, until_now - amount))
        amount = until_now
    return MonthOwed(month, served, currency, tuple(slices), amount)


def is_due(timing: Timing, month: Period, first_day: date, as_of: date) -> bool:
    """Whether a month is due: in advance from its first served day, in arrears once it is over."""
    return first_day <= as_of if timing == Timing.ADVANCE else month.end <= as_of


def _months_to_look_at(line: LineTerm, billed: Iterable[date], as_of: date) -> list[Period]:
    """Return, in order, every month that is owed and due or that has been billed."""
    found = {
        month
        for month in map(month_of, billed)
        if is_due(line.rhythm.timing, month, month.start, as_of)
    }
    if line.owed:
        for month in months_from(line.owed.start):
            first_day = max(month.start, line.owed.start)
            if first_day >= line.owed.end or not is_due(
                line.rhythm.timing, month, first_day, as_of
            ):
                break
            found.add(month)
    return sorted(found)


def _versions_in(line: LineTerm, served: Period) -> Iterator[tuple[LineVersion, Period]]:
    if not line.versions or line.versions[0].starts_on > served.start:
        raise NotBillable(
            Hold.PRICE_MISSING,
            contract=line.contract.number,
            line=line.description,
            day=served.start.isoformat(),
        )
    ends = [version.starts_on for version in line.versions[1:]] + [FOREVER]
    for version, end in zip(line.versions, ends, strict=True):
        days = Period(version.starts_on, end).clip_to(served)
        if days:
            yield version, days


def _recurring(line: LineTerm, owed: MonthOwed) -> RatedCharge:
    return _charge(line, owed, Kind.RECURRING, owed.amount)


def _correction(line: LineTerm, owed: MonthOwed, before: BilledPeriod) -> RatedCharge:
    charge = _charge(
        line, owed, Kind.ADJUSTMENT, owed.amount - before.amount, revision=before.revision + 1
    )
    correction = {
        "rule": "correction/1",
        "owed": str(owed.amount),
        "billed": str(before.amount),
    }
    return replace(charge, basis={**charge.basis, **correction})


def _charge(
    line: LineTerm, owed: MonthOwed, kind: Kind, amount: Decimal, revision: int = 0
) -> RatedCharge:
    """Return the charge: quantity x price for a whole month, else one sum for its piece.

    A credit has a negative quantity, not a negative price.
    """
    quantity, unit, unit_price = Decimal(1).copy_sign(amount), Unit.PRO_RATA, abs(amount)
    if kind == Kind.RECURRING and owed.is_whole:
        version = owed.slices[0].version
        quantity, unit, unit_price = version.quantity, Unit.MONTH, version.unit_price
    return RatedCharge(
        kind=kind,
        treatment=Treatment.BILLED,
        source=Source(contract_line_id=line.id, period_on=owed.month.start, revision=revision),
        subject=line.description,
        period=owed.served or owed.month,
        quantity=quantity,
        unit=unit,
        unit_price=unit_price,
        amount=amount,
        list_amount=amount,
        tax_code=line.tax_code,
        ledger_account=line.ledger_account,
        contract=line.contract,
        destination=line.destination,
        basis=_basis(line, owed),
    )


def _basis(line: LineTerm, owed: MonthOwed) -> dict[str, Any]:
    return {
        "rule": "recurring/1",
        "currency": owed.currency,
        "contract": line.contract.number,
        "contract_name": line.contract.name,
        "unit": line.unit,
        "month": owed.month.start.isoformat(),
        "month_days": owed.month.days,
        "slices": [
            {
                "from": slice_.period.start.isoformat(),
                "days": slice_.period.days,
                "quantity": str(slice_.version.quantity),
                "unit_price": str(slice_.version.unit_price),
                "amount": str(slice_.amount),
            }
            for slice_ in owed.slices
        ],
    }
