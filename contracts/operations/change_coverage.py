"""Say from a day on what a contract does about some work."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, CoverageRule
from contracts.operations._coverage import write_rule
from contracts.operations._plans import CoverageTerm


@transaction.atomic(durable=True)
def change_coverage(
    *,
    contract_id: int,
    term: CoverageTerm,
    site_id: int | None = None,
    starts_on: date | None = None,
) -> CoverageRule:
    """Write a rule; what was said about the same work holds for the days before.

    Work already billed keeps its price; open work of those days is priced anew.

    :raises CoverageNotAcceptable: a rate is missing, the day or the site is not the contract's
    """
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    return write_rule(contract, term, site_id, starts_on)
