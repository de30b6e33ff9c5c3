"""Decide that prices do not rise by a step of the clause."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from contracts.models import Indexation
from contracts.operations._indexation import lock_clause, next_step

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(durable=True)
def leave_out_indexation(
    *, clause_id: int, effective_on: date, actor: "User | None" = None
) -> Indexation:
    """Write down that the step is left out, so that it does not come up again.

    A percentage is gone with it; an index catches up with its next step, for that starts from the
    base.

    :raises IndexationNotPossible: it is not the clause's next undecided step
    """
    clause = lock_clause(clause_id)
    step = next_step(clause, effective_on)
    return Indexation.objects.create(
        contract=clause.contract,
        clause=clause,
        effective_on=effective_on,
        is_applied=False,
        factor=step.factor,
        basis={"lines": []},
        decided_by=actor,
    )
