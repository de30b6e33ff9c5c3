"""What a client would have paid on another plan: a past period, rated again entry by entry.

The plan is really sold inside a rehearsal, so that lines, coverage and hours are read as for any
contract, and the engine of the run rates what was done. The client's own contracts are left out,
and so is a person's choice among them; rates, calendars and taxes stay the client's. What was paid
for several months counts in each of them by its days. Nothing of it is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from billing.domain.charge import RatedCharge
from billing.domain.evidence import ClientEvidence, TimeWorked
from billing.domain.rating import rate
from billing.domain.terms import ContractChoice, Kind, NotBillable
from billing.explain import explain, explain_hold
from billing.models import Charge, Claim
from billing.queries.contract_lines import lines_of
from billing.queries.evidence import load_evidence, load_work
from billing.rehearsal import rehearse
from clients.models import Client, LegalEntity
from contracts.models import ManagedPlan
from contracts.operations.sell_plan import sell_plan
from core.display import joined_text
from core.money import ZERO, round_money
from core.periods import Period, month_of, months_from

RECURRING = frozenset({Kind.RECURRING.value, Kind.ADJUSTMENT.value, Kind.PREPAID.value})
Key = tuple[str, int]
NUMBER = "?"


@dataclass(frozen=True)
class Question:
    """Which client, which revision of a plan, which whole months, how many units of which line."""

    client: Client
    revision_id: int
    period: Period
    quantities: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Sides:
    """An amount as it was, and as it would have been on the plan."""

    actual: Decimal = ZERO
    plan: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """By how much the client would have paid more; negative for less."""
        return self.plan - self.actual

    def plus(self, other: "Sides") -> "Sides":
        """Return both added up."""
        return Sides(self.actual + other.actual, self.plan + other.plan)


@dataclass(frozen=True)
class MonthCompared:
    """One month: contracts' fixed prices and work, on both sides."""

    month: date
    fixed: Sides
    work: Sides

    @property
    def total(self) -> Sides:
        """Everything of the month."""
        return self.fixed.plus(self.work)


@dataclass(frozen=True)
class WorkCompared:
    """One piece of work on both sides, with the sentence of how the plan would bill it."""

    day: date
    ticket: str
    what: str
    sides: Sides
    treatment: str
    explanation: str


@dataclass(frozen=True)
class WhatIf:
    """The answer, or the reason why there is none."""

    currency: str
    months: Sequence[MonthCompared] = ()
    works: Sequence[WorkCompared] = ()
    held: Sequence[str] = ()
    reason: str = ""

    @property
    def total(self) -> Sides:
        """All months together."""
        total = Sides()
        for month in self.months:
            total = total.plus(month.total)
        return total

    @property
    def worst(self) -> MonthCompared | None:
        """The month in which the firm would have earned least in comparison."""
        return min(self.months, key=lambda month: month.total.difference, default=None)


def what_if(question: Question, entity: LegalEntity) -> WhatIf:
    """Return what the months would have cost on the plan, beside what they do cost.

    What the months cost is what is on invoices and drafts, and what is still open at today's terms.
    """
    actual = _actual(question, entity)

    def sell() -> int:
        return sell_plan(
            revision_id=question.revision_id,
            client_id=question.client.pk,
            number=NUMBER,
            name=NUMBER,
            starts_on=question.period.start,
            quantities=question.quantities,
        ).pk

    done = rehearse(sell, lambda: _replayed(question, entity))
    evidence = done.after
    if evidence is None:
        return WhatIf(entity.currency)
    try:
        rated = rate(evidence, question.period.end)
    except NotBillable as refusal:
        return WhatIf(entity.currency, reason=explain_hold(refusal))
    return WhatIf(
        currency=entity.currency,
        months=_months(question.period, actual, rated.charges, entity.currency),
        works=_works(actual, rated.charges),
        held=[explain_hold(one) for one in rated.held],
    )


def _replayed(question: Question, entity: LegalEntity) -> ClientEvidence | None:
    """Return all that was done in the months, under nothing but the contract just sold."""
    client, period = question.client, question.period
    done = load_work([client], entity, period.end, with_billed=True)[client.pk]
    sold = next((one for one in done.contracts if one.number == NUMBER), None)
    if sold is None:
        return None
    named = replace(sold, number=_name_of(question.revision_id))
    lines = [
        replace(line, owed=line.owed.clip_to(period), contract=named)
        for line in lines_of([client.pk]).get(client.pk, ())
        if line.contract.id == sold.id
    ]
    return replace(
        done,
        lines=lines,
        contracts=[named],
        blocks=(),
        drawn=(),
        rounded=(),
        taken_back=(),
        time=[_unchosen(entry) for entry in done.time if entry.worked_on in period],
        parts=[part for part in done.parts if part.used_on in period],
        flat_rates=[
            job
            for job in done.flat_rates
            if job.ticket.closed_on and job.ticket.closed_on in period
        ],
    )


