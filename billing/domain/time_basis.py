"""The arithmetic of a time entry's charge as data, from which its sentence is made.

``time/2`` holds what was worked, what a person put in its place, what rounding made of it and by
which rule; the rate with the levels at which one was named; and who pays. Only what says something
is written down.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from billing.domain.coverage import Coverage
from billing.domain.pieces import Hours, Piece
from billing.domain.rates import AgreedRate
from billing.domain.rounding import Rounded, RoundingRule
from billing.domain.surcharges import NORMAL
from billing.domain.terms import BlockUnit, RoundingScope
from billing.domain.work import CountedWork

Facts = dict[str, Any]


def basis_of(counted: CountedWork, piece: Piece, hours: Hours) -> Facts:
    """Return the arithmetic of one piece of a time entry."""
    work = counted.work
    basis = {
        "rule": "time/2",
        **_entry_facts(counted),
        "minutes": piece.minutes,
        **_rounding_facts(work.rule, counted.rounded),
        **_rate_facts(piece),
    }
    if work.billable_minutes != work.entry.minutes:
        basis["billable_minutes"] = work.billable_minutes
    if piece.drawn is not None:
        basis["drawn"] = _drawn_facts(piece, hours)
    if piece.is_overage:
        basis["is_overage"] = True
    return basis


def basis_of_journey(counted: CountedWork, price: Decimal) -> Facts:
    """Return the arithmetic of a journey that is charged by its zone."""
    return {
        "rule": "journey/1",
        **_entry_facts(counted),
        "zone": counted.work.zone_name,
        "price": str(price),
    }


def _entry_facts(counted: CountedWork) -> Facts:
    entry, work = counted.entry, counted.work
    facts = {
        "currency": counted.currency,
        "ticket": entry.ticket.number,
        "ticket_mode": entry.ticket.mode.value,
        "work_type": entry.work_type.name,
        "worked_minutes": entry.minutes,
        "billed_minutes": counted.rounded.minutes,
    }
    if entry.logged_as is not None:
        facts["logged_as"] = entry.logged_as.name
        facts["work_type_id"] = entry.work_type.id
    if entry.role is not None:
        facts["role"] = entry.role.name
    if entry.waiver is not None:
        facts["waiver"] = entry.waiver.value
    if work.coverage.chosen_at is not None:
        facts["chosen_at"] = work.coverage.chosen_at.value
    if work.contract is not None:
        facts.update(_contract_facts(work.coverage))
    return facts


def _contract_facts(coverage: Coverage) -> Facts:
    facts: Facts = {}
    if coverage.contract is not None:
        facts |= {"contract": coverage.contract.number, "contract_name": coverage.contract.name}
    if coverage.rule is not None:
        facts["coverage_rule"] = coverage.rule.id
    return facts


def _rounding_facts(rule: RoundingRule, rounded: Rounded) -> Facts:
    facts: Facts = {
        "rounding": rule.code,
        "minimum_minutes": rule.minimum,
        "step_minutes": rule.step,
    }
    if rule.grace:
        facts["grace_minutes"] = rule.grace
    if rule.scope != RoundingScope.ENTRY:
        facts |= {
            "scope": rule.scope.value,
            "group_worked": rounded.group_worked,
            "group_billed": rounded.group_billed,
        }
    return facts


def _rate_facts(piece: Piece) -> Facts:
    facts: Facts = {"hourly_rate": "0", "rate_level": "", "rates": {}}
    if piece.rate is not None:
        facts = _levels(piece.rate)
    if piece.multiplier != NORMAL:
        facts |= {"multiplier": str(piece.multiplier), "surcharge": piece.reason}
    return facts


def _levels(rate: AgreedRate) -> Facts:
    return {
        "hourly_rate": str(rate.amount),
        "rate_level": rate.level.value,
        "rates": {level.value: str(amount) for level, amount in rate.named},
    }


def _drawn_facts(piece: Piece, hours: Hours) -> Mapping[str, str]:
    drawn = piece.drawn
    if drawn is None:
        return {}
    if drawn.block_id is not None:
        block = hours.blocks[drawn.block_id]
        name, unit = block.name, block.unit
    else:
        name, unit = hours.allowances[drawn.allowance_id or 0].name, BlockUnit.MINUTES
    month = drawn.bucket_on.isoformat() if drawn.bucket_on else ""
    return {"name": name, "unit": unit.value, "quantity": str(drawn.quantity), "month": month}
