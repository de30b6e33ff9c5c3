"""Say which contract pays for work, where the contracts' rules leave it open."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Contract
from tickets.models import ContractChoice, Ticket, TimeEntry
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.refusals import NotOfThisClient


@transaction.atomic(durable=True)
def choose_contract(
    *,
    ticket_id: int,
    choice: str,
    contract_id: int | None = None,
    entry_id: int | None = None,
    actor: User,
) -> None:
    """Let a contract, or none, pay for one time entry or for all work on the ticket.

    Work that is already billed keeps its price.

    :raises Refusal: the contract is another client's, or the entry is billed
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    contract = _contract_of(ticket, choice, contract_id)
    subject = ticket if entry_id is None else TimeEntry.objects.get(pk=entry_id, ticket=ticket)
    subject.contract_choice, subject.contract = choice, contract
    with refusing_billed():
        subject.save(update_fields=["contract_choice", "contract"])


def _contract_of(ticket: Ticket, choice: str, contract_id: int | None) -> Contract | None:
    if choice != ContractChoice.CONTRACT:
        return None
    contract = Contract.objects.filter(pk=contract_id, client=ticket.client_id).first()
    if contract is None:
        raise NotOfThisClient(_("Choose a contract of this client."), "contract")
    return contract
