"""Reply to the client, or note something down for the firm."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Note
from tickets.operations._merges import require_not_merged, where_it_goes_on
from tickets.operations._notes import add_note
from tickets.operations._tickets import bring_back, lock_ticket


@transaction.atomic(durable=True)
def write_note(*, ticket_id: int, body: str, is_public: bool, actor: User, now: datetime) -> Note:
    """Write on the ticket; a client's answer brings a waiting or closed ticket back.

    What a client writes on a ticket that was merged is read where that one goes on.

    :raises NothingToSave: the text is empty
    """
    ticket = lock_ticket(ticket_id, actor)
    if actor.is_firm_staff:
        require_not_merged(ticket)
    else:
        ticket = where_it_goes_on(ticket, actor)
    note = add_note(ticket, body, is_public=is_public, actor=actor, now=now)
    if not actor.is_firm_staff:
        bring_back(ticket, actor, now)
    return note
