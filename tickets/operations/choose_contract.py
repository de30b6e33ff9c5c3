"""Say which contract pays for work, where the contracts' rules leave it open."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import TimeEntry
from tickets.operations._clock import keep_clock
from tickets.operations._evidence import refusing_billed
from tickets.operations._pricing import contract_of
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def choose_contract(
    *,
    ticket_id: int,
    choice: str,
    contract_id: int | None = None,
    entry_id: int | None = None,
    actor: User,
    now: datetime,
) -> None:
    """Let a contract, or none, pay for one time entry or for all work on the ticket.

    Work that is already billed keeps its price.

    :raises Refusal: the contract is another client's, or the entry is billed
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    contract = contract_of(ticket, choice, contract_id)
    subject = ticket if entry_id is None else TimeEntry.objects.get(pk=entry_id, ticket=ticket)
    subject.contract_choice, subject.contract = choice, contract
    with refusing_billed():
        subject.save(update_fields=["contract_choice", "contract"])
    if entry_id is None:
        keep_clock(ticket, now)
