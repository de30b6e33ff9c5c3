"""Shared steps of ending contracts and of letting them run on; they open no transaction."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.events import tell_promises_changed
from contracts.models import Contract, RenewalDecision, RenewalKind
from core.display import day_text

ENDING = ("last_day_on", "end_kind", "end_reason", "notice_received_on")


class ContractNotEndable(Exception):
    """The contract cannot end like this."""


def lock_contract(contract_id: int) -> Contract:
    """Lock a contract and load its client."""
    return (
        Contract.objects.select_for_update(of=["self"]).select_related("client").get(pk=contract_id)
    )


def write_end(
    contract: Contract, last_day_on: date, kind: str, reason: str, received_on: date | None = None
) -> None:
    """Set the last day of a contract and why it ends.

    :raises ContractNotEndable: the day comes before the first, or kind or reason is missing
    """
    if last_day_on < contract.starts_on:
        raise ContractNotEndable(
            _("Contract %(number)s starts on %(day)s: it cannot end before.")
            % {"number": contract.number, "day": day_text(contract.starts_on)}
        )
    require_not_transferred(contract)
    if not kind or not reason.strip():
        raise ContractNotEndable(_("Say why the contract ends."))
    contract.last_day_on = last_day_on
    contract.end_kind = kind
    contract.end_reason = reason.strip()
    contract.notice_received_on = received_on
    contract.save(update_fields=ENDING)
    tell_promises_changed(contract.client_id)


def write_run_on(contract: Contract) -> None:
    """Take the end back; a contract that is renewed by hand runs to the end of its term again.

    :raises ContractNotEndable: it was transferred to another client
    """
    require_not_transferred(contract)
    is_manual = contract.renewal_kind == RenewalKind.MANUAL
    contract.last_day_on = contract.term_ends_on if is_manual else None
    contract.end_kind = ""
    contract.end_reason = ""
    contract.notice_received_on = None
    contract.save(update_fields=ENDING)
    tell_promises_changed(contract.client_id)
    decided = contract.renewals.filter(decision=RenewalDecision.ENDED)
    if contract.term_ends_on is not None:
        decided.filter(term_ended_on=contract.term_ends_on).delete()


def require_not_transferred(contract: Contract) -> None:
    """Refuse to move the end of a contract that goes on at another client.

    :raises ContractNotEndable: it does
    """
    successor = Contract.objects.filter(transferred_from=contract).first()
    if successor is not None:
        raise ContractNotEndable(
            _("%(number)s was transferred and goes on as %(successor)s.")
            % {"number": contract.number, "successor": successor.number}
        )
