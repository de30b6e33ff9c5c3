"""Let a contract end with its term."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from contracts.models import Contract, EndKind, RenewalDecision
from contracts.operations._ending import lock_contract, write_end
from contracts.operations._renewing import TermDecision, require_open_end, term_of, write_ended

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(durable=True)
def end_at_term(
    *,
    contract_id: int,
    decided_on: date,
    end_kind: str = EndKind.NOT_RENEWED,
    reason: str = "",
    actor: "User | None" = None,
) -> Contract:
    """Decide that the term that runs is the last one, and why.

    :raises RenewalNotPossible: the contract has no term, or ends for another reason
    :raises ContractNotEndable: no reason is given
    """
    contract = lock_contract(contract_id)
    term = term_of(contract)
    require_open_end(contract)
    contract.renewals.filter(term_ended_on=term.ends_on).delete()
    write_end(contract, term.ends_on, end_kind, reason)
    write_ended(
        contract,
        TermDecision(decision=RenewalDecision.ENDED, decided_on=decided_on, actor=actor),
    )
    return contract
