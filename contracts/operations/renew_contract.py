"""Renew a contract for another term."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Renewal, RenewalDecision
from contracts.operations._ending import lock_contract
from contracts.operations._renewing import (
    RenewalNotPossible,
    TermDecision,
    require_open_end,
    term_of,
    write_renewal,
)
from core.display import day_text

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(durable=True)
def renew_contract(
    *,
    contract_id: int,
    term_ends_on: date,
    decided_on: date,
    uplift: Decimal = Decimal(0),
    note: str = "",
    actor: "User | None" = None,
) -> Renewal:
    """Let another term follow the one that ends that day, its prices raised by so many percent.

    Naming the term's end makes sure that two people who decide at once renew one term, not two.

    :raises RenewalNotPossible: it has no term, another one runs, or it ends for another reason
    """
    contract = lock_contract(contract_id)
    term = term_of(contract)
    if term.ends_on != term_ends_on:
        raise RenewalNotPossible(
            _("%(number)s has been renewed already: its term ends on %(day)s.")
            % {"number": contract.number, "day": day_text(term.ends_on)}
        )
    require_open_end(contract)
    decision = TermDecision(
        decision=RenewalDecision.RENEWED,
        decided_on=decided_on,
        uplift=uplift,
        note=note,
        actor=actor,
    )
    return write_renewal(contract, decision)
