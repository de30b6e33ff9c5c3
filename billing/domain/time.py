"""Time: minutes worked, rounded by the rate, priced by the hour, or settled for nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import Contract
from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence, TimeWorked
from billing.domain.rates import HourlyRate, rate_of
from billing.domain.terms import (
    BillingMode,
    CoverageEffect,
    Hold,
    Kind,
    NotBillable,
    Treatment,
    Unit,
)
from core.money import ZERO, round_money
from core.periods import Period

MINUTES_PER_HOUR = 60


def charge_time(evidence: ClientEvidence, as_of: date) -> Iterator[RatedCharge]:
    """Yield a charge for every time entry that is due."""
    for entry in evidence.time:
        if is_due(entry, as_of):
            yield rate_time(entry, evidence)


def is_due(entry: TimeWorked, as_of: date) -> bool:
    """Whether the work was done before the day; what a flat rate includes waits for its ticket."""
    if _is_in_flat_rate(entry) and not entry.ticket.is_closed_before(as_of):
        return False
    return entry.worked_on < as_of


def rate_time(entry: TimeWorked, evidence: ClientEvidence) -> RatedCharge:
    """Return the charge of one time entry.

    :raises NotBillable: it must be billed, and no rate is known for its work type on its day
    """
    contract = _covering_contract(entry, evidence.contracts)
    treatment = _treatment(entry, contract)
    rate = rate_of(entry, evidence.rates)
    if rate is None and treatment == Treatment.BILLED:
        raise NotBillable(
            Hold.RATE_MISSING,
            work_type=entry.work_type.name,
            day=entry.worked_on.isoformat(),
            ticket=entry.ticket.number,
        )
    rate = rate or HourlyRate(ZERO)
    minutes = rate.billed_minutes(entry.minutes)
    price = round_money(minutes * rate.amount / MINUTES_PER_HOUR, evidence.firm.currency)
    is_billed = treatment == Treatment.BILLED
    return RatedCharge(
        kind=Kind.TIME,
        treatment=treatment,
        source=_source(entry),
        subject=entry.work_type.name,
        period=Period.through(entry.worked_on, entry.worked_on),
        quantity=Decimal(minutes),
        unit=Unit.MINUTE,
        unit_price=rate.amount if is_billed else ZERO,
        price_base=MINUTES_PER_HOUR,
        amount=price if is_billed else ZERO,
        list_amount=price,
        tax_code=entry.work_type.tax_code,
        ledger_account=entry.work_type.ledger_account,
        ticket=entry.ticket,
        destination=entry.ticket.destination,
        contract=contract if treatment == Treatment.COVERED else None,
        basis={"currency": evidence.firm.currency, **_basis(entry, rate, minutes, contract)},
    )


def _treatment(entry: TimeWorked, contract: Contract | None) -> Treatment:
    if entry.ticket.mode == BillingMode.FREE:
        return Treatment.WAIVED
    if _is_in_flat_rate(entry):
        if not entry.ticket.has_flat_rate:
            raise NotBillable(Hold.FLAT_RATE_MISSING, ticket=entry.ticket.number)
        return Treatment.FLAT
    if not entry.is_billable:
        return Treatment.WAIVED
    return Treatment.COVERED if contract else Treatment.BILLED


def _is_in_flat_rate(entry: TimeWorked) -> bool:
    return entry.ticket.mode == BillingMode.FLAT_RATE and not entry.is_out_of_scope


def _covering_contract(entry: TimeWorked, contracts: Iterable[Contract]) -> Contract | None:
    """Return the contract in force on the day worked that includes this type of work."""
    return next(
        (
            contract
            for contract in contracts
            if entry.worked_on in contract.term
            for rule in contract.rules
            if rule.effect == CoverageEffect.INCLUDED and rule.work_type_id == entry.work_type.id
        ),
        None,
    )


def _source(entry: TimeWorked) -> Source:
    return Source(
        time_entry_id=entry.id,
        minutes=entry.minutes,
        evidence_version=entry.version,
        ticket_version=entry.ticket.version,
    )


def _basis(
    entry: TimeWorked, rate: HourlyRate, minutes: int, contract: Contract | None
) -> dict[str, Any]:
    return {
        "rule": "time/1",
        "ticket": entry.ticket.number,
        "ticket_mode": entry.ticket.mode.value,
        "work_type": entry.work_type.name,
        "worked_minutes": entry.minutes,
        "billed_minutes": minutes,
        "minimum_minutes": rate.minimum_minutes,
        "step_minutes": rate.step_minutes,
        "hourly_rate": str(rate.amount),
        "is_clients_own_rate": rate.is_clients_own,
        "contract": contract.number if contract else "",
    }
