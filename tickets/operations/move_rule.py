"""Change the order in which rules are asked."""

from django.db import transaction

from tickets.models import AutomationRule


@transaction.atomic(durable=True)
def move_rule(*, rule_id: int, is_up: bool) -> None:
    """Let the rule change places with the one before it, or after it."""
    rules = list(AutomationRule.objects.select_for_update().order_by("position", "pk"))
    place = next((n for n, one in enumerate(rules) if one.pk == rule_id), None)
    if place is None:
        return
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(rules):
        rules[place], rules[other] = rules[other], rules[place]
    for position, rule in enumerate(rules, start=1):
        if rule.position != position:
            rule.position = position
            rule.save(update_fields=["position"])
