"""What happened and what was agreed: all that rating is given, as plain values.

Days are local days of the firm. Periods are half-open. Nothing here is computed from money.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billing.domain.terms import BillingMode, Timing
from core.periods import Period


@dataclass(frozen=True, slots=True)
class Firm:
    """The seller, as far as amounts and tax depend on it."""

    country: str
    currency: str
    is_small_business: bool = False


@dataclass(frozen=True, slots=True)
class Buyer:
    """The client, as far as amounts and tax depend on it."""

    id: int
    country: str
    currency: str
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """The ticket that work and parts belong to."""

    id: int
    number: str
    subject: str
    mode: BillingMode = BillingMode.HOURLY
    closed_on: date | None = None
    has_flat_rate: bool = False
    version: int = 0

    def is_closed_before(self, day: date) -> bool:
        """Whether the ticket was closed on an earlier day."""
        return self.closed_on is not None and self.closed_on < day


@dataclass(frozen=True, slots=True)
class WorkType:
    """A kind of work: it decides the hourly rate, the coverage and the tax."""

    id: int
    name: str
    tax_code: str = "standard"
    ledger_account: str = ""


@dataclass(frozen=True, slots=True)
class TimeWorked:
    """Minutes that a technician worked on a ticket."""

    id: int
    ticket: Ticket
    work_type: WorkType
    worked_on: date
    minutes: int
    is_billable: bool = True
    is_out_of_scope: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class PartUsed:
    """A part built in or handed over on a ticket."""

    id: int
    ticket: Ticket
    description: str
    quantity: Decimal
    unit_price: Decimal
    used_on: date
    is_billable: bool = True
    tax_code: str = "standard"
    ledger_account: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class FlatRatePerformed:
    """A known job done on a ticket for a fixed price."""

    id: int
    ticket: Ticket
    description: str
    quantity: Decimal
    price: Decimal
    tax_code: str = "standard"
    ledger_account: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract that a line or a coverage belongs to."""

    id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class LineVersion:
    """Quantity and monthly unit price of a contract line from a day on."""

    starts_on: date
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class LineTerm:
    """A contract line: on which days it is owed, and what it costs when.

    ``owed`` is what line and contract have in common, without the days that another system has
    billed. ``versions`` are in order of their days; each holds until the next one starts.
    """

    id: int
    contract: Contract
    description: str
    timing: Timing
    owed: Period
    versions: Sequence[LineVersion]
    unit: str = "flat"
    tax_code: str = "standard"
    ledger_account: str = ""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """What live charges already carry for one month of a contract line."""

    amount: Decimal
    revision: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The types of work that cost nothing more while a contract is in force."""

    contract: Contract
    term: Period
    work_type_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A row of a rate card; an empty minimum or step is left to the firm's card."""

    period: Period
    hourly_rate: Decimal
    minimum_minutes: int | None = None
    step_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """What an hour costs a client on a day, and how its minutes are rounded."""

    amount: Decimal
    minimum_minutes: int = 0
    step_minutes: int = 1
    is_clients_own: bool = False

    def billed_minutes(self, worked: int) -> int:
        """Return the minutes to bill: at least the minimum, then up to whole steps."""
        minutes = max(worked, self.minimum_minutes)
        return -(-minutes // self.step_minutes) * self.step_minutes


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of a client's own card and, for what it leaves open, the firm's; by work type."""

    own: Mapping[int, Sequence[DatedRate]] = field(default_factory=dict)
    firm: Mapping[int, Sequence[DatedRate]] = field(default_factory=dict)

    def on(self, day: date, work_type_id: int) -> HourlyRate | None:
        """Return the rate of the work type on the day, None where neither card names one."""
        own = _holding(self.own.get(work_type_id, ()), day)
        firm = _holding(self.firm.get(work_type_id, ()), day)
        named = [rate for rate in (own, firm) if rate is not None]
        if not named:
            return None
        return HourlyRate(
            amount=named[0].hourly_rate,
            minimum_minutes=_first_given(rate.minimum_minutes for rate in named),
            step_minutes=_first_given(rate.step_minutes for rate in named) or 1,
            is_clients_own=own is not None,
        )


@dataclass(frozen=True, slots=True)
class DatedTax:
    """A tax rate in percent, with the days on which it holds."""

    period: Period
    percent: Decimal


@dataclass(frozen=True, slots=True)
class ClientEvidence:
    """Everything about one client that is not on a live invoice yet, and what it was agreed at.

    ``billed`` holds, by contract line and first day of the month, what live charges carry.
    ``taxes`` are the firm's country's rates by tax code.
    """

    firm: Firm
    buyer: Buyer
    lines: Sequence[LineTerm] = ()
    billed: Mapping[int, Mapping[date, BilledMonth]] = field(default_factory=dict)
    time: Sequence[TimeWorked] = ()
    parts: Sequence[PartUsed] = ()
    flat_rates: Sequence[FlatRatePerformed] = ()
    coverage: Sequence[Coverage] = ()
    rates: RateTable = field(default_factory=RateTable)
    taxes: Mapping[str, Sequence[DatedTax]] = field(default_factory=dict)


def _holding(rates: Sequence[DatedRate], day: date) -> DatedRate | None:
    return next((rate for rate in rates if day in rate.period), None)


def _first_given(values: Iterable[int | None]) -> int:
    return next((value for value in values if value is not None), 0)
