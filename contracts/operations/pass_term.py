"""Do what a contract says about the end of its term when nobody has decided."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.domain.renewal import last_notice_day
from contracts.models import Contract, EndKind, Renewal, RenewalDecision, RenewalKind
from contracts.operations._ending import lock_contract, write_end
from contracts.operations._renewing import TermDecision, term_of, write_ended, write_renewal

ONE_DAY = timedelta(days=1)


@transaction.atomic(durable=True)
def pass_term(*, contract_id: int, today: date) -> list[Renewal]:
    """Renew a contract that renews by itself once its notice day has passed, each missed term once.

    One that is renewed by hand has ended with its term. Nothing happens to a contract whose end was
    decided.
    """
    contract = lock_contract(contract_id)
    if contract.end_kind:
        return []
    if contract.renewal_kind == RenewalKind.MANUAL:
        return _end_with_term(contract, today)
    if contract.renewal_kind == RenewalKind.AUTOMATIC and contract.last_day_on is None:
        return _renew_missed(contract, today)
    return []


def _end_with_term(contract: Contract, today: date) -> list[Renewal]:
    term = term_of(contract)
    if contract.last_day_on is None:
        contract.last_day_on = term.ends_on
        contract.save(update_fields=["last_day_on"])
    if today <= term.ends_on:
        return []
    reason = _("Nobody renewed it by the end of its term.")
    write_end(contract, contract.last_day_on, EndKind.NOT_RENEWED, reason)
    ended = TermDecision(decision=RenewalDecision.ENDED, decided_on=term.ends_on + ONE_DAY)
    return [write_ended(contract, ended)]


def _renew_missed(contract: Contract, today: date) -> list[Renewal]:
    renewed = []
    while today > last_notice_day(term_of(contract)):
        decision = TermDecision(
            decision=RenewalDecision.AUTOMATIC,
            decided_on=last_notice_day(term_of(contract)) + ONE_DAY,
            uplift=contract.renewal_uplift,
        )
        renewed.append(write_renewal(contract, decision))
    return renewed
