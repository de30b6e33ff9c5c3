"""Make a ticket of a mail that a person has looked at."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Client, Contact
from tickets.models import InboundMail, Ticket
from tickets.operations._deciding import decide, lock_mail, read_for_person
from tickets.operations._mails_in import open_by_mail
from tickets.operations._tickets import require_of_client
from tickets.refusals import AddressTaken, SenderUnclear


@transaction.atomic(durable=True)
def make_ticket_of_mail(
    *,
    mail_id: int,
    client_id: int,
    actor: User,
    now: datetime,
    contact_id: int | None = None,
    remembers_sender: bool = False,
) -> Ticket:
    """Open a ticket for the client with the mail as its first note.

    ``remembers_sender`` makes the sender a contact of the client, so that the next mail of theirs
    needs nobody.

    :raises Refusal: the mail is on a ticket already, or the contact is another client's
    """
    row = lock_mail(mail_id, actor)
    client = Client.objects.visible_to(actor).get(pk=client_id)
    require_of_client(client, contact_id=contact_id, site_id=None, asset_id=None)
    contact = Contact.objects.filter(pk=contact_id or 0).select_related("user").first()
    if contact is None and remembers_sender:
        contact = _remember(row, client)
    note = open_by_mail(client, read_for_person(row), row, contact=contact, now=now)
    decide(row, note, actor=actor, now=now)
    return note.ticket


def _remember(row: InboundMail, client: Client) -> Contact:
    """Make the sender a contact of the client."""
    if not row.sender:
        raise SenderUnclear(
            _("This mail has no clear sender who could become a contact."), "contact"
        )
    known = client.contacts.filter(email__iexact=row.sender).first()
    if known is not None:
        return known
    if Contact.objects.filter(email__iexact=row.sender).exists():
        raise AddressTaken(_("This address belongs to a contact of another client."), "client")
    name = row.sender_name or row.sender.partition("@")[0]
    first, _space, last = name.rpartition(" ")
    return Contact.objects.create(
        client=client, email=row.sender, first_name=first[:80], last_name=last[:80]
    )
