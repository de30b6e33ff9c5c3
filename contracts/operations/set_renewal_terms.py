"""Agree on a contract's term and what happens at its end."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.domain.renewal import term_end_on
from contracts.models import Contract, RenewalKind
from contracts.operations._ending import lock_contract
from contracts.operations._renewing import require_undecided

TERMS = (
    "renewal_kind", "term_months", "term_ends_on", "notice_days", "renewal_uplift", "last_day_on",
)  # fmt: skip


@transaction.atomic(durable=True)
def set_renewal_terms(  # noqa: PLR0913  (what is agreed, by name)
    *,
    contract_id: int,
    renewal_kind: str,
    today: date,
    term_months: int | None = None,
    term_ends_on: date | None = None,
    notice_days: int = 0,
    renewal_uplift: Decimal = Decimal(0),
) -> Contract:
    """Set term, notice and renewal; without an end, the term that runs today is counted.

    A contract that is renewed by hand has the end of its term as its last day, so that nothing is
    billed beyond it before somebody has renewed it.

    :raises RenewalNotPossible: the contract's end was decided already
    """
    contract = lock_contract(contract_id)
    require_undecided(contract)
    ended_with_term = (
        contract.renewal_kind == RenewalKind.MANUAL
        and contract.last_day_on == contract.term_ends_on
    )
    if ended_with_term:
        contract.last_day_on = None
    has_term = renewal_kind != RenewalKind.NONE
    contract.renewal_kind = renewal_kind
    contract.term_months = term_months if has_term else None
    contract.term_ends_on = _term_end(contract, term_ends_on, today) if has_term else None
    contract.notice_days = notice_days
    contract.renewal_uplift = renewal_uplift if has_term else Decimal(0)
    if renewal_kind == RenewalKind.MANUAL and contract.last_day_on is None:
        contract.last_day_on = contract.term_ends_on
    contract.save(update_fields=TERMS)
    return contract


def _term_end(contract: Contract, given: date | None, today: date) -> date | None:
    if given is not None or not contract.term_months:
        return given
    return term_end_on(contract.terms_from, contract.term_months, today)
