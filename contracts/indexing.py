"""The steps of indexation clauses that are due, worked out line by line before anything is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Count, F, Prefetch, QuerySet

from contracts.domain.indexation import Clause, index_month, steps_through
from contracts.domain.price import Price, price_of_period, tiers_of
from contracts.domain.price_steps import (
    Amounts,
    Base,
    DatedPrice,
    LineStep,
    NewBase,
    Obstacle,
    amounts_of,
    base_of,
    carried,
    line_step,
    price_on,
    step_before,
)
from contracts.domain.versions import price_in_force
from contracts.models import (
    ContractLine,
    IndexationClause,
    IndexationKind,
    IndexValue,
    LineVersion,
)
from contracts.schedule import counting_from
from core.money import EXPONENTS
from core.periods import add_months

ZERO = Decimal(0)
USUAL_PLACES = 2
Values = Mapping[tuple[int, date], Decimal]


@dataclass(frozen=True)
class LineRaise:
    """What a step does to one line; ``monthly`` is None where the quantity is counted."""

    line: ContractLine
    step: LineStep
    quantity: Decimal | None
    monthly: Decimal | None


@dataclass(frozen=True)
class DueStep:
    """A step of a clause that nobody has decided yet, with all its lines."""

    clause: IndexationClause
    rule: Clause
    effective_on: date
    month_on: date | None
    value: Decimal | None
    lines: Sequence[LineRaise] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """What a form sends to name the step."""
        return f"{self.clause.pk}:{self.effective_on.isoformat()}"

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way."""
        return all(one.step.obstacle is Obstacle.NONE for one in self.lines)

    @property
    def monthly(self) -> Decimal:
        """What the step brings a month, as far as quantities are known."""
        return sum((one.monthly or ZERO for one in self.lines), ZERO)

    @property
    def factor(self) -> Decimal:
        """The step of the clause as one figure, limits aside."""
        if self.rule.percent is not None:
            return 1 + self.rule.percent / 100
        if self.value is None or not self.rule.base_value:
            return Decimal(1)
        return self.value / self.rule.base_value


def with_parts(clauses: QuerySet[IndexationClause]) -> QuerySet[IndexationClause]:
    """Load clauses with all that their steps are worked out from."""
    return clauses.select_related("contract__client", "table").prefetch_related(
        Prefetch("contract__lines", ContractLine.objects.order_by("pk")),
        "contract__lines__versions",
        "steps",
        "bases",
    )


def bases_on(clause: IndexationClause, day: date) -> list[tuple[ContractLine, Base]]:
    """Return from what the lines of a clause go on, whoever they belong to then."""
    return _Walk(clause, index_values([clause])).bases(day)


def due_steps(clauses: Iterable[IndexationClause], until: date) -> list[DueStep]:
    """Return the undecided steps through a day, each worked out as if those before it were applied.

    ``clauses`` come from ``with_parts``; the values of their indexes cost one more query.
    """
    loaded = list(clauses)
    values = index_values(loaded)
    found = [step for clause in loaded for step in _Walk(clause, values).steps(until)]
    return sorted(found, key=lambda step: (step.effective_on, step.clause.contract.number))


def undecided_days(clause: IndexationClause, until: date) -> list[date]:
    """Return the days of steps within the contract that were neither applied nor left out."""
    decided = {step.effective_on for step in clause.steps.all()}
    days = steps_through(rule_of(clause), until)
    return [day for day in days if day not in decided and day in clause.contract.term]


def next_step_on(clause: IndexationClause, today: date) -> date | None:
    """Return the day of the first undecided step, None where none comes within the next turn."""
    try:
        until = add_months(max(today, clause.first_on), clause.every_months)
    except ValueError:  # beyond the last day that there is
        until = date.max
    return next(iter(undecided_days(clause, until)), None)


