"""Agreeing how one client is collected from."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from billing.operations._drafting import lock_clients
from collecting.models import CollectingTerms, ReminderPlan
from collecting.operations._terms import CollectingRefused

__all__ = ["CollectingRefused", "set_terms"]


@transaction.atomic(durable=True)
def set_terms(
    *,
    client_id: int,
    plan_id: int | None,
    gets_reminders: bool,
    next_contact_on: date | None,
) -> CollectingTerms:
    """Give a client a reminder plan of its own, the usual one or none, and a day to call next.

    :raises CollectingRefused: there is no such plan
    """
    lock_clients([client_id])
    if plan_id is not None and not ReminderPlan.objects.filter(pk=plan_id).exists():
        raise CollectingRefused(_("There is no such reminder plan."))
    agreed = {
        "plan_id": plan_id,
        "gets_reminders": gets_reminders,
        "next_contact_on": next_contact_on,
    }
    terms, _is_new = CollectingTerms.objects.update_or_create(client_id=client_id, defaults=agreed)
    return terms
