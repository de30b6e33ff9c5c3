"""Decide which work a contract's fixed price includes."""

from collections.abc import Iterable

from django.db import transaction

from contracts.models import Contract, CoverageRule


@transaction.atomic(durable=True)
def set_coverage(*, contract_id: int, work_type_ids: Iterable[int]) -> None:
    """Cover exactly these work types; work already billed keeps its price."""
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    wanted = set(work_type_ids)
    known = set(contract.coverage.values_list("work_type_id", flat=True))
    contract.coverage.filter(work_type_id__in=known - wanted).delete()
    CoverageRule.objects.bulk_create(
        CoverageRule(contract=contract, work_type_id=pk) for pk in sorted(wanted - known)
    )
