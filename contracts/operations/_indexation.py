"""Shared steps of writing indexations down; they open no transaction."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from contracts.domain.price_steps import amounts_of
from contracts.indexing import DueStep, LineRaise, due_steps, with_parts
from contracts.models import Contract, ContractLine, IndexationClause
from contracts.operations._prices import write_price
from core.display import day_text


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
    step = one.step
    written = write_price(one.line, effective_on, step.new, effect, reason)
    return {
        "line": one.line.pk,
        "description": one.line.description,
        "old": [str(amount) for amount in amounts_of(step.old)],
        "new": [str(amount) for amount in amounts_of(step.new)],
        "base": [str(amount) for amount in amounts_of(step.base.price)],
        "base_value": None if step.base.value is None else str(step.base.value),
        "limit": str(step.limit),
        **written,
    }
