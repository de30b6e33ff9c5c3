"""Move a contract to a newer revision of its plan."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.counting import things_of_client
from contracts.events import tell_promises_changed
from contracts.models import (
    Allowance,
    ChangeEffect,
    Contract,
    ContractLine,
    LineVersion,
    PlanLine,
    PlanRevision,
    RenewalKind,
    StubRule,
)
from contracts.moving import Fate, LineMove, Move, move_of, offered
from contracts.moving_promises import HoursMove
from contracts.operations._coverage import end_rule, write_rule
from contracts.operations._hours import lock_client, refusing_drawn
from contracts.operations._line_rules import write_line
from contracts.operations._line_terms import PRICES, picked
from contracts.operations._plans import (
    CoverageTerm,
    PlanNotAcceptable,
    allowance_fields,
    line_of_plan,
    plan_of,
)
from contracts.operations._waiting import let_nothing_wait, versions_of
from contracts.schedule import price_of, quantities_from
from core.display import day_text
from core.periods import nth_period, number_holding

DAY = timedelta(days=1)
PLACED = ("site_id", "cost_centre", "purchase_order_id", "count_site_id", "anchor_on")


@transaction.atomic(durable=True)
def move_contract(
    *, contract_id: int, revision_id: int, effective_on: date, keeps_own_prices: bool = True
) -> Contract:
    """Let the contract follow the revision from a day on; what was agreed by hand stays.

    Prices become versions, lines sold in another way end and new ones begin, coverage and hours
    change by day. No day that is billed already is paid for twice, none is lost. With
    ``keeps_own_prices`` a price that is not the plan's own stays.

    :raises PlanNotAcceptable: the revision is not a newer one of the contract's plan, or the
        contract is not in force that day
    :raises HoursDrawn: hours of that day or later have been drawn
    """
    rows = Contract.objects.select_related("plan_revision", "client")
    contract = rows.select_for_update(of=["self"]).get(pk=contract_id)
    lock_client(contract.client_id)
    revision = PlanRevision.objects.get(pk=revision_id)
    _require_movable(contract, revision, effective_on)
    things = things_of_client(contract.client_id, effective_on)
    move = move_of(
        contract, offered(revision), effective_on, things, keeps_own_prices=keeps_own_prices
    )
    for line in move.lines:
        _move_line(contract, line, effective_on)
    _move_promises(move)
    for hours in move.hours:
        _move_hours(contract, hours)
    tell_promises_changed(contract.client_id)
    return contract


def _require_movable(contract: Contract, revision: PlanRevision, day: date) -> None:
    current = contract.plan_revision
    if not revision.is_published or plan_of(contract) != revision.plan_id:
        raise PlanNotAcceptable(_("This is not a published revision of the contract's plan."))
    if current is not None and current.number >= revision.number:
        raise PlanNotAcceptable(_("The contract is at this revision already."))
    if day not in contract.term:
        raise PlanNotAcceptable(
            _("Contract %(number)s is not in force on %(day)s.")
            % {"number": contract.number, "day": day_text(day)}
        )


def _move_line(contract: Contract, move: LineMove, day: date) -> None:
    line, target = move.line, move.target
    if move.fate == Fate.ADDED and target is not None:
        write_line(contract, replace(line_of_plan(target), starts_on=day))
    if line is None:
        return
    if target is not None and move.fate in {Fate.KEPT, Fate.PRICED} and line.rhythm_months:
        line.plan_line = target
        line.save(update_fields=["plan_line"])
    if move.fate == Fate.PRICED and target is not None:
        _write_price(line, target, max(day, line.starts_on))
    if move.fate == Fate.REPLACED and target is not None:
        _replace(contract, line, target, day)
    if move.fate == Fate.ENDED:
        _end_before(line, day)


def _replace(contract: Contract, line: ContractLine, target: PlanLine, day: date) -> None:
    """End the line and let one begin that is sold as the plan has it.

    It takes over the quantity, those agreed for later too, and what another system has billed.
    """
    starts_on, billed = max(day, line.starts_on), line.billed_through_on
    changes = [] if line.counts else quantities_from(contract, line, starts_on)
    new = replace(
        line_of_plan(target, changes[0][1] if changes else None),
        starts_on=starts_on,
        last_day_on=line.last_day_on,
        billed_through_on=billed if billed and billed >= starts_on else None,
        **picked(line, PLACED),
    )
    if line.starts_on < day:  # its first days are past: a piece costs its days
        new = replace(new, stub_rule=StubRule.PRORATED)
    _end_before(line, day)
    begun = write_line(contract, new)
    for later_on, quantity in changes[1:]:
        values = {**picked(target, PRICES), "tiers": target.tiers, "quantity": quantity}
        LineVersion.objects.create(line=begun, starts_on=later_on, **values)


def _end_before(line: ContractLine, day: date) -> None:
    """End the line the day before; one that would not have begun yet is taken back.

    If it is billed it stays, without a day of its own: what was billed comes back.
    """
    if line.starts_on < day:
        line.last_day_on = day - DAY
    elif not line.claims.exists():
        line.delete()
        return
    else:
        line.last_day_on = line.billed_through_on = line.starts_on
    line.save(update_fields=["last_day_on", "billed_through_on"])


def _write_price(line: ContractLine, target: PlanLine, day: date) -> None:
    """Let the line cost from the day on what the plan says, whatever its quantity is by then.

    What waits goes on waiting, and a price that was agreed for later stays.
    """
    let_nothing_wait(line, day)
    versions = versions_of(line)
    held = [version for version in versions if version.starts_on <= day][-1]
    later = [version for version in versions if version.starts_on > day]
    carrying = takewhile(lambda version: price_of(version) == price_of(held), later)
    price = {**picked(target, PRICES), "tiers": target.tiers}
    del price["quantity"]
    LineVersion.objects.filter(pk__in=[one.pk for one in carrying]).update(**price)
    new = {
        **price,
        "quantity": held.quantity,
        "effect": ChangeEffect.IMMEDIATE,
        "reason": str(target.revision),
    }
    LineVersion.objects.update_or_create(line=line, starts_on=day, defaults=new)


def _move_promises(move: Move) -> None:
    contract = move.contract
    for coverage in move.coverage:
        if coverage.target is not None:
            target = coverage.target
            term = CoverageTerm(
                effect=target.effect,
                hourly_rate=target.hourly_rate,
                work_type_id=target.work_type_id,
                category_id=target.category_id,
                asset_group=target.asset_group,
            )
            write_rule(contract, term, None, move.effective_on)
        elif coverage.rule is not None:
            end_rule(coverage.rule, move.effective_on)
    contract.plan_revision = move.revision
    for promise in move.promises:
        setattr(contract, promise.name, promise.value)
    _find_term(contract, move.effective_on)
    names = [promise.name.removesuffix("_id") for promise in move.promises]
    contract.save(update_fields=["plan_revision", "term_ends_on", *names])


def _find_term(contract: Contract, day: date) -> None:
    """Let a contract that renews from now on have the end of the term that runs that day."""
    if contract.renewal_kind == RenewalKind.NONE or contract.term_ends_on is not None:
        return
    months = contract.term_months or 1
    number = number_holding(contract.terms_from, day) // months
    contract.term_ends_on = nth_period(contract.terms_from, number, months).last_day


def _move_hours(contract: Contract, move: HoursMove) -> None:
    old, target = move.allowance, move.target
    if old is not None:
        with refusing_drawn("effective_on"):
            if old.starts_on >= move.starts_on:
                old.delete()
            else:
                old.last_day_on = move.starts_on - DAY
                old.save(update_fields=["last_day_on"])
    if target is not None:
        values = picked(target, allowance_fields())
        new = Allowance.objects.create(contract=contract, starts_on=move.starts_on, **values)
        new.work_types.set(target.work_types.all())
