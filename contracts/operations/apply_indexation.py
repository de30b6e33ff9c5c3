"""Raise the prices of a contract by a step of its clause."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.indexing import DueStep
from contracts.models import ChangeEffect, Indexation
from contracts.operations._indexation import (
    IndexationNotPossible,
    lock_clause,
    next_step,
    write_raise,
)
from core.display import day_text, number_text, percent_text

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(durable=True)
def apply_indexation(
    *,
    clause_id: int,
    effective_on: date,
    effect: str = ChangeEffect.IMMEDIATE,
    actor: "User | None" = None,
) -> Indexation:
    """Give all lines that follow the clause their new price from the day on, once.

    Months already billed are set right by the next run, by lines that name them.

    :raises IndexationNotPossible: it is not the next step, or something stands in its way
    """
    clause = lock_clause(clause_id)
    step = next_step(clause, effective_on)
    if not step.is_ready:
        raise IndexationNotPossible(
            _("The increase of %(contract)s on %(day)s cannot be worked out yet.")
            % {"contract": clause.contract.number, "day": day_text(effective_on)}
        )
    reason = _reason(step)
    rows = [write_raise(one, effective_on, effect, reason) for one in step.lines]
    return Indexation.objects.create(
        contract=clause.contract,
        clause=clause,
        effective_on=effective_on,
        factor=step.factor,
        basis=_basis(step, rows),
        decided_by=actor,
    )


def _basis(step: DueStep, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "percent": None if step.rule.percent is None else str(step.rule.percent),
        "month_on": None if step.month_on is None else step.month_on.isoformat(),
        "value": None if step.value is None else str(step.value),
        "lines": rows,
    }


def _reason(step: DueStep) -> str:
    if step.rule.percent is not None:
        return _("Increase of %(percent)s as agreed") % {"percent": percent_text(step.rule.percent)}
    return _("Indexation by %(index)s, %(value)s") % {
        "index": step.clause.table,
        "value": number_text(step.value or 0),
    }
