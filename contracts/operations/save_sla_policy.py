"""Write an SLA policy with what it promises by priority."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from contracts.events import tell_promises_changed
from contracts.models import SLAPolicy, SLATarget


@transaction.atomic(durable=True)
def save_sla_policy(
    *,
    facts: Mapping[str, Any],
    targets: Mapping[str, tuple[int | None, int | None]],
    policy_id: int | None = None,
) -> SLAPolicy:
    """Add a policy or write it anew; a priority without any time is no promise."""
    if policy_id is None:
        policy = SLAPolicy()
    else:
        policy = SLAPolicy.objects.select_for_update().get(pk=policy_id)
    for name, value in facts.items():
        setattr(policy, name, value)
    policy.save()
    policy.targets.all().delete()
    SLATarget.objects.bulk_create(
        SLATarget(
            policy=policy, priority=priority, response_minutes=answer, resolution_minutes=solution
        )
        for priority, (answer, solution) in targets.items()
        if answer or solution
    )
    tell_promises_changed()
    return policy
