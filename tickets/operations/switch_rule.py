"""Switch an automation rule on or off."""

from datetime import datetime

from django.db import transaction

from tickets.models import AutomationRule
from tickets.operations._rules import wake_for


@transaction.atomic(durable=True)
def switch_rule(*, rule_id: int, is_active: bool, now: datetime) -> AutomationRule:
    """Switch it; what happened while it was off is not caught up."""
    rule = AutomationRule.objects.select_for_update().get(pk=rule_id)
    if rule.is_active != is_active:
        rule.is_active, rule.since = is_active, now
        rule.save(update_fields=["is_active", "since"])
        wake_for(rule, now)
    return rule
