"""Throw an automation rule away."""

from django.db import transaction

from tickets.models import AutomationRule


@transaction.atomic(durable=True)
def remove_rule(*, rule_id: int) -> None:
    """Delete it; what it did stays in the log under its name."""
    AutomationRule.objects.filter(pk=rule_id).delete()
