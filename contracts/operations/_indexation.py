"""Shared steps of writing indexations down; they open no transaction."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from contracts.domain.price import Price, rows_of
from contracts.domain.price_steps import DatedPrice, amounts_of, still_at
from contracts.indexing import DueStep, LineRaise, due_steps, price_of, with_parts
from contracts.models import Contract, ContractLine, IndexationClause, LineVersion
from core.display import day_text

PRICES = ("unit_price", "overage_price", "tiers")


class IndexationNotPossible(Exception):
    """The step cannot be decided like this."""


def lock_clause(clause_id: int) -> IndexationClause:
    """Lock the contract of a clause and its lines, and load all that its steps need."""
    contract_id = IndexationClause.objects.values_list("contract", flat=True).get(pk=clause_id)
    Contract.objects.select_for_update().get(pk=contract_id)
    list(ContractLine.objects.select_for_update().filter(contract=contract_id).order_by("pk"))
    return with_parts(IndexationClause.objects.filter(pk=clause_id)).get()


def next_step(clause: IndexationClause, effective_on: date) -> DueStep:
    """Return the step of a day, which must be the clause's next undecided one.

    :raises IndexationNotPossible: it is no step, it is decided already, or one before it is not
    """
    due = due_steps([clause], effective_on)
    if not due or due[-1].effective_on != effective_on:
        raise IndexationNotPossible(
            _("%(contract)s has no undecided increase on %(day)s.")
            % {"contract": clause.contract.number, "day": day_text(effective_on)}
        )
    if len(due) > 1:
        raise IndexationNotPossible(
            _("Decide the increase of %(contract)s on %(day)s first.")
            % {"contract": clause.contract.number, "day": day_text(due[0].effective_on)}
        )
    return due[0]


def write_raise(one: LineRaise, effective_on: date, effect: str, reason: str) -> dict[str, Any]:
    """Let a line have its new price from the day on; return what was done, so as to undo it."""
    line, step = one.line, one.step
    versions = sorted(line.versions.all(), key=lambda version: version.starts_on)
    history = [DatedPrice(version.starts_on, price_of(version)) for version in versions]
    later = set(still_at(history, effective_on, step.old))
    touched = [version for version in versions if version.starts_on in later | {effective_on}]
    changed = [_remembered(version) for version in touched]
    for version in touched:
        _set_price(version, step.new)
    made = None
    if effective_on not in {version.starts_on for version in versions}:
        before = max(
            (version for version in versions if version.starts_on < effective_on),
            key=lambda version: version.starts_on,
        )
        made = _new_version(before, effective_on, step.new, effect, reason)
    return {
        "line": line.pk,
        "description": line.description,
        "old": [str(amount) for amount in amounts_of(step.old)],
        "new": [str(amount) for amount in amounts_of(step.new)],
        "base": [str(amount) for amount in amounts_of(step.base.price)],
        "base_value": None if step.base.value is None else str(step.base.value),
        "limit": str(step.limit),
        "made": made,
        "changed": changed,
    }


def _remembered(version: LineVersion) -> dict[str, Any]:
    return {
        "version": version.pk,
        "unit_price": str(version.unit_price),
        "overage_price": str(version.overage_price),
        "tiers": version.tiers,
    }


def _set_price(version: LineVersion, price: Price) -> None:
    version.unit_price = price.unit_price
    version.overage_price = price.overage_price
    version.tiers = rows_of(price.tiers)
    version.save(update_fields=PRICES)


def _new_version(
    before: LineVersion, starts_on: date, price: Price, effect: str, reason: str
) -> int:
    made = LineVersion.objects.create(
        line_id=before.line_id,
        starts_on=starts_on,
        quantity=before.quantity,
        unit_price=price.unit_price,
        included_quantity=price.included_quantity,
        overage_price=price.overage_price,
        tiers=rows_of(price.tiers),
        effect=effect,
        reason=reason,
    )
    return int(made.pk)
