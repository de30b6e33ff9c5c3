"""Put a mail that a person has looked at onto a ticket."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._deciding import decide, lock_mail, read_for_person
from tickets.operations._mails_in import write_mail
from tickets.operations._tickets import lock_ticket
from tickets.queries.mails import sender_of


@transaction.atomic(durable=True)
def add_mail_to_ticket(*, mail_id: int, ticket_id: int, actor: User, now: datetime) -> Ticket:
    """Write the mail on the ticket, whoever sent it: a person of the firm vouches for that.

    :raises MailPlaced: it is on a ticket already
    """
    row = lock_mail(mail_id, actor)
    ticket = lock_ticket(ticket_id, actor)
    contact = sender_of(row.sender).contact_of(ticket.client_id)
    author = contact.user if contact is not None else None
    note = write_mail(ticket, read_for_person(row), author=author, contact=contact, now=now)
    decide(row, note, actor=actor, now=now)
    return ticket
