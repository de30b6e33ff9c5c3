"""End a contract, or let it run on after all."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract
from core.display import day_text


class ContractNotEndable(Exception):
    """The contract cannot end like this."""


@transaction.atomic(durable=True)
def end_contract(*, contract_id: int, last_day_on: date | None, reason: str = "") -> Contract:
    """Set the last day of a contract and why it ends; without a day it runs on.

    Its lines end with it, whatever they say themselves. Days already billed beyond the last one
    come back to the client with the next run.

    :raises ContractNotEndable: the day comes before the first, or no reason is given
    """
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    if last_day_on is not None and last_day_on < contract.starts_on:
        raise ContractNotEndable(
            _("Contract %(number)s starts on %(day)s: it cannot end before.")
            % {"number": contract.number, "day": day_text(contract.starts_on)}
        )
    if last_day_on is not None and not reason.strip():
        raise ContractNotEndable(_("Say why the contract ends."))
    contract.last_day_on = last_day_on
    contract.end_reason = reason.strip() if last_day_on is not None else ""
    contract.save(update_fields=["last_day_on", "end_reason"])
    return contract
