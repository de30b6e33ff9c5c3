"""Whether what was agreed, or a person's role, has changed since a draft was made from it."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from billing.models import Claim


def has_changed_agreements() -> Q:
    """Return the condition that a contract line of the draft, or its contract, has changed since.

    Versions, lines, contracts and pauses are looked at: each of them changes what is owed.
    """
    lines = Claim.objects.filter(charge__invoice=OuterRef(OuterRef("pk")), contract_line__gt=0)
    contracts = lines.values("contract_line__contract")
    return (
        Q(Exists(_events("lineversionevent", line__in=lines.values("contract_line"))))
        | Q(Exists(_events("contractlineevent", pgh_obj__in=lines.values("contract_line"))))
        | Q(Exists(_events("contractevent", pgh_obj__in=contracts)))
        | Q(Exists(_events("contractpauseevent", contract__in=contracts)))
    )


def has_changed_roles() -> Q:
    """Return the condition that somebody whose work the draft bills has another role since.

    Work that names its own role is not touched by it.
    """
    work = Claim.objects.filter(
        charge__invoice=OuterRef(OuterRef("pk")), time_entry__work_role=None
    )
    assigned = apps.get_model("catalog", "roleassignmentevent").objects.filter(
        user__in=work.values("time_entry__technician"), pgh_created_at__gt=OuterRef("drafted_at")
    )
    return Q(Exists(assigned))


def _events(model: str, **of_draft: Any) -> "QuerySet[Any]":  # noqa: ANN401  (any lookup)
    events: QuerySet[Any] = apps.get_model("contracts", model).objects.filter(**of_draft)
    return events.filter(pgh_created_at__gt=OuterRef("drafted_at"))
