"""Find the tickets that have waited as long as a rule says."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from core.business_hours import BusinessHours, NeverDue
from core.doorbell import ring
from tickets.domain.waiting import latest_start, ready_at
from tickets.models import AutomationRule, RuleOccurrence, RuleWhen, StatusChange, Ticket
from tickets.operations._occurrences import FOLLOWING, after
from tickets.operations._working_hours import working_hours

AT_ONCE = 500


@transaction.atomic(durable=True)
def note_waiting(*, rule_id: int, now: datetime) -> int:
    """Write an occurrence for each, once for a stay in the status; return how many were found.

    However long nothing ran, each is found once afterwards. What waited long enough before the
    rule was on is left alone, unless the rule says otherwise.
    """
    rule = AutomationRule.objects.select_for_update().filter(pk=rule_id, is_active=True).first()
    if rule is None or rule.when != RuleWhen.WAITING or not rule.hours:
        return 0
    hours = working_hours(None, now) if rule.in_working_hours else None
    latest = latest_start(hours, now, rule.hours)
    if latest is None:
        return 0
    waiting = _waiting(rule).filter(since__lte=latest)
    if not rule.reaches_back:
        earliest = latest_start(hours, rule.since, rule.hours)
        waiting = waiting.filter(since__gt=earliest) if earliest else waiting
    found = list(waiting.order_by("since")[:AT_ONCE])
    steps = StatusChange.objects.select_related("run__occurrence").in_bulk(
        [one.step for one in found]
    )
    rows = [_occurrence(rule, one.pk, steps[one.step], hours, now) for one in found]
    RuleOccurrence.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        ring(FOLLOWING)
    return len(rows)


def _waiting(rule: AutomationRule) -> Any:  # noqa: ANN401  (tickets with their last step)
    """Return the open tickets in the status, with the step that brought each, that are new."""
    steps = StatusChange.objects.filter(ticket=OuterRef("pk")).order_by("-changed_at", "-pk")
    known = RuleOccurrence.objects.filter(
        rule=rule, ticket=OuterRef("pk"), happened_at__gt=OuterRef("since")
    )
    rows = Ticket.objects.open().filter(status=rule.status_id)
    rows = rows.annotate(
        step=Subquery(steps.values("pk")[:1]), since=Subquery(steps.values("changed_at")[:1])
    )
    return rows.filter(~Exists(known))


def _occurrence(
    rule: AutomationRule,
    ticket_pk: int,
    step: StatusChange,
    hours: BusinessHours | None,
    now: datetime,
) -> RuleOccurrence:
    """Return when it had waited enough; a rule that brought it there is its cause."""
    try:
        moment = min(ready_at(hours, step.changed_at, rule.hours or 1), now)
    except NeverDue:
        moment = now
    return RuleOccurrence(
        key=f"waiting:{rule.pk}:{step.pk}",
        ticket_id=ticket_pk,
        when=RuleWhen.WAITING,
        rule=rule,
        happened_at=moment,
        due_at=moment,
        **after(step.run),
    )
