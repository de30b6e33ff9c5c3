"""Take the last decision about a clause's steps back."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.domain.price_steps import amounts_of
from contracts.indexing import price_of
from contracts.models import Indexation, LineVersion
from contracts.operations._indexation import IndexationNotPossible, lock_clause
from contracts.operations._prices import PRICES
from core.display import day_text


@transaction.atomic(durable=True)
def undo_indexation(*, indexation_id: int) -> None:
    """Give the lines their prices of before, and let the step come up again.

    What has been billed at the new price comes back with the next run, as after any other change.

    :raises IndexationNotPossible: a later step is decided, or a price was changed since
    """
    clause_id = Indexation.objects.values_list("clause", flat=True).get(pk=indexation_id)
    lock_clause(clause_id)
    step = Indexation.objects.select_for_update(of=["self"]).get(pk=indexation_id)
    later = Indexation.objects.filter(clause=clause_id, effective_on__gt=step.effective_on)
    first = later.order_by("-effective_on").first()
    if first is not None:
        raise IndexationNotPossible(
            _("Take the decision of %(day)s back first.") % {"day": day_text(first.effective_on)}
        )
    for row in step.basis.get("lines", []):
        _give_back(row)
    step.delete()


def _give_back(row: dict[str, Any]) -> None:
    raised = tuple(Decimal(amount) for amount in row["new"])
    touched = [one["version"] for one in row["changed"]] + ([row["made"]] if row["made"] else [])
    versions = {one.pk: one for one in LineVersion.objects.filter(pk__in=touched)}
    if any(pk not in versions or amounts_of(price_of(versions[pk])) != raised for pk in touched):
        raise IndexationNotPossible(
            _("The price of “%(line)s” was changed since: set it right there.")
            % {"line": row["description"]}
        )
    for one in row["changed"]:
        version = versions[one["version"]]
        version.unit_price = Decimal(one["unit_price"])
        version.overage_price = Decimal(one["overage_price"])
        version.tiers = one["tiers"]
        version.save(update_fields=PRICES)
    if row["made"]:
        versions[row["made"]].delete()
