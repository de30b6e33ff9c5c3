"""What was agreed with a client, as plain values: lines, coverage, hours, rates, rounding.

Days are local days of the firm; periods are half-open. Prices of contract lines are for one whole
period of the line's rhythm: 1,200.00 a quarter is 1,200.00, not 400.00.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billing.domain.terms import (
    BlockUnit,
    ChangeEffect,
    CoverageEffect,
    OtherWork,
    Pricing,
    Proration,
    QuantityRule,
    Rollover,
    RoundingScope,
    StubRule,
    Timing,
)
from core.money import round_money
from core.periods import FOREVER, Period

ALWAYS = Period(date.min, FOREVER)


@dataclass(frozen=True, slots=True)
class Destination:
    """What decides on which of a client's invoices something goes."""

    contract_id: int | None = None
    site_id: int | None = None
    cost_centre: str = ""
    purchase_order_id: int | None = None


ANYWHERE = Destination()


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """What a contract says about work on some days that meets all its conditions.

    An empty condition is met by all work.
    """

    id: int
    effect: CoverageEffect
    hourly_rate: Decimal | None = None
    work_type_id: int | None = None
    category_id: int | None = None
    site_id: int | None = None
    asset_group: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class RoundingTerms:
    """How minutes are rounded, as far as one place says it; None leaves it to the next place.

    ``grace_minutes`` of a step that was begun are not billed. ``rounds_first`` rounds up to whole
    steps before the minimum is applied, else after.
    """

    minimum_minutes: int | None = None
    step_minutes: int | None = None
    grace_minutes: int | None = None
    scope: RoundingScope | None = None
    rounds_first: bool | None = None


UNSAID = RoundingTerms()


@dataclass(frozen=True, slots=True)
class DrawWeight:
    """How many minutes one minute of work takes from an allowance or a block of time."""

    factor: Decimal
    work_type_id: int | None = None
    work_role_id: int | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """Minutes a month that a contract includes, on the days of ``term``.

    Months count from ``anchor``. Empty ``work_type_ids`` stand for all work that the contract
    includes. Left-over minutes go to the next month where ``rollover`` says so: the oldest are used
    first, at most ``cap_minutes`` are carried, for at most ``age_months`` months.
    """

    id: int
    name: str
    minutes: int
    term: Period
    anchor: date
    work_type_ids: frozenset[int] = frozenset()
    overage_rate: Decimal | None = None
    rollover: Rollover = Rollover.NONE
    cap_minutes: int | None = None
    age_months: int = 1
    prorates_stub: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract: when it holds, which work it includes, and how its minutes are rounded."""

    id: int
    number: str
    name: str
    term: Period = ALWAYS
    rules: Sequence[CoverageRule] = ()
    other_work: OtherWork = OtherWork.BILL
    rounding: RoundingTerms = UNSAID
    allowances: Sequence[Allowance] = ()
    weights: Sequence[DrawWeight] = ()
    pauses: Sequence[Period] = ()
    destination: Destination = ANYWHERE


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a line is billed: every ``months`` months from the anchor, or once for 0 months.

    From 1 January of any year the periods are calendar months, quarters, half-years or years.
    """

    months: int = 1
    anchor: date = date(2000, 1, 1)
    timing: Timing = Timing.ADVANCE
    stub: StubRule = StubRule.PRORATED
    proration: Proration = Proration.ACTUAL_DAYS


MONTHLY = Rhythm()


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of a price by quantity: up to and including ``up_to`` units, None for the last."""

    up_to: Decimal | None
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class LineVersion:
    """Quantity and price of a contract line from a day on, until the next version.

    What the fields mean depends on the pricing. Per unit: quantity x unit price. Package: the unit
    price once, including ``included_quantity`` units, each further one at ``overage_price``.
    Volume: all units at the price of the tier that holds the quantity. Graduated: the units of each
    tier at its own price. Where units are counted, ``quantity`` is not used. What a version leaves
    as the one before had it, it does not change: if that one still waits, it goes on waiting.
    """

    starts_on: date
    quantity: Decimal
    unit_price: Decimal
    effect: ChangeEffect = ChangeEffect.IMMEDIATE
    included_quantity: Decimal = Decimal(0)
    overage_price: Decimal = Decimal(0)
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A device, a contact or a site that counts on some days.

    One that counts with interruptions is listed once for each of its periods, which do not overlap.
    """

    id: int
    name: str
    days: Period


