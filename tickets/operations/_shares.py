"""Writing down that a share of a promise is used, for the rules that wait for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.doorbell import ring
from core.sla_clock import Target
from tickets.domain.promises import Standing
from tickets.models import AutomationRule, PromiseKind, RuleOccurrence, RuleWhen, Ticket
from tickets.operations._occurrences import FOLLOWING, after, running_rule

Shares = Sequence[AutomationRule]


def awaited_shares() -> list[AutomationRule]:
    """Return the rules that wait for a share of a promise."""
    rules = AutomationRule.objects.filter(is_active=True, when=RuleWhen.SLA)
    return list(rules.only("pk", "promise", "percent", "since", "reaches_back"))


def with_shares(target: Target, kind: PromiseKind, shares: Shares) -> Target:
    """Return the target with the shares that rules wait for among those that the clock tells."""
    awaited = {one.percent for one in shares if one.promise == kind and one.percent}
    return replace(target, percentages=tuple(sorted({*target.percentages, *awaited})))


def note_shares(ticket: Ticket, standings: Mapping[PromiseKind, Standing], shares: Shares) -> None:
    """Write each share that is used, once for each rule; a second look writes nothing."""
    if ticket.is_closed:
        return
    found = [
        RuleOccurrence(
            key=f"sla:{rule.pk}:{ticket.pk}:{kind}:{standing.target.seconds}:{rule.percent}",
            ticket=ticket,
            when=RuleWhen.SLA,
            rule=rule,
            happened_at=milestone.at,
            due_at=milestone.at,
            **after(running_rule()),
        )
        for kind, standing in standings.items()
        if standing.due_at
        for milestone in standing.reached()
        for rule in shares
        if (rule.promise, rule.percent) == (kind, milestone.percent)
        if milestone.at and (rule.reaches_back or milestone.at >= rule.since)
    ]
    if found:
        RuleOccurrence.objects.bulk_create(found, ignore_conflicts=True)
        ring(FOLLOWING)
