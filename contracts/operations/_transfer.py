"""Shared steps of moving a contract to another client; they open no transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from contracts.domain.price_steps import Base, amounts_of
from contracts.indexing import bases_on, undecided_days, with_parts
from contracts.models import (
    BillingAnchor,
    ChangeEffect,
    Contract,
    ContractLine,
    IndexationClause,
    IndexBase,
    PrepaidBlock,
    StubRule,
)
from contracts.operations._hours import refusing_drawn
from contracts.schedule import (
    counting_from,
    is_decided_at_first,
    next_period_from,
    quantities_from,
)
from core.money import round_money

ONE_DAY = timedelta(days=1)
NAME_LENGTH = 120


@dataclass(frozen=True)
class Move:
    """A contract, the one that follows it, and the day from which the latter holds."""

    old: Contract
    new: Contract
    first_day: date


def copied(row: Any, **changes: Any) -> Any:  # noqa: ANN401  (a row of any kind)
    """Save another row that says the same but for the changes."""
    replaced = {row._meta.get_field(name).attname for name in changes}
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.attname not in replaced
    }
    return type(row).objects.create(**values, **changes)


def move_lines(move: Move) -> dict[int, ContractLine]:
    """Give the new contract the lines that go on; return them by the old one's id."""
    lines = move.old.lines.order_by("pk").prefetch_related("versions")
    return {line.pk: _move_line(move, line) for line in lines if _goes_on(line, move.first_day)}


def move_terms(move: Move) -> None:
    """Give the new contract coverage, hours, weights and pauses from its first day on.

    A rule for a site stays behind: the site is the old client's. Hours that ran before grant, in a
    month that is shared, the share of the days there: the old contract has granted that month.
    """
    for rule in _lasting(move.old.coverage.filter(site=None), move.first_day):
        is_to_come = rule.starts_on is not None and rule.starts_on > move.first_day
        copied(rule, contract=move.new, starts_on=rule.starts_on if is_to_come else None)
    for allowance in _lasting(move.old.allowances.all(), move.first_day):
        first = max(allowance.starts_on, move.first_day)
        is_shared = allowance.starts_on < move.first_day
        shares = allowance.prorates_stub or is_shared
        made = copied(allowance, contract=move.new, starts_on=first, prorates_stub=shares)
        made.work_types.set(allowance.work_types.all())
    for weight in move.old.draw_weights.all():
        copied(weight, contract=move.new)
    for pause in _lasting(move.old.pauses.all(), move.first_day):
        copied(pause, contract=move.new, starts_on=max(pause.starts_on, move.first_day))


def move_clauses(move: Move, lines: Mapping[int, ContractLine]) -> None:
    """Let prices rise as before: steps on the same days, from the same base."""
    for clause in with_parts(IndexationClause.objects.filter(contract=move.old)):
        days = undecided_days(clause, date.max.replace(year=move.first_day.year + 30))
        later = [day for day in days if day >= move.first_day]
        if later:
            made = copied(clause, contract=move.new)
            _move_bases(made, bases_on(clause, later[0]), lines)


def move_blocks(move: Move, left: Mapping[int, Decimal]) -> None:
    """Move what is left of each prepaid block; it was billed once and is not billed again."""
    for block in move.old.prepaid_blocks.filter(cancelled_on=None).order_by("pk"):
        ended = block.last_day_on is not None and block.last_day_on < move.first_day
        if not ended and left.get(block.pk, Decimal(0)) > 0:
            _move_block(move, block, left[block.pk])


def _goes_on(line: ContractLine, first_day: date) -> bool:
    """Whether a line has days to come; what is billed once has been, unless it is still to come."""
    if line.last_day_on is not None and line.last_day_on < first_day:
        return False
    return bool(line.rhythm_months) or line.starts_on >= first_day