@dataclass(frozen=True, slots=True)
class LineTerm:
    """A contract line: on which days it is owed, and what it costs when.

    ``owed`` is what line and contract have in common, without the days that another system has
    billed; days of ``pauses`` are not owed. ``versions`` are in order of their days; each holds
    until the next one starts. ``counted`` is None where the quantity is typed.
    """

    id: int
    contract: Contract
    description: str
    owed: Period
    versions: Sequence[LineVersion]
    rhythm: Rhythm = MONTHLY
    pauses: Sequence[Period] = ()
    pricing: Pricing = Pricing.PER_UNIT
    quantity_rule: QuantityRule = QuantityRule.DAILY
    counted: Sequence[Counted] | None = None
    unit: str = "flat"
    tax_code: str = "standard"
    ledger_account: str = ""
    destination: Destination = ANYWHERE


@dataclass(frozen=True, slots=True)
class BilledPeriod:
    """What live charges already carry for one period of a contract line.

    ``days`` reach from the first day that any of them bills through the last. ``amount`` is before
    discounts, ``discount`` what they take off it, ``credited`` what credit notes have taken back of
    what was really charged.
    """

    amount: Decimal
    revision: int
    days: Period
    credited: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        """What can still come back to the client, before discounts."""
        charged = self.amount - self.discount
        if not self.discount or charged <= 0:
            return max(Decimal(0), self.amount - self.credited)
        back = round_money(self.credited * self.amount / charged)
        return max(Decimal(0), self.amount - back)


@dataclass(frozen=True, slots=True)
class AgreedDiscount:
    """A percentage or an amount a month, off all recurring lines, a contract's, or one line."""

    id: int
    days: Period
    reason: str
    contract_id: int | None = None
    line_id: int | None = None
    percent: Decimal | None = None
    amount_a_month: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A prepaid block: so many minutes, so much money or so many incidents, valid on some days.

    A block of no contract serves all work of the client that no contract includes; one of a
    contract serves work that the contract includes or prices. Empty ``work_type_ids``: all types.
    """

    id: int
    name: str
    unit: BlockUnit
    quantity: Decimal
    valid: Period
    contract_id: int | None = None
    work_type_ids: frozenset[int] = frozenset()
    weights: Sequence[DrawWeight] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a live charge has taken: from the month ``bucket_on`` of an allowance, or a block."""

    worked_on: date
    quantity: Decimal
    allowance_id: int | None = None
    bucket_on: date | None = None
    block_id: int | None = None
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A row of a rate card, for one role or for all; an empty minimum or step is left open."""

    period: Period
    hourly_rate: Decimal
    minimum_minutes: int | None = None
    step_minutes: int | None = None
    work_role_id: int | None = None


@dataclass(frozen=True, slots=True)
class RateCard:
    """Dated rates by work type, and how the card rounds."""

    rates: Mapping[int, Sequence[DatedRate]] = field(default_factory=dict)
    rounding: RoundingTerms = UNSAID

    def on(self, day: date, work_type_id: int, work_role_id: int | None = None) -> DatedRate | None:
        """Return the card's rate on the day: the one for the role before the one for all roles."""
        for_all = None
        for rate in self.rates.get(work_type_id, ()):
            if day not in rate.period:
                continue
            if rate.work_role_id == work_role_id:
                return rate
            if rate.work_role_id is None:
                for_all = rate
        return for_all


NO_CARD = RateCard()


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of a client's own card and, for what it leaves open, the firm's."""

    own: RateCard = NO_CARD
    firm: RateCard = NO_CARD


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """A price and the days on which it holds: of a travel zone, say."""

    period: Period
    price: Decimal


@dataclass(frozen=True, slots=True)
class DatedTax:
    """A tax rate in percent, with the days on which it holds."""

    period: Period
    percent: Decimal