def rule_of(clause: IndexationClause) -> Clause:
    """Return a clause as the arithmetic takes it, rounded as its currency allows."""
    is_percent = clause.kind == IndexationKind.PERCENT
    places = EXPONENTS.get(clause.contract.client.currency, USUAL_PLACES)
    return Clause(
        first_on=clause.first_on,
        every_months=clause.every_months,
        last_day_on=clause.last_day_on,
        percent=clause.percent if is_percent else None,
        is_compound=clause.is_compound,
        base_value=None if is_percent else clause.base_value,
        lag_months=clause.lag_months,
        cap_percent=clause.cap_percent,
        floor_percent=clause.floor_percent,
        decimals=min(clause.decimals, places) if places < USUAL_PLACES else clause.decimals,
    )


def price_of(version: LineVersion) -> Price:
    """Return the price of a version as the arithmetic takes it."""
    return Price(
        unit_price=version.unit_price,
        included_quantity=version.included_quantity,
        overage_price=version.overage_price,
        tiers=tiers_of(version.tiers),
    )


def history_of(line: ContractLine) -> list[DatedPrice]:
    """Return the prices of a line by the day from which they count."""
    ordered = sorted(line.versions.all(), key=lambda version: version.starts_on)
    days = counting_from(line.contract, line, ordered)
    prices = [price_of(version) for version in ordered]
    return [DatedPrice(day, price_in_force(prices, days, day)) for day in sorted(set(days))]


def index_values(clauses: Iterable[IndexationClause]) -> Values:
    """Return the values of the indexes that the clauses follow. One query."""
    tables = {clause.table_id for clause in clauses if clause.table_id is not None}
    rows = IndexValue.objects.filter(table__in=tables).values_list("table_id", "month_on", "value")
    return {(table, month): value for table, month, value in rows}


class _Walk:
    """Goes through the steps of one clause, carrying prices from each to the next."""

    def __init__(self, clause: IndexationClause, values: Values) -> None:
        self.clause, self.values = clause, values
        self.rule = rule_of(clause)
        self.lines = [
            line for line in clause.contract.lines.all() if line.is_indexed and line.rhythm_months
        ]
        self.history = {line.pk: history_of(line) for line in self.lines}
        self.raised: dict[int, list[tuple[date, Amounts]]] = {}
        for step in clause.steps.all():
            for row in step.basis.get("lines", []):
                amounts = tuple(Decimal(one) for one in row["new"])
                self.raised.setdefault(row["line"], []).append((step.effective_on, amounts))

    def bases(self, day: date) -> list[tuple[ContractLine, Base]]:
        """Return what the step of a day would start from, and what has been reached by then."""
        found = [(line, self._base(line, day)) for line in self.lines]
        return [
            (
                line,
                replace(base, reached=self._raised_to(line, base, day) or amounts_of(base.price)),
            )
            for line, base in found
        ]

    def steps(self, until: date) -> list[DueStep]:
        """Return the undecided steps, each on top of those before it."""
        return [self._step(day) for day in undecided_days(self.clause, until)]

    def _step(self, day: date) -> DueStep:
        raises = [self._raise(line, day) for line in self.lines if self._is_raised(line, day)]
        for one in raises:
            self._carry(one.line, day, one.step)
        month = index_month(self.rule, day) if self.rule.percent is None else None
        return DueStep(self.clause, self.rule, day, month, self._value(day), raises)

    def _value(self, day: date) -> Decimal | None:
        if self.rule.percent is not None or self.clause.table_id is None:
            return None
        return self.values.get((self.clause.table_id, index_month(self.rule, day)))

    def _is_raised(self, line: ContractLine, day: date) -> bool:
        """Whether the line runs on the day and began before: a price agreed for that day is new.

        One that came along from another client began there.
        """
        came_along = any(one.line_id == line.pk and one.amounts for one in self.clause.bases.all())
        return day in line.term and (line.starts_on < day or came_along)

    def _raise(self, line: ContractLine, day: date) -> LineRaise:
        base = self._base(line, day)
        step = line_step(
            self.rule,
            self.history[line.pk],
            day,
            base=base,
            raised_to=self._raised_to(line, base, day),
            value=self._value(day),
        )
        quantity = None if line.counts else _version_on(line, day).quantity
        return LineRaise(line, step, quantity, _monthly(line, step, quantity))

    def _base(self, line: ContractLine, day: date) -> Base:
        chosen = [
            NewBase(base.starts_on, base.value, _kept(base.amounts), _kept(base.reached))
            for base in self.clause.bases.all()
            if base.line_id == line.pk
        ]
        began_on = min(dated.starts_on for dated in self.history[line.pk])
        before = step_before(self.rule, began_on)
        value_before = self._value(before) if before else None
        return base_of(self.rule, self.history[line.pk], chosen, day, value_before)

    def _raised_to(self, line: ContractLine, base: Base, day: date) -> Amounts | None:
        steps = [one for one in self.raised.get(line.pk, []) if base.holds_from < one[0] < day]
        return max(steps, key=lambda one: one[0])[1] if steps else base.reached or None

    def _carry(self, line: ContractLine, day: date, step: LineStep) -> None:
        """Let the next step start from this one's price, as applying it would."""
        self.history[line.pk] = carried(self.history[line.pk], day, step)
        self.raised.setdefault(line.pk, []).append((day, amounts_of(step.new)))


