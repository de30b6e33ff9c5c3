"""What the client's contracts include."""

from dataclasses import dataclass
from datetime import date

from contracts.models import Contract, CoverageRule


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """A contract in force and the work that costs nothing more under it."""

    contract: Contract
    work_types: tuple[str, ...]


def coverage_of(client_id: int, day: date) -> list[CoveredBy]:
    """Return the client's contracts in force on the day with what they cover; two queries."""
    contracts = Contract.objects.filter(client=client_id).in_force_on(day).order_by("number")
    rules = CoverageRule.objects.filter(contract__in=contracts).select_related("work_type")
    names: dict[int, list[str]] = {}
    for rule in rules:
        names.setdefault(rule.contract_id, []).append(rule.work_type.name)
    return [
        CoveredBy(contract, tuple(dict.fromkeys(names.get(contract.pk, ()))))
        for contract in contracts
    ]
