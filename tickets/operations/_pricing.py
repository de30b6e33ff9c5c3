"""What a person says about the price of work, checked and written; opens no transaction."""

from django.utils.translation import gettext as _

from contracts.models import Contract
from tickets.domain.work import Pricing
from tickets.domain.worktime import LONGEST_MINUTES
from tickets.models import ContractChoice, Ticket, TimeEntry
from tickets.refusals import ImpossibleTime, NotOfThisClient, PriceNegative


def describe_pricing(entry: TimeEntry, pricing: Pricing) -> None:
    """Write what was said about the price into the row, without saving it.

    :raises Refusal: the contract is another client's, or a number is out of range
    """
    minutes, rate = pricing.billable_minutes, pricing.hourly_rate
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        raise ImpossibleTime(_("One entry holds at most 24 hours."), "billable_minutes")
    if rate is not None and rate < 0:
        raise PriceNegative(_("A rate cannot be negative."), "hourly_rate")
    entry.contract = contract_of(entry.ticket, pricing.contract_choice, pricing.contract_id)
    entry.contract_choice = pricing.contract_choice
    entry.billable_minutes, entry.hourly_rate = minutes, rate
    entry.waiver = pricing.waiver
    entry.work_role_id, entry.travel_zone_id = pricing.work_role_id, pricing.travel_zone_id


def contract_of(ticket: Ticket, choice: str, contract_id: int | None) -> Contract | None:
    """Return the contract that was chosen, None where the rules or the client's rates decide.

    :raises NotOfThisClient: it is another client's
    """
    if choice != ContractChoice.CONTRACT:
        return None
    contract = Contract.objects.filter(pk=contract_id or 0, client=ticket.client_id).first()
    if contract is None:
        raise NotOfThisClient(_("Choose a contract of this client."), "contract")
    return contract
