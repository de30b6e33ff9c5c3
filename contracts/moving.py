"""What becomes of a contract that moves to a new revision of its plan: each old and new value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from contracts import wording
from contracts.counting import Things, counted_for, things_of_clients
from contracts.domain.price import price_of_period
from contracts.models import (
    Contract,
    ContractLine,
    LineVersion,
    PlanAllowance,
    PlanCoverage,
    PlanLine,
    PlanRevision,
)
from contracts.moving_promises import (
    CoverageMove,
    HoursMove,
    Promise,
    moved_coverage,
    moved_hours,
    moved_promises,
)
from contracts.offer import price_of_plan
from contracts.operations._line_terms import TERMS
from contracts.schedule import counting_from, in_force_on, price_of, quantities_from
from core.money import round_money

ZERO = Decimal(0)
DAY = timedelta(days=1)
# What tells one way of selling from another; words and price are compared apart, and what the first
# days cost is past for a line that runs.
COMPARED = tuple(name for name in TERMS if name not in {"description", "is_indexed", "stub_rule"})
COUNTING = ("counts", "count_kind", "count_role", "count_group")


class Fate(StrEnum):
    """What becomes of a line."""

    PRICED = "priced"
    REPLACED = "replaced"
    ADDED = "added"
    ENDED = "ended"
    KEPT = "kept"


class Why(StrEnum):
    """Why a line stays as it is."""

    SAME = "same"
    BY_HAND = "by_hand"
    OWN_PRICE = "own_price"
    ONCE = "once"


@dataclass(frozen=True)
class LineMove:
    """A line before and after; ``monthly`` is what the move adds to a month.

    ``price_gone_on`` is the day from which a price was agreed that ends with the line.
    """

    fate: Fate
    line: ContractLine | None = None
    target: PlanLine | None = None
    version: LineVersion | None = None
    old: str = ""
    new: str = ""
    monthly: Decimal = ZERO
    why: Why | None = None
    changes_later_on: date | None = None
    price_gone_on: date | None = None

    @property
    def description(self) -> str:
        """What the line is called."""
        named = self.line or self.target
        return named.description if named else ""


@dataclass(frozen=True)
class Move:
    """A contract before and after."""

    contract: Contract
    revision: PlanRevision
    effective_on: date
    lines: Sequence[LineMove] = ()
    coverage: Sequence[CoverageMove] = ()
    hours: Sequence[HoursMove] = ()
    promises: Sequence[Promise] = ()

    @property
    def monthly(self) -> Decimal:
        """What the move adds to a month or takes from it."""
        return sum((one.monthly for one in self.lines), ZERO)

    @property
    def changed_lines(self) -> list[LineMove]:
        """The lines of which something becomes."""
        return [one for one in self.lines if one.fate != Fate.KEPT]

    @property
    def kept_lines(self) -> list[LineMove]:
        """The lines that stay."""
        return [one for one in self.lines if one.fate == Fate.KEPT]


def together(found: Iterable[Move]) -> dict[str, Decimal]:
    """Return what all moves add to a month, by currency."""
    total: dict[str, Decimal] = {}
    for one in found:
        currency = one.contract.client.currency
        total[currency] = total.get(currency, ZERO) + one.monthly
    return total


@dataclass(frozen=True)
class Offered:
    """The new revision with its lines by their origin, and all that the old ones had."""

    revision: PlanRevision
    lines: Sequence[PlanLine]
    coverage: Sequence[PlanCoverage]
    hours: Sequence[PlanAllowance]
    roots: Mapping[int, int]
    before: Mapping[int, PlanRevision] = field(default_factory=dict)

    def target_of(self, line: ContractLine) -> PlanLine | None:
        """Return the line of the new revision that follows the one the contract's was made of."""
        if line.plan_line_id is not None:
            root = self.roots.get(line.plan_line_id, line.plan_line_id)
            found = (one for one in self.lines if self.roots[one.pk] == root)
            return next(found, None)
        name = line.description.casefold()
        return next((one for one in self.lines if one.description.casefold() == name), None)


