"""What the rules have to look at: occurrences, notices, and rules that wait for time to pass."""

from datetime import datetime

from core.outbox import due_ids
from tickets.models import AutomationRule, RuleNotice, RuleOccurrence, RuleWhen


def due_occurrences(now: datetime, limit: int) -> list[int]:
    """Return what happened and no rule was asked about yet, in its order."""
    return due_ids(RuleOccurrence.objects.all(), now, limit)


def due_notices(now: datetime, limit: int) -> list[int]:
    """Return the notices whose time has come."""
    return due_ids(RuleNotice.objects.all(), now, limit)


def waiting_rules() -> list[int]:
    """Return the rules that wait for tickets to stay in a status."""
    rules = AutomationRule.objects.filter(is_active=True, when=RuleWhen.WAITING)
    return list(rules.order_by("position", "pk").values_list("pk", flat=True))
