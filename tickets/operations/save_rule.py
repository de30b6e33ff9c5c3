"""Write an automation rule."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from tickets.domain.tags import tag_names
from tickets.models import AutomationRule
from tickets.operations._rules import wake_for
from tickets.operations._tags import tag_of


@transaction.atomic(durable=True)
def save_rule(
    *, facts: Mapping[str, Any], now: datetime, rule_id: int | None = None
) -> AutomationRule:
    """Add a rule after the others, or write one anew; it acts on what happens from now on."""
    if rule_id is None:
        last = AutomationRule.objects.aggregate(last=Max("position"))["last"] or 0
        rule = AutomationRule(position=last + 1, is_active=False)
    else:
        rule = AutomationRule.objects.select_for_update().get(pk=rule_id)
    was = (rule.is_active, rule.when, rule.status_id, rule.hours, rule.promise, rule.percent)
    for name, value in facts.items():
        setattr(rule, name, value)
    rule.actions = [_with_tag(one) for one in rule.actions]
    becomes = (rule.is_active, rule.when, rule.status_id, rule.hours, rule.promise, rule.percent)
    if was != becomes:
        rule.since = now
    rule.save()
    wake_for(rule, now)
    return rule


def _with_tag(action: Mapping[str, Any]) -> dict[str, Any]:
    """Return the action; a tag that is given by its name is found, or made."""
    names = tag_names([action.get("name", "")])
    value = str(tag_of(names[0]).pk) if names else action["value"]
    return {"verb": action["verb"], "value": value}
