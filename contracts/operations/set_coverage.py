"""Decide which work a contract's fixed price includes."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from contracts.models import Contract, CoverageEffect
from contracts.operations._coverage import end_rule, write_rule
from contracts.operations._plans import CoverageTerm


@transaction.atomic(durable=True)
def set_coverage(
    *, contract_id: int, work_type_ids: Iterable[int], starts_on: date | None = None
) -> None:
    """Include exactly these work types from a day on, or as if it had always been so.

    Rules with further conditions, at a rate or excluding work stay, unless their work type is now
    included as a whole. Work already billed keeps its price.
    """
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    wanted = set(work_type_ids)
    simple = contract.coverage.filter(
        effect=CoverageEffect.INCLUDED,
        work_type__isnull=False,
        category=None,
        site=None,
        asset_group="",
    )
    day = starts_on or contract.starts_on
    kept = set()
    for rule in simple:
        if rule.last_day_on is not None and rule.last_day_on < day:
            continue
        if rule.work_type_id in wanted:
            kept.add(rule.work_type_id)
        elif starts_on is None:
            rule.delete()
        else:
            end_rule(rule, day)
    for work_type_id in sorted(wanted - kept):
        write_rule(contract, CoverageTerm(work_type_id=work_type_id), None, starts_on)
