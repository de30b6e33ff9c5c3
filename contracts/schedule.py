"""A contract's lines as its page reads them: what is paid, how it is counted, how it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contracts import wording
from contracts.counting import CountedOne, counted_for, things_of_client
from contracts.domain.price import Price, price_of_period, tiers_of
from contracts.domain.versions import in_force, period_start_from, price_in_force
from contracts.models import (
    BillingAnchor,
    BillingTiming,
    ChangeEffect,
    Contract,
    ContractLine,
    LineVersion,
    QuantityRule,
)
from core.money import round_money
from core.periods import Period

ZERO = Decimal(0)
CALENDAR = date(2000, 1, 1)
AGREED = ("quantity", "unit_price", "included_quantity", "overage_price", "tiers")


@dataclass(frozen=True)
class VersionRow:
    """A version with the last day on which it holds; what past days counted is not known here."""

    version: LineVersion
    last_day_on: date | None
    quantity: Decimal | None
    amount: Decimal | None
    monthly: Decimal
    holds: bool
    is_first: bool
    is_to_come: bool
    price: str


@dataclass(frozen=True)
class LineRow:
    """A line with its versions, the newest first, and what counts for it today.

    ``monthly`` is what it is worth a month today: a price that still waits counts for nothing.
    """

    line: ContractLine
    versions: Sequence[VersionRow]
    term: Period
    is_running: bool
    is_to_come: bool
    counted: Sequence[CountedOne] | None
    monthly: Decimal

    @property
    def last_day_on(self) -> date | None:
        """The line's last day, its own or the contract's, if it has one."""
        return None if self.term.end == date.max else self.term.last_day

    @property
    def shown(self) -> VersionRow | None:
        """The version that holds today; of a line to come the first, of an ended one the last."""
        held = next((row for row in self.versions if row.holds), None)
        if held is not None or not self.versions:
            return held
        return self.versions[-1] if self.is_to_come else self.versions[0]

    @property
    def price(self) -> str:
        """The price as a sentence."""
        return self.shown.price if self.shown else ""

    @property
    def quantity(self) -> str:
        """How many, typed or counted today."""
        if self.counted is not None:
            return wording.counted_text(self.line, self.counted)
        return (
            wording.quantity_text(self.line.unit, self.shown.version.quantity) if self.shown else ""
        )

    @property
    def rhythm(self) -> str:
        """When it is billed."""
        return wording.rhythm_text(self.line)

    @property
    def per_rhythm(self) -> str:
        """For what the amount is: a month, a quarter, once."""
        return wording.per_rhythm(self.line)

    @property
    def is_once(self) -> bool:
        """Whether it is billed a single time."""
        return not self.line.rhythm_months


def schedule(contract: Contract, day: date) -> list[LineRow]:
    """Return the lines of a contract with their versions as of a day. Five queries."""
    lines = contract.lines.select_related("product", "count_site", "site", "purchase_order")
    things = things_of_client(contract.client_id, day)
    return [
        _row(contract, line, day, counted_for(line, things))
        for line in lines.prefetch_related("versions")
    ]


def price_of(priced: LineVersion) -> Price:
    """Return the amounts from which the price of a version is made."""
    return Price(
        unit_price=priced.unit_price,
        included_quantity=priced.included_quantity,
        overage_price=priced.overage_price,
        tiers=tiers_of(priced.tiers),
    )


def _row(
    contract: Contract, line: ContractLine, day: date, counted: Sequence[CountedOne] | None
) -> LineRow:
    own = Period.through(line.starts_on, line.last_day_on)
    term = own.clip_to(contract.term)
    quantity = None if counted is None else Decimal(len(counted))
    versions = _versions(contract, line, day, quantity)
    is_worth = any(row.holds for row in versions)
    worth = _worth_on(contract, line, day, quantity) if is_worth else ZERO
    return LineRow(
        line,
        versions,
        term,
        is_running=day in term,
        is_to_come=term.start > day,
        counted=counted,
        monthly=_monthly(line, worth, contract.client.currency),
    )


def _versions(
    contract: Contract, line: ContractLine, day: date, counted: Decimal | None
) -> list[VersionRow]:
    term = Period.through(line.starts_on, line.last_day_on).clip_to(contract.term)
    currency = contract.client.currency
    ordered = sorted(line.versions.all(), key=lambda version: version.starts_on)
    days = counting_from(contract, line, ordered)
    rows = []
    for place, version in enumerate(ordered):
        end = min([*days[place + 1 :], term.end])
        is_past = end <= day
        quantity = version.quantity if counted is None else None if is_past else counted
        amount = price_of_period(
            line.pricing, price_of(version), version.quantity if quantity is None else quantity
        )
        rows.append(
            VersionRow(
                version,
                None if end == date.max else max(version.starts_on, end - timedelta(days=1)),
                quantity,
                None if quantity is None else round_money(amount, currency),
                monthly=_monthly(line, amount, currency),
                holds=days[place] <= day < end and day in term,
                is_first=place == 0,
                is_to_come=days[place] > day,
                price=wording.price_text(line, version, currency),
            )
        )
    return rows[::-1]


def counting_from(
    contract: Contract, line: ContractLine, ordered: Sequence[LineVersion]
) -> list[date]:
    """Return from which day each version counts: its own, or that of the next period."""
    return [
        next_period_from(contract, line, version.starts_on)
        if place and version.effect == ChangeEffect.NEXT_PERIOD
        else version.starts_on
        for place, version in enumerate(ordered)
    ]


def next_period_from(contract: Contract, line: ContractLine, day: date) -> date:
    """Return the first day of one of the line's periods on the day or after it."""
    anchor = CALENDAR
    if line.anchor == BillingAnchor.ANNIVERSARY:
        anchor = line.anchor_on or contract.counted_from
    return period_start_from(day, anchor, line.rhythm_months)