def _move_line(move: Move, line: ContractLine) -> ContractLine:
    """Copy a line: its periods stay where they were, and its first piece costs its days."""
    counts_from_day = line.anchor == BillingAnchor.ANNIVERSARY
    billed = line.billed_through_on
    made: ContractLine = copied(
        line,
        contract=move.new,
        starts_on=max(line.starts_on, move.first_day),
        anchor_on=line.anchor_on or (move.old.counted_from if counts_from_day else None),
        stub_rule=_stub_rule(move, line),
        billed_through_on=billed if billed and billed >= move.first_day else None,
        count_site=None,
        site=None,
        purchase_order=None,
    )
    _move_versions(move, line, made)
    return made


def _stub_rule(move: Move, line: ContractLine) -> str:
    """Return what its first piece costs there: nothing while its first days still cost nothing."""
    is_in_first_days = next_period_from(move.old, line, line.starts_on) > move.first_day
    if line.starts_on >= move.first_day or (is_in_first_days and line.stub_rule == StubRule.FREE):
        return line.stub_rule
    return StubRule.PRORATED


def _move_versions(move: Move, line: ContractLine, made: ContractLine) -> None:
    """Copy the version in force and those to come; what waits for a period goes on waiting.

    Versions that wait keep their days, and so does the one that holds meanwhile.
    """
    versions = sorted(line.versions.all(), key=lambda version: version.starts_on)
    days = counting_from(move.old, line, versions)
    begun = [n for n, version in enumerate(versions) if version.starts_on <= made.starts_on]
    waiting = [n for n in begun if days[n] > made.starts_on]
    first = max(min(waiting, default=len(begun)) - 1, 0)
    for version in versions[first:]:
        day = version.starts_on if waiting else max(version.starts_on, made.starts_on)
        copied(version, line=made, starts_on=day)
    if is_decided_at_first(line) and not line.counts:
        _keep_quantity(move, line, made)


def _keep_quantity(move: Move, line: ContractLine, made: ContractLine) -> None:
    """Keep the quantity of the period that is shared until its end, as its first day decided."""
    quantity = quantities_from(move.old, line, made.starts_on)[0][1]
    begun = made.versions.filter(starts_on__lte=made.starts_on)
    last = begun.latest("starts_on")
    if last.quantity == quantity:
        return
    begun.update(quantity=quantity)
    day = next_period_from(move.old, line, made.starts_on)
    if not made.versions.filter(starts_on__gt=made.starts_on, starts_on__lte=day).exists():
        copied(last, starts_on=day, effect=ChangeEffect.IMMEDIATE)


def _lasting(rows: QuerySet[Any], first_day: date) -> list[Any]:
    """Return what still holds on the first day or later."""
    found = rows.order_by("pk")
    return [row for row in found if row.last_day_on is None or row.last_day_on >= first_day]


def _move_bases(
    clause: IndexationClause,
    bases: Sequence[tuple[ContractLine, Base]],
    lines: Mapping[int, ContractLine],
) -> None:
    """Let each line bring the price from which its steps start, and the one they have reached."""
    for old, base in bases:
        line = lines.get(old.pk)
        if line is not None:
            IndexBase.objects.create(
                clause=clause,
                line=line,
                starts_on=line.starts_on - ONE_DAY,
                value=base.value,
                amounts=[str(amount) for amount in amounts_of(base.price)],
                reached=[str(amount) for amount in base.reached],
            )


def _move_block(move: Move, block: PrepaidBlock, left: Decimal) -> None:
    made = copied(
        block,
        client=move.new.client,
        contract=move.new,
        name=f"{block.name} ({move.old.number})"[:NAME_LENGTH],
        quantity=left,
        moved_quantity=0,
        price=round_money(block.price * left / block.quantity, move.old.client.currency),
        starts_on=max(block.starts_on, move.first_day),
        billed_elsewhere=True,
        follows=None,
        low_balance=None if block.low_balance is None else min(block.low_balance, left / 2),
    )
    made.work_types.set(block.work_types.all())
    block.last_day_on = max(block.starts_on, move.first_day - ONE_DAY)
    block.moved_quantity = left
    block.tops_up = False
    with refusing_drawn():
        block.save(update_fields=["last_day_on", "moved_quantity", "tops_up"])
