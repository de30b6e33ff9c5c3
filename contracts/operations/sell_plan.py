"""Make a contract of a managed plan."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.events import tell_promises_changed
from contracts.models import Allowance, Contract, CoverageRule, PlanRevision, RenewalKind
from contracts.operations._line_rules import write_line
from contracts.operations._line_terms import picked
from contracts.operations._numbers import require_free_number
from contracts.operations._plans import (
    COVERS,
    PROMISES,
    RENEWAL,
    PlanNotAcceptable,
    allowance_fields,
    line_of_plan,
)
from core.periods import add_months


@transaction.atomic(durable=True)
def sell_plan(  # noqa: PLR0913  (what a sale says, by name)
    *,
    revision_id: int,
    client_id: int,
    number: str,
    name: str,
    starts_on: date,
    quantities: Mapping[int, Decimal] | None = None,
    left_out: Collection[int] = (),
    notes: str = "",
) -> Contract:
    """Copy what the revision promises into a contract of the client's, from a day on.

    ``quantities`` are by line of the plan: a counted line with a quantity is not counted in this
    contract. Lines ``left_out`` are not sold. The contract never changes with the plan.

    :raises PlanNotAcceptable: the revision is not published
    :raises ContractNotAcceptable: the number is taken
    """
    revision = PlanRevision.objects.select_related("plan").get(pk=revision_id)
    if not revision.is_published:
        raise PlanNotAcceptable(_("Publish the revision before you sell it."))
    require_free_number(number)
    contract = Contract.objects.create(
        client_id=client_id,
        number=number,
        name=name,
        starts_on=starts_on,
        notes=notes,
        plan_revision=revision,
        term_ends_on=_term_end(revision, starts_on),
        **picked(revision, (*PROMISES, *RENEWAL)),
    )
    for line in revision.lines.all():
        if line.pk not in left_out:
            write_line(contract, line_of_plan(line, (quantities or {}).get(line.pk)))
    _write_promises(contract, revision)
    tell_promises_changed(client_id)
    return contract


def _term_end(revision: PlanRevision, starts_on: date) -> date | None:
    if revision.renewal_kind == RenewalKind.NONE or not revision.term_months:
        return None
    return add_months(starts_on, revision.term_months) - timedelta(days=1)


def _write_promises(contract: Contract, revision: PlanRevision) -> None:
    CoverageRule.objects.bulk_create(
        CoverageRule(contract=contract, **picked(rule, COVERS)) for rule in revision.coverage.all()
    )
    for offered in revision.allowances.prefetch_related("work_types"):
        allowance = Allowance.objects.create(
            contract=contract, starts_on=contract.starts_on, **picked(offered, allowance_fields())
        )
        allowance.work_types.set(offered.work_types.all())