def _unchosen(entry: TimeWorked) -> TimeWorked:
    """Return the work as if nobody had said which of the client's contracts pays for it."""
    ticket = entry.ticket
    if ticket.choice == ContractChoice.CONTRACT:
        ticket = replace(ticket, choice=ContractChoice.AUTOMATIC, contract_id=None)
    if entry.choice == ContractChoice.CONTRACT:
        entry = replace(entry, choice=ContractChoice.AUTOMATIC, contract_id=None)
    return replace(entry, ticket=ticket)


def _name_of(revision_id: int) -> str:
    """Return the plan's name: the sentences say it in the place of a contract's number."""
    return ManagedPlan.objects.values_list("name", flat=True).get(revisions=revision_id)


@dataclass(frozen=True)
class _Actual:
    """What the months cost as they are: by month and sort, and by piece of work."""

    fixed: Mapping[date, Decimal]
    work: Mapping[date, Decimal]
    by_work: Mapping[Key, Decimal]


def _actual(question: Question, entity: LegalEntity) -> _Actual:
    fixed: dict[date, Decimal] = defaultdict(Decimal)
    work: dict[date, Decimal] = defaultdict(Decimal)
    by_work: dict[Key, Decimal] = defaultdict(Decimal)
    period, client = question.period, question.client
    charges = Charge.objects.filter(
        client=client, starts_on__lt=period.end, last_day_on__gte=period.start
    )
    for first, last, kind, amount, credited in charges.values_list(
        "starts_on", "last_day_on", "kind", "amount", "credits"
    ):
        side = fixed if kind in RECURRING else work
        signed = amount if credited is None else -amount
        _spread(side, Period.through(first, last), signed, entity.currency)
    for key, amount in _claimed(client):
        by_work[key] += amount
    for charge in _open(client, entity, period):
        side = fixed if charge.kind.value in RECURRING else work
        _spread(side, charge.period, charge.amount, entity.currency)
        by_work[_key_of(charge)] += charge.amount
    return _Actual(fixed, work, by_work)


def _claimed(client: Client) -> Iterable[tuple[Key, Decimal]]:
    rows = Claim.objects.filter(charge__client=client, released_at=None).values_list(
        "time_entry_id", "part_used_id", "flat_rate_item_id"
    )
    for time, part, flat, amount in rows.annotate(Sum("charge__amount")):
        if time or part or flat:
            yield _key(time, part, flat), amount


def _open(client: Client, entity: LegalEntity, period: Period) -> Iterable[RatedCharge]:
    """Return what is not billed yet and would be as of the end of the months."""
    evidence = load_evidence([client], entity, period.end)[client.pk]
    try:
        charges = rate(evidence, period.end).charges
    except NotBillable:
        return []
    return [charge for charge in charges if charge.period.clip_to(period)]


def _spread(side: dict[date, Decimal], days: Period, amount: Decimal, currency: str) -> None:
    """Share an amount between the months of its days, so that the shares add up to it."""
    shared = ZERO
    for month in months_from(month_of(days.start).start):
        until_now = (min(month.end, days.end) - days.start).days
        accrued = round_money(amount * until_now / days.days, currency)
        side[month.start] += accrued - shared
        shared = accrued
        if month.end >= days.end:
            return


def _months(
    period: Period, actual: _Actual, charges: Iterable[RatedCharge], currency: str
) -> list[MonthCompared]:
    fixed: dict[date, Decimal] = defaultdict(Decimal)
    work: dict[date, Decimal] = defaultdict(Decimal)
    for charge in charges:
        side = fixed if charge.kind.value in RECURRING else work
        _spread(side, charge.period, charge.amount, currency)
    found: list[MonthCompared] = []
    for month in months_from(period.start):
        if month.start >= period.end:
            return found
        day = month.start
        found.append(
            MonthCompared(
                day,
                Sides(actual.fixed.get(day, ZERO), fixed.get(day, ZERO)),
                Sides(actual.work.get(day, ZERO), work.get(day, ZERO)),
            )
        )
    return found


def _works(actual: _Actual, charges: Iterable[RatedCharge]) -> list[WorkCompared]:
    """Return each piece of work once, with all its portions on the plan."""
    by_work: dict[Key, list[RatedCharge]] = defaultdict(list)
    for charge in charges:
        if charge.kind.value not in RECURRING:
            by_work[_key_of(charge)].append(charge)
    return [
        WorkCompared(
            day=portions[0].period.start,
            ticket=portions[0].ticket.number if portions[0].ticket else "",
            what=portions[0].subject,
            sides=Sides(
                actual.by_work.get(key, ZERO),
                sum((portion.amount for portion in portions), ZERO),
            ),
            treatment=portions[0].treatment.value,
            explanation=joined_text(dict.fromkeys(explain(portion) for portion in portions)),
        )
        for key, portions in by_work.items()
    ]


def _key_of(charge: RatedCharge) -> Key:
    source = charge.source
    return _key(source.time_entry_id, source.part_used_id, source.flat_rate_item_id)


def _key(time: int | None, part: int | None, flat: int | None) -> Key:
    if time:
        return ("time", time)
    return ("part", part) if part else ("flat", flat or 0)
