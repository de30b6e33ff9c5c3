"""Writing down what happens to tickets, so that rules are asked about it; opens no transaction.

The row is written in the transaction of the change itself, and only where a rule that is on waits
for such a thing. What a rule changes carries the run that caused it, so that chains end.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from secrets import token_hex

from core.doorbell import ring
from tickets.models import AutomationRule, Note, RuleOccurrence, RuleRun, RuleWhen, Ticket

FOLLOWING = "tickets.rule_tasks.follow_rules"
_running: ContextVar[RuleRun | None] = ContextVar("the run that acts", default=None)


@contextmanager
def caused_by(run: RuleRun) -> Iterator[None]:
    """Let everything that happens meanwhile be the doing of this run."""
    token = _running.set(run)
    try:
        yield
    finally:
        _running.reset(token)


def running_rule() -> RuleRun | None:
    """Return the run that acts at this moment, None where a person does."""
    return _running.get()


def note_occurrence(
    ticket: Ticket,
    when: RuleWhen,
    now: datetime,
    *,
    changed: Iterable[str] = (),
    note: Note | None = None,
) -> None:
    """Write down what happened, if a rule waits for it, and ask a worker to look."""
    if not AutomationRule.objects.filter(is_active=True, when=when).exists():
        return
    RuleOccurrence.objects.create(
        key=f"{when}:{ticket.pk}:{token_hex(8)}",
        ticket=ticket,
        when=when,
        changed=sorted(changed),
        note=note,
        happened_at=now,
        due_at=now,
        **after(running_rule()),
    )
    ring(FOLLOWING)


def note_change(ticket: Ticket, now: datetime, *properties: str) -> None:
    """Write down that properties of the ticket have changed."""
    if properties:
        note_occurrence(ticket, RuleWhen.UPDATED, now, changed=properties)


def after(run: RuleRun | None) -> dict[str, int]:
    """Return the place in its chain of what a run brings about; outside of any, of a first one."""
    if run is None:
        return {}
    return {"first_id": run.root_id, "depth": run.occurrence.depth + 1}