def due_clause_ids(clauses: QuerySet[IndexationClause], until: date) -> list[int]:
    """Return the clauses with an undecided step through a day, by contract. One query."""
    rows = (
        clauses.filter(first_on__lte=until)
        .exclude(contract__last_day_on__lt=F("first_on"))
        .annotate(decided=Count("steps"))
        .order_by("contract__number", "pk")
        .values_list(
            "pk",
            "first_on",
            "every_months",
            "last_day_on",
            "contract__last_day_on",
            "decided",
            "contract__starts_on",
        )
    )
    found = []
    for pk, first_on, every, last_day, contract_last, decided, starts_on in rows:
        ends = [day for day in (last_day, contract_last) if day is not None]
        rule = Clause(first_on, every, min(ends, default=None))
        if sum(day >= starts_on for day in steps_through(rule, until)) > decided:
            found.append(pk)
    return found


def base_offered(clause: IndexationClause, line: ContractLine, until: date) -> dict[str, object]:
    """Return the base that suggests itself: the changed price at the level of the step before."""
    day = changed_on(clause, line, until) or line.starts_on
    rule = rule_of(clause)
    before = step_before(rule, day)
    month = index_month(rule, before) if before else clause.base_month_on
    published = clause.table.values if clause.table else None
    known = published.filter(month_on=month).first() if published and month else None
    return {
        "starts_on": day,
        "month_on": month if clause.table else None,
        "value": known.value if known else None,
    }


def changed_on(clause: IndexationClause, line: ContractLine, until: date) -> date | None:
    """Return the last day on which the price of a line changed otherwise than by the clause."""
    own = {
        step.effective_on
        for step in clause.steps.all()
        if any(row["line"] == line.pk for row in step.basis.get("lines", []))
    }
    history = history_of(line)
    days = sorted(dated.starts_on for dated in history if dated.starts_on <= until)
    changes = [
        day
        for before, day in pairwise(days)
        if day not in own
        and amounts_of(price_on(history, before)) != amounts_of(price_on(history, day))
    ]
    return changes[-1] if changes else None


def _kept(amounts: Sequence[str] | None) -> Amounts:
    return tuple(Decimal(one) for one in amounts or ())


def _version_on(line: ContractLine, day: date) -> LineVersion:
    held = [one for one in line.versions.all() if one.starts_on <= day]
    return max(held or line.versions.all(), key=lambda one: one.starts_on)


def _monthly(line: ContractLine, step: LineStep, quantity: Decimal | None) -> Decimal | None:
    if quantity is None:
        return None
    new = price_of_period(line.pricing, step.new, quantity)
    old = price_of_period(line.pricing, step.old, quantity)
    return (new - old) / line.rhythm_months
