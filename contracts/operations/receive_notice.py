"""Take a client's notice down and work out with which day the contract ends."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.domain.renewal import last_notice_day
from contracts.models import Contract, EndKind, RenewalDecision, RenewalKind
from contracts.operations._ending import ContractNotEndable, lock_contract, write_end
from contracts.operations._renewing import (
    TermDecision,
    require_open_end,
    term_of,
    write_ended,
    write_renewal,
)
from core.display import day_text

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(durable=True)
def receive_notice(
    *,
    contract_id: int,
    received_on: date,
    reason: str,
    end_kind: str = EndKind.CHURNED,
    actor: "User | None" = None,
) -> Contract:
    """End the contract as its notice says.

    Notice that comes in time ends it with the term that runs. Notice that comes too late to a
    contract that renews by itself leaves one more term, which begins as any other, with its uplift.
    Without a term it ends so many days after the notice.

    :raises ContractNotEndable: notice was received already, it came before the contract began, or
        no reason is given
    :raises RenewalNotPossible: the contract ends on another day already
    """
    contract = lock_contract(contract_id)
    if contract.notice_received_on is not None:
        raise ContractNotEndable(
            _("Notice was received on %(day)s already.")
            % {"day": day_text(contract.notice_received_on)}
        )
    if contract.renewal_kind == RenewalKind.NONE:
        last_day = received_on + timedelta(days=contract.notice_days)
        write_end(contract, last_day, end_kind, reason, received_on)
        return contract
    require_open_end(contract)
    _renew_while_too_late(contract, received_on)
    ends_on = term_of(contract).ends_on
    contract.renewals.filter(term_ended_on=ends_on).delete()
    write_end(contract, ends_on, end_kind, reason, received_on)
    write_ended(
        contract,
        TermDecision(decision=RenewalDecision.ENDED, decided_on=received_on, actor=actor),
    )
    return contract


def _renew_while_too_late(contract: Contract, received_on: date) -> None:
    if contract.renewal_kind != RenewalKind.AUTOMATIC:
        return
    while received_on > last_notice_day(term_of(contract)):
        decision = TermDecision(
            decision=RenewalDecision.AUTOMATIC,
            decided_on=last_notice_day(term_of(contract)) + timedelta(days=1),
            uplift=contract.renewal_uplift,
        )
        write_renewal(contract, decision)
