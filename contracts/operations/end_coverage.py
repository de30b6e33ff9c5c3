"""Let a contract say nothing more about some work."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, CoverageRule
from contracts.operations._coverage import end_rule


@transaction.atomic(durable=True)
def end_coverage(*, rule_id: int, from_on: date | None) -> None:
    """End a rule the day before ``from_on``; without a day, or before it began, it is deleted."""
    rule = CoverageRule.objects.select_related("contract").get(pk=rule_id)
    Contract.objects.select_for_update().get(pk=rule.contract_id)
    if from_on is None:
        rule.delete()
    else:
        end_rule(rule, from_on)