def offered(revision: PlanRevision) -> Offered:
    """Return the new revision as moves compare with it. A constant number of queries."""
    every = PlanLine.objects.filter(revision__plan=revision.plan_id)
    follows = dict(every.values_list("pk", "follows"))
    revisions = PlanRevision.objects.filter(plan=revision.plan_id).prefetch_related(
        "lines", "coverage__work_type", "coverage__category", "allowances__work_types"
    )
    before = {one.pk: one for one in revisions}
    new = before[revision.pk]
    return Offered(
        new,
        list(new.lines.all()),
        list(new.coverage.all()),
        list(new.allowances.all()),
        {pk: _root(pk, follows) for pk in follows},
        before,
    )


def moves(
    contracts: Iterable[Contract], new: Offered, day: date, *, keeps_own_prices: bool
) -> list[Move]:
    """Return what becomes of each contract. A constant number of queries."""
    found = list(contracts)
    things = things_of_clients({one.client_id for one in found}, day)
    return [
        move_of(one, new, day, things[one.client_id], keeps_own_prices=keeps_own_prices)
        for one in found
    ]


def movable(contracts: QuerySet[Contract], revision: PlanRevision, day: date) -> QuerySet[Contract]:
    """Keep the contracts of older revisions of the plan that run on the day, with all they say."""
    older = contracts.filter(
        plan_revision__plan=revision.plan_id, plan_revision__number__lt=revision.number
    )
    return (
        older.filter(Q(last_day_on=None) | Q(last_day_on__gte=day), starts_on__lte=day)
        .select_related("client", "plan_revision", "sla_policy")
        .prefetch_related(
            "lines__versions",
            "lines__plan_line",
            "lines__count_site",
            "coverage__work_type",
            "coverage__category",
            "coverage__site",
            "allowances__work_types",
        )
        .order_by("client__name", "number")
    )


def move_of(
    contract: Contract,
    new: Offered,
    day: date,
    things: Things,
    *,
    keeps_own_prices: bool,
) -> Move:
    """Return what becomes of the contract from the day on; lines and rules must be fetched."""
    old = new.before.get(contract.plan_revision_id or 0)
    running = [line for line in contract.lines.all() if _runs_on(line, day)]
    moved = [_moved(line, new, day, things, keeps_own_prices) for line in running]
    taken = {one.target.pk for one in moved if one.target}
    known = {new.roots[line.pk] for line in old.lines.all()} if old else set()
    added = [
        _added(line, things, contract)
        for line in new.lines
        if line.pk not in taken and new.roots[line.pk] not in known and line.rhythm_months
    ]
    return Move(
        contract,
        new.revision,
        day,
        [*moved, *added],
        moved_coverage(contract, old, new.coverage, day),
        moved_hours(contract, old, new.hours, day),
        moved_promises(contract, old, new.revision),
    )


def _root(pk: int, follows: Mapping[int, int | None]) -> int:
    while (before := follows.get(pk)) is not None:
        pk = before
    return pk


def _runs_on(line: ContractLine, day: date) -> bool:
    return line.last_day_on is None or line.last_day_on >= day


