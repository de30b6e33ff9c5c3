"""What happened, as plain values, and everything that rating is given about one client.

Days are local days of the firm. Periods are half-open. Nothing here is computed from money.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billing.domain.agreements import (
    ANYWHERE,
    AgreedDiscount,
    BilledPeriod,
    Block,
    Contract,
    DatedPrice,
    DatedTax,
    Destination,
    Drawn,
    LineTerm,
    RateTable,
)
from billing.domain.terms import BillingMode, BlockUnit, ContractChoice, Grouping, Waiver
from core.periods import Period


@dataclass(frozen=True, slots=True)
class Firm:
    """The seller, as far as amounts and tax depend on it."""

    country: str
    currency: str
    is_small_business: bool = False


@dataclass(frozen=True, slots=True)
class Buyer:
    """The client, as far as amounts, tax and the number of invoices depend on it."""

    id: int
    country: str
    currency: str
    vat_number: str = ""
    grouping: Grouping = Grouping.CLIENT
    requires_order: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """The ticket that work and parts belong to."""

    id: int
    number: str
    subject: str
    mode: BillingMode = BillingMode.HOURLY
    closed_on: date | None = None
    has_flat_rate: bool = False
    hourly_rate: Decimal | None = None
    choice: ContractChoice = ContractChoice.AUTOMATIC
    contract_id: int | None = None
    category_id: int | None = None
    site_id: int | None = None
    asset_id: int | None = None
    asset_group: str = ""
    destination: Destination = ANYWHERE
    version: int = 0

    def is_closed_before(self, day: date) -> bool:
        """Whether the ticket was closed on an earlier day."""
        return self.closed_on is not None and self.closed_on < day


@dataclass(frozen=True, slots=True)
class WorkType:
    """A kind of work: it decides the hourly rate, the coverage and the tax.

    One that takes no surcharges already has a rate for unusual hours: "remote, at night".
    ``after_hours`` is the kind that work of this one is rated as outside business hours.
    """

    id: int
    name: str
    tax_code: str = "standard"
    ledger_account: str = ""
    multiplier: Decimal = Decimal(1)
    takes_surcharges: bool = True
    after_hours: "WorkType | None" = None


@dataclass(frozen=True, slots=True)
class WorkRole:
    """In which role somebody worked: technician, senior, consultant."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TravelZone:
    """A zone with a price of its own for each journey, instead of the time on the road."""

    id: int
    name: str
    prices: Sequence[DatedPrice] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds of an entry at one surcharge: 2 for Sunday, 1.5 after hours, 1 for normal hours.

    ``unknown_calendar`` names the calendar whose holidays nobody knows: then it cannot be told.
    ``is_outside`` says that it lies outside business hours, where that is asked.
    """

    seconds: int
    multiplier: Decimal
    reason: str = ""
    unknown_calendar: str = ""
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """A live charge for a part of a time entry: what a correction or a shared rounding must know.

    ``worked`` minutes of the entry rest on it; ``billed`` minutes were put on it at ``unit_price``
    an hour, less what was taken back before. ``contract_id`` is the contract that it fell under,
    ``credited`` what credit notes have taken back of its amount. ``work_type`` is the type that it
    was rated as, None where that is the one of the entry.
    """

    number: int
    revision: int
    treatment: str
    worked: int
    billed: int
    unit_price: Decimal
    amount: Decimal
    drawn: Drawn | None = None
    contract_id: int | None = None
    credited: Decimal = Decimal(0)
    work_type: WorkType | None = None


@dataclass(frozen=True, slots=True)
class TimeWorked:
    """Minutes that a technician worked on a ticket.

    Three values stay apart: ``minutes`` worked; ``billable_minutes`` a person has put in their
    place for billing (None: the same); billed minutes, which rounding makes of them.
    ``stretches`` are in order of the clock and empty where only minutes are known or no hour of the
    work is unusual; ``stretches_by_contract`` are those of contracts with business hours of their
    own. ``logged_as`` is the type it was logged as, on a part that is rated as another.
    """

    id: int
    ticket: Ticket
    work_type: WorkType
    worked_on: date
    minutes: int
    billable_minutes: int | None = None
    is_billable: bool = True
    waiver: Waiver | None = None
    is_out_of_scope: bool = False
    role: WorkRole | None = None
    hourly_rate: Decimal | None = None
    choice: ContractChoice = ContractChoice.AUTOMATIC
    contract_id: int | None = None
    zone: TravelZone | None = None
    stretches: Sequence[Stretch] = ()
    stretches_by_contract: Mapping[int, Sequence[Stretch]] = field(default_factory=dict)
    logged_as: WorkType | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class TimeTakenBack:
    """Minutes of a billed entry that were found not to be owed; credited at the price billed."""

    id: int
    entry: TimeWorked
    minutes: int
    found_on: date
    reason: str
    portions: Sequence[Portion] = ()


@dataclass(frozen=True, slots=True)
class RoundedBefore:
    """What live charges already carry of a ticket's work of one type: for shared rounding.

    ``worked_on`` is None where a ticket's work is rounded together, a day where a day's is.
    ``rule`` is the code of the rule by which it was rounded. What was waived, done in a flat rate
    or wholly taken back does not count.
    """

    ticket_id: int
    work_type_id: int
    worked_on: date | None
    worked: int
    billed: int
    rule: str


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
    waiver: Waiver | None = None
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
class BlockSold:
    """The sale of a prepaid block: the taxable supply; drawing from it later costs nothing."""

    id: int
    contract: Contract | None
    description: str
    price: Decimal
    sold_on: date
    unit: BlockUnit
    quantity: Decimal
    valid: Period
    tax_code: str = "standard"
    ledger_account: str = ""
    destination: Destination = ANYWHERE


@dataclass(frozen=True, slots=True)
class HandLine:
    """A line that a person wrote by hand."""

    id: int
    description: str
    period: Period
    quantity: Decimal
    unit_price: Decimal
    tax_code: str
    ledger_account: str = ""
    is_goods: bool = False
    purchase_order_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClientEvidence:
    """Everything about one client that is not on a live invoice yet, and what it was agreed at.

    ``billed`` holds, by contract line and first day of the period, what live charges carry.
    Periods of a line before its day in ``settled`` are billed as they are owed, and not listed.
    ``drawn`` and ``rounded`` say the same of allowances, blocks and shared rounding. ``contracts``
    are all of the client's, ended ones too. ``taxes`` are the firm's country's rates by tax code.
    """

    firm: Firm
    buyer: Buyer
    lines: Sequence[LineTerm] = ()
    billed: Mapping[int, Mapping[date, BilledPeriod]] = field(default_factory=dict)
    settled: Mapping[int, date] = field(default_factory=dict)
    time: Sequence[TimeWorked] = ()
    taken_back: Sequence[TimeTakenBack] = ()
    parts: Sequence[PartUsed] = ()
    flat_rates: Sequence[FlatRatePerformed] = ()
    blocks_sold: Sequence[BlockSold] = ()
    contracts: Sequence[Contract] = ()
    blocks: Sequence[Block] = ()
    drawn: Sequence[Drawn] = ()
    rounded: Sequence[RoundedBefore] = ()
    rates: RateTable = field(default_factory=RateTable)
    taxes: Mapping[str, Sequence[DatedTax]] = field(default_factory=dict)
    hand_lines: Sequence[HandLine] = ()
    discounts: Sequence[AgreedDiscount] = ()