def is_decided_at_first(line: ContractLine) -> bool:
    """Whether the quantity of a period is the one of its first day."""
    is_in_advance = line.timing == BillingTiming.ADVANCE
    is_snapshot = line.quantity_rule == QuantityRule.SNAPSHOT
    return line.quantity_rule == QuantityRule.NEXT_PERIOD or (is_snapshot and is_in_advance)


def in_force_on(contract: Contract, line: ContractLine, day: date) -> LineVersion | None:
    """Return, unsaved, what counts for the line on a day; what still waits does not yet."""
    ordered = sorted(line.versions.all(), key=lambda version: version.starts_on)
    if not ordered or ordered[0].starts_on > day:
        return None
    days = counting_from(contract, line, ordered)
    agreed = {
        name: in_force([getattr(version, name) for version in ordered], days, day)
        for name in AGREED
    }
    return LineVersion(line=line, starts_on=day, **agreed)


def quantities_from(
    contract: Contract, line: ContractLine, day: date
) -> list[tuple[date, Decimal]]:
    """Return the quantity of a day, and each other one from the day on which it counts.

    Where the first day of a period decides on its quantity, another one waits for the next period.
    """
    ordered = sorted(line.versions.all(), key=lambda version: version.starts_on)
    days = counting_from(contract, line, ordered)
    if is_decided_at_first(line):
        days[1:] = [next_period_from(contract, line, day) for day in days[1:]]
    quantities = [version.quantity for version in ordered]
    found = [(day, in_force(quantities, days, day))]
    for later in sorted(one for one in set(days) if one > day):
        quantity = in_force(quantities, days, later)
        if quantity != found[-1][1]:
            found.append((later, quantity))
    return found


def _worth_on(
    contract: Contract, line: ContractLine, day: date, counted: Decimal | None
) -> Decimal:
    """Return what a period costs by what counts on the day; a price that waits does not yet."""
    ordered = sorted(line.versions.all(), key=lambda version: version.starts_on)
    days = counting_from(contract, line, ordered)
    price = price_in_force([price_of(version) for version in ordered], days, day)
    quantity = in_force([version.quantity for version in ordered], days, day)
    return price_of_period(line.pricing, price, quantity if counted is None else counted)


def _monthly(line: ContractLine, amount: Decimal, currency: str) -> Decimal:
    if not line.rhythm_months:
        return ZERO
    return round_money(amount / line.rhythm_months, currency)
