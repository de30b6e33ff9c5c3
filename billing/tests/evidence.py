"""Evidence made for tests of the engine: plain values with valid defaults, no database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import (
    BilledPeriod,
    Contract,
    CoverageRule,
    DatedRate,
    DatedTax,
    LineTerm,
    LineVersion,
    RateCard,
    RateTable,
    Rhythm,
)
from billing.domain.charge import RatedCharge
from billing.domain.evidence import (
    Buyer,
    ClientEvidence,
    Firm,
    FlatRatePerformed,
    PartUsed,
    Ticket,
    TimeWorked,
    WorkRole,
    WorkType,
)
from billing.domain.rating import rate
from billing.domain.terms import CoverageEffect, Timing
from core.periods import Period, month_of

ALWAYS = Period.through(date(2000, 1, 1), None)
FIRM = Firm("FR", "EUR")
FRENCH_CLIENT = Buyer(1, "FR", "EUR")
K1 = Contract(1, "K001", "Managed workstations")
REMOTE = WorkType(1, "Remote")
ON_SITE = WorkType(2, "On-site")
TRAVEL = WorkType(3, "Travel")
RATES = {
    REMOTE.id: [DatedRate(ALWAYS, Decimal("84.0000"), 15, 15)],
    ON_SITE.id: [DatedRate(ALWAYS, Decimal("96.0000"), 30, 15)],
    TRAVEL.id: [DatedRate(ALWAYS, Decimal("45.0000"), 0, 6)],
}
FIRM_RATES = RateTable(firm=RateCard(RATES))
TAXES = {
    "standard": [DatedTax(ALWAYS, Decimal("20.00"))],
    "reduced": [DatedTax(ALWAYS, Decimal("5.50"))],
}


def version(starts_on: date, quantity: int | str, unit_price: str, **fields: Any) -> LineVersion:
    """Return what a line costs from a day on."""
    return LineVersion(starts_on, Decimal(quantity), Decimal(unit_price), **fields)


def line(
    *versions: LineVersion,
    until: date | None = None,
    since: date | None = None,
    timing: Timing = Timing.ADVANCE,
    key: int = 1,
) -> LineTerm:
    """Return a contract line that is owed from its first version on, through ``until``."""
    owed = Period.through(since or versions[0].starts_on, until)
    rhythm = Rhythm(timing=timing)
    return LineTerm(key, K1, "Workstation care", owed, versions, rhythm, unit="device")


def ticket(number: str = "T1", **fields: Any) -> Ticket:
    """Return a ticket that is billed by the hour."""
    return Ticket(int(number.strip("T")), number, "Laptop does not start", **fields)


def worked(minutes: int, on: date = date(2026, 3, 10), **fields: Any) -> TimeWorked:
    """Return remote work on a ticket."""
    given = {"id": 1, "ticket": ticket(), "work_type": REMOTE, **fields}
    return TimeWorked(worked_on=on, minutes=minutes, **given)


def part(quantity: str, unit_price: str, on: date = date(2026, 3, 10), **fields: Any) -> PartUsed:
    """Return a part used on a ticket."""
    given = {"id": 1, "ticket": ticket(), "description": "Memory 16 GB", **fields}
    return PartUsed(quantity=Decimal(quantity), unit_price=Decimal(unit_price), used_on=on, **given)


def job(price: str, on: Ticket, **fields: Any) -> FlatRatePerformed:
    """Return a flat-rate service performed on a ticket."""
    given = {"id": 1, "description": "Virus removal", "quantity": Decimal(1), **fields}
    return FlatRatePerformed(ticket=on, price=Decimal(price), **given)


def covers(*work_types: WorkType, since: date, until: date | None = None) -> Contract:
    """Return a contract that promises that these types of work cost nothing more."""
    rules = [
        CoverageRule(number, CoverageEffect.INCLUDED, work_type_id=work_type.id)
        for number, work_type in enumerate(work_types, 1)
    ]
    return replace(K1, term=Period.through(since, until), rules=rules)


def billed(amounts: Mapping[date, str], revision: int = 0) -> dict[int, dict[date, BilledPeriod]]:
    """Return what live charges already carry for months of line 1."""
    months = {
        day: BilledPeriod(Decimal(amount), revision, month_of(day))
        for day, amount in amounts.items()
    }
    return {1: months}


def hourly(
    rate: str, minimum: int | None = None, step: int | None = None, role: WorkRole | None = None
) -> DatedRate:
    """Return a row of a rate card that always holds."""
    return DatedRate(ALWAYS, Decimal(rate), minimum, step, role.id if role else None)


def own_rate(hourly_rate: str, minimum: int | None = None, step: int | None = None) -> RateTable:
    """Return the rates of a client with a price of their own for remote work."""
    own = RateCard({REMOTE.id: [DatedRate(ALWAYS, Decimal(hourly_rate), minimum, step)]})
    return RateTable(own, RateCard(RATES))


def charged(evidence: ClientEvidence, as_of: date) -> list[RatedCharge]:
    """Return what is charged as of the day."""
    return list(rate(evidence, as_of).charges)


def evidence(
    *lines: LineTerm,
    **fields: Any,
) -> ClientEvidence:
    """Return the evidence of a French client of a French firm."""
    given = {"firm": FIRM, "buyer": FRENCH_CLIENT, "taxes": TAXES, "rates": FIRM_RATES, **fields}
    return ClientEvidence(lines=lines, **given)
