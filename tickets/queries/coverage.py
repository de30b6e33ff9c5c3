"""What the client's contracts include."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.models import Contract, CoverageEffect, CoverageRule


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """A contract in force and the work that costs nothing more under it."""

    contract: Contract
    work_types: tuple[str, ...]


def coverage_of(client_id: int, day: date) -> list[CoveredBy]:
    """Return the client's contracts in force on the day with what they cover; two queries."""
    in_force = Contract.objects.filter(client=client_id).in_force_on(day)
    contracts = list(in_force.order_by("number"))
    if not contracts:
        return []
    rules = CoverageRule.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=day),
        Q(last_day_on=None) | Q(last_day_on__gte=day),
        contract__in=contracts,
        effect=CoverageEffect.INCLUDED,
    ).select_related("work_type")
    names: dict[int, list[str]] = {}
    for rule in rules:
        name = rule.work_type.name if rule.work_type else _("all work")
        names.setdefault(rule.contract_id, []).append(name)
    return [
        CoveredBy(contract, tuple(dict.fromkeys(names.get(contract.pk, ()))))
        for contract in contracts
    ]
