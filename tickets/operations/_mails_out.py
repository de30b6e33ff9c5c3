"""Steps that put mails into the outbox; they open no transaction."""

from collections.abc import Sequence
from secrets import token_hex

from core.doorbell import ring
from tickets.models import Mailbox, Note, OutboundKind, OutboundMail, Ticket
from tickets.queries.followers import copied_addresses
from tickets.queries.mails import may_be_machine, readers_of
from tickets.queries.merged import merge_of

DELIVERY = "tickets.mail_tasks.deliver_due_mails"


def queue_reply(note: Note, ticket: Ticket) -> None:
    """Send a public reply to whom it is for, and copies to the contacts who follow the ticket."""
    recipients = readers_of(ticket)
    copies = copied_addresses(ticket, recipients)
    _queue(OutboundKind.REPLY, ticket, recipients, f"reply:{note.pk}", note, copies)


def queue_confirmation(note: Note, ticket: Ticket) -> None:
    """Tell whoever opened a ticket by mail its number; no more where it may run in circles."""
    mailbox = mailbox_of(ticket)
    if mailbox is None or may_be_machine(ticket, note.written_at):
        return
    if mailbox.acknowledges:
        _queue(OutboundKind.RECEIVED, ticket, readers_of(ticket), f"received:{note.pk}", note)


def queue_question(ticket: Ticket, step_pk: int) -> None:
    """Ask how it was, since the ticket is closed; a reply that is on its way asks it itself.

    A ticket that goes on in another one is not done: nobody is asked about it.
    """
    mailbox = mailbox_of(ticket)
    if mailbox is None or not mailbox.asks_for_rating or merge_of(ticket) is not None:
        return
    if not ticket.outbound_mails.filter(state="waiting", kind=OutboundKind.REPLY).exists():
        _queue(OutboundKind.CLOSED, ticket, readers_of(ticket)[:1], f"closed:{step_pk}")


def mailbox_of(ticket: Ticket) -> Mailbox | None:
    """Return the address that a ticket's mails go out from."""
    return Mailbox.objects.filter(board=ticket.board_id).first()


def _queue(
    kind: OutboundKind,
    ticket: Ticket,
    recipients: list[str],
    key: str,
    note: Note | None = None,
    copies: Sequence[str] = (),
) -> None:
    mailbox = mailbox_of(ticket)
    if mailbox is None or not (recipients or copies):
        return
    domain = mailbox.address.rpartition("@")[2]
    OutboundMail.objects.create(
        key=key,
        kind=kind,
        ticket=ticket,
        note=note,
        mailbox=mailbox,
        recipients=recipients,
        copies=list(copies),
        message_id=f"ticket-{ticket.pk}-{token_hex(12)}@{domain}",
    )
    ring(DELIVERY)
