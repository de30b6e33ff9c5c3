"""Ask the rules about something that happened to a ticket, and let them act."""

import logging
from datetime import datetime
from functools import partial

import pghistory
from django.db import DatabaseError, OperationalError, transaction

from core.outbox import attempt
from tickets.domain.rules import (
    MOST_STEPS,
    Action,
    Facts,
    Happening,
    Seen,
    When,
    holds,
    listens,
    look,
)
from tickets.models import (
    ActionOutcome,
    ActionReason,
    AutomationRule,
    RuleOccurrence,
    RuleRun,
    RuleWhen,
    RunOutcome,
    Ticket,
)
from tickets.operations._occurrences import caused_by
from tickets.operations._rule_actions import Result, failed, perform
from tickets.queries.rule_facts import FactsOfTickets
from tickets.refusals import Refusal

log = logging.getLogger(__name__)
NEEDED = ("client", "status", "board", "sla_policy", "contact", "assignee", "category")


@transaction.atomic(durable=True)
def follow_occurrence(*, occurrence_id: int, now: datetime) -> None:
    """Ask every rule once, unless that is done or another worker is at it.

    What the rules do and that they were asked is one transaction: a worker that dies has done
    nothing, and a task that comes twice finds nothing left to do.
    """
    rows = RuleOccurrence.objects.select_related("note", "first")
    attempt(rows, occurrence_id, partial(_follow, now=now), now)


def _follow(row: RuleOccurrence, now: datetime) -> None:
    locked = Ticket.objects.select_for_update(of=("self",)).select_related(*NEEDED)
    ticket = locked.get(pk=row.ticket_id)
    if _is_over(row, ticket):
        return
    ran = set(RuleRun.objects.filter(root=row.root_id).values_list("rule_id", flat=True))
    facts = _facts(ticket, row)
    for rule in _listening(row):
        seen = look(rule.as_value(), facts)
        if not holds(rule.as_value(), seen):
            continue
        why_not = _why_not(rule, row, ran)
        if why_not is None:
            _run(rule, ticket, row, seen, now)
            facts = _facts(ticket, row)
            if rule.stops:
                break
        elif row.rule_id or why_not == ActionReason.CHAIN:
            _hold_back(rule, row, seen, why_not, now)


def _is_over(row: RuleOccurrence, ticket: Ticket) -> bool:
    """Whether what a rule waited for is so no longer."""
    if row.rule is None:
        return False
    if row.when == RuleWhen.WAITING:
        return ticket.status_id != row.rule.status_id
    return ticket.is_closed


def _listening(row: RuleOccurrence) -> list[AutomationRule]:
    """Return the rules, in their order, that wait for this and were on when it happened."""
    happening = Happening(When(row.when), frozenset(row.changed), row.rule_id)
    rules = AutomationRule.objects.filter(is_active=True, when=row.when)
    return [
        rule
        for rule in rules.order_by("position", "pk")
        if listens(rule.as_value(), happening) and (rule.is_timed or rule.since <= row.happened_at)
    ]


def _why_not(
    rule: AutomationRule, row: RuleOccurrence, ran: set[int | None]
) -> ActionReason | None:
    if rule.pk in ran:
        return ActionReason.RAN
    return ActionReason.CHAIN if row.depth >= MOST_STEPS else None


def _facts(ticket: Ticket, row: RuleOccurrence) -> Facts:
    answer = row.note.body if row.note is not None else ""
    read = FactsOfTickets.read([ticket], {row.happened_at.year})
    return read.of(ticket, row.happened_at, answer)


def _run(
    rule: AutomationRule,
    ticket: Ticket,
    row: RuleOccurrence,
    seen: tuple[Seen, ...],
    now: datetime,
) -> None:
    """Let the rule act; one action that fails leaves no trace but the log, and the next goes on."""
    run = RuleRun.objects.create(
        rule=rule,
        rule_name=rule.name,
        ticket=ticket,
        occurrence=row,
        root_id=row.root_id,
        ran_at=now,
        seen=_told(seen),
    )
    with caused_by(run), pghistory.context(rule=rule.name):
        results = [(one, _try(one, ticket, run, now)) for one in rule.as_value().actions]
    run.done = [
        {
            "verb": one.verb,
            "value": one.value,
            "outcome": result.outcome,
            "reason": result.reason,
            "detail": result.detail,
        }
        for one, result in results
    ]
    run.outcome = _outcome([result for _one, result in results])
    run.save(update_fields=["done", "outcome"])


def _try(action: Action, ticket: Ticket, run: RuleRun, now: datetime) -> Result:
    try:
        with transaction.atomic():
            return perform(action, ticket, run, now)
    except Refusal as refusal:
        result = failed(ActionReason.REFUSED, str(refusal))
    except OperationalError:
        raise  # two workers in each other's way: all of it is tried again
    except (DatabaseError, ValueError, LookupError) as error:
        log.exception("Rule %s could not act on %s", run.rule_name, ticket.number)
        result = failed(ActionReason.ERROR, str(error) or type(error).__name__)
    ticket.refresh_from_db()
    return result


def _outcome(results: list[Result]) -> RunOutcome:
    outcomes = {one.outcome for one in results}
    if ActionOutcome.FAILED in outcomes:
        return RunOutcome.PARTLY if ActionOutcome.DONE in outcomes else RunOutcome.FAILED
    return RunOutcome.DONE if ActionOutcome.DONE in outcomes else RunOutcome.NOTHING


def _hold_back(
    rule: AutomationRule,
    row: RuleOccurrence,
    seen: tuple[Seen, ...],
    reason: ActionReason,
    now: datetime,
) -> None:
    RuleRun.objects.create(
        rule=rule,
        rule_name=rule.name,
        ticket_id=row.ticket_id,
        occurrence=row,
        root_id=row.root_id,
        ran_at=now,
        outcome=RunOutcome.HELD,
        reason=reason,
        seen=_told(seen),
    )


def _told(seen: tuple[Seen, ...]) -> list[dict[str, object]]:
    return [
        {
            "property": one.condition.property,
            "test": one.condition.test,
            "values": list(one.condition.values),
            "found": [text[:200] for text in one.found],
            "holds": one.holds,
        }
        for one in seen
    ]