def _moved(
    line: ContractLine,
    new: Offered,
    day: date,
    things: Things,
    keeps_own_prices: bool,  # noqa: FBT001  (passed through)
) -> LineMove:
    currency = line.contract.client.currency
    version = in_force_on(line.contract, line, max(day, line.starts_on))
    quantity = _quantity(line, version, things)
    text = wording.price_text(line, version, currency) if version else ""
    target = new.target_of(line)
    kept = LineMove(Fate.KEPT, line, target, version, old=text, new=text)
    if not line.rhythm_months or version is None:
        return _because(kept, Why.ONCE)
    if target is None:
        return _without_target(kept, line, quantity, currency)
    if not _sold_alike(line, target):
        after = _value(target, price_of_plan(target), quantity, currency)
        gain = after - _value(line, price_of(version), quantity, currency)
        sentence = wording.price_text(target, target, currency)
        gone = _other_price_on(line, version, day)
        more = None if line.counts else _other_quantity_on(line, day)
        return LineMove(
            Fate.REPLACED, line, target, version, text, sentence, gain, None, more, gone
        )
    if price_of(version) == price_of_plan(target):
        return _because(kept, Why.SAME)
    if keeps_own_prices and _has_own_price(line, version):
        return _because(kept, Why.OWN_PRICE)
    gain = _value(line, price_of_plan(target), quantity, currency)
    gain -= _value(line, price_of(version), quantity, currency)
    sentence = wording.price_text(line, target, currency)
    return LineMove(
        Fate.PRICED, line, target, version, text, sentence, gain, None, _later(line, day)
    )


def _without_target(
    kept: LineMove, line: ContractLine, quantity: Decimal, currency: str
) -> LineMove:
    if line.plan_line_id is None or kept.version is None:
        return _because(kept, Why.BY_HAND)
    worth = _value(line, price_of(kept.version), quantity, currency)
    return LineMove(Fate.ENDED, line, None, kept.version, kept.old, "", -worth)


def _because(kept: LineMove, why: Why) -> LineMove:
    return LineMove(Fate.KEPT, kept.line, kept.target, kept.version, kept.old, kept.new, ZERO, why)


def _added(target: PlanLine, things: Things, contract: Contract) -> LineMove:
    currency = contract.client.currency
    counted = counted_for(target, things)
    quantity = target.quantity if counted is None else Decimal(len(counted))
    worth = _value(target, price_of_plan(target), quantity, currency)
    sentence = wording.price_text(target, target, currency)
    return LineMove(Fate.ADDED, None, target, None, "", sentence, worth)


def _sold_alike(line: ContractLine, target: PlanLine) -> bool:
    """Whether rhythm, pricing and counting agree; a quantity typed on purpose stays typed."""
    names = [name for name in COMPARED if line.counts or name not in COUNTING]
    return all(getattr(line, name) == getattr(target, name) for name in names)


def _has_own_price(line: ContractLine, version: LineVersion) -> bool:
    """Whether the price was agreed apart from the plan, by bargaining or by an increase."""
    return line.plan_line is None or price_of(version) != price_of_plan(line.plan_line)


def _later(line: ContractLine, day: date) -> date | None:
    """Return the next day from which something else was agreed before."""
    ordered = sorted(line.versions.all(), key=lambda one: one.starts_on)
    later = (one for one in counting_from(line.contract, line, ordered) if one > day)
    return min(later, default=None)


def _other_price_on(line: ContractLine, version: LineVersion, day: date) -> date | None:
    """Return the next day from which another price was agreed before."""
    found = _later(line, day)
    while found is not None:
        later = in_force_on(line.contract, line, found)
        if later is not None and price_of(later) != price_of(version):
            return found
        found = _later(line, found)
    return None


def _other_quantity_on(line: ContractLine, day: date) -> date | None:
    changes = quantities_from(line.contract, line, max(day, line.starts_on))[1:]
    return changes[0][0] if changes else None


def _quantity(line: ContractLine, version: LineVersion | None, things: Things) -> Decimal:
    counted = counted_for(line, things)
    if counted is not None:
        return Decimal(len(counted))
    return version.quantity if version else ZERO


def _value(line: Any, price: Any, quantity: Decimal, currency: str) -> Decimal:  # noqa: ANN401  (of a contract or a plan)
    if not line.rhythm_months:
        return ZERO
    amount = price_of_period(line.pricing, price, quantity)
    return round_money(amount / line.rhythm_months, currency)


__all__ = ["Fate", "LineMove", "Move", "Offered", "Why", "move_of", "offered"]
