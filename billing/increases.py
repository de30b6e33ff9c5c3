"""What a clause of increases would do, found by applying its steps where all is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import ResolverMatch

from contracts.indexing import DueStep, due_steps, with_parts
from contracts.indexing_text import RaiseText, raise_text
from contracts.models import IndexationClause, IndexValue
from contracts.operations.apply_indexation import apply_indexation

PAGES_OF_CLAUSES = frozenset({"contracts:clause-add", "contracts:clause-edit"})
# A clause that reaches years back has many; its first ones show how it works.
MOST_STEPS = 12


@dataclass(frozen=True)
class TriedStep:
    """A step of a clause that was applied, or why it cannot be.

    ``assumed`` is the month whose value stood for one that is not published yet.
    """

    step: DueStep
    assumed: IndexValue | None = None

    @cached_property
    def lines(self) -> list[RaiseText]:
        """What it does to each line, to be read."""
        return [raise_text(self.step, one) for one in self.step.lines]

    @property
    def assumed_month_on(self) -> date | None:
        """The month whose value was taken, None where its own is known."""
        return self.assumed.month_on if self.assumed else None

    @property
    def assumed_value(self) -> Decimal | None:
        """The value that was taken, None where its own is known."""
        return self.assumed.value if self.assumed else None


def clause_of(match: ResolverMatch) -> int | None:
    """Return the clause that a page has just saved, None where it is no page of clauses."""
    if match.view_name not in PAGES_OF_CLAUSES:
        return None
    asked = match.kwargs["pk"]
    if match.view_name == "contracts:clause-edit":
        return int(asked)
    made: int = IndexationClause.objects.filter(contract=asked).latest("pk").pk
    return made


def try_increases(clause_id: int, until: date) -> list[TriedStep]:
    """Apply the undecided steps of a clause through a day, and return them in their order.

    For use in a rehearsal only: it writes values of the index that nobody has published.
    """
    found: list[TriedStep] = []
    for day in [step.effective_on for step in _undecided(clause_id, until)[:MOST_STEPS]]:
        assumed = _assume(_undecided(clause_id, day)[0])
        step = _undecided(clause_id, day)[0]
        found.append(TriedStep(step, assumed))
        if not step.is_ready:
            break
        apply_indexation(clause_id=clause_id, effective_on=day)
    return found


def _undecided(clause_id: int, until: date) -> Sequence[DueStep]:
    return due_steps(with_parts(IndexationClause.objects.filter(pk=clause_id)), until)


def _assume(step: DueStep) -> IndexValue | None:
    """Let the latest published value stand for the one that a step lacks."""
    table = step.clause.table
    if table is None or step.month_on is None or step.value is not None:
        return None
    earlier = table.values.filter(month_on__lt=step.month_on)
    known = earlier.order_by("-month_on").first()
    if known is not None:
        IndexValue.objects.create(table=table, month_on=step.month_on, value=known.value)
    return known
