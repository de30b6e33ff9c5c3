"""Whether what was agreed has changed since a draft was made from it."""

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


def _events(model: str, **of_draft: Any) -> "QuerySet[Any]":  # noqa: ANN401  (any lookup)
    events: QuerySet[Any] = apps.get_model("contracts", model).objects.filter(**of_draft)
    return events.filter(pgh_created_at__gt=OuterRef("drafted_at"))
