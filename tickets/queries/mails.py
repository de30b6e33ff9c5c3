"""Mails: what waits, where an answer belongs, and who a sender is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from clients.models import Client, Contact
from core.outbox import due_ids
from tickets.domain.mail_reading import Envelope
from tickets.mail_tokens import marked_tickets
from tickets.models import (
    InboundMail,
    Mailbox,
    MailState,
    Note,
    OutboundKind,
    OutboundMail,
    Ticket,
)

ONE_HOUR = timedelta(hours=1)
MOST_REFERENCES = 20
MOST_CONFIRMED_AN_HOUR = 5


@dataclass(frozen=True, slots=True)
class Sender:
    """Who an address is: one of the firm's people, or contacts of clients."""

    colleague: User | None
    contacts: tuple[Contact, ...]

    def contact_of(self, client_id: int) -> Contact | None:
        """Return the contact this address is at one client."""
        return next((one for one in self.contacts if one.client_id == client_id), None)

    @property
    def client(self) -> Client | None:
        """The client, where there is only one."""
        return self.contacts[0].client if len(self.contacts) == 1 else None


def due_inbound(now: datetime, limit: int) -> list[int]:
    """Return the stored mails that nobody has worked on, the oldest first."""
    due = InboundMail.objects.filter(state=MailState.WAITING, due_at__lte=now)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def due_outbound(now: datetime, limit: int) -> list[int]:
    """Return the mails that are to go out now."""
    return due_ids(OutboundMail.objects.all(), now, limit)


def sender_of(address: str) -> Sender:
    """Return who has this address."""
    if not address:
        return Sender(None, ())
    contacts = Contact.objects.filter(email__iexact=address).select_related("client", "user")
    colleague = User.objects.staff().filter(email__iexact=address).first()
    return Sender(colleague, tuple(contacts.order_by("pk")))


def is_ours(address: str, message_id: str) -> bool:
    """Whether a mail comes from a mailbox of ours or is one that we sent."""
    if address and Mailbox.objects.filter(address__iexact=address).exists():
        return True
    return bool(message_id) and OutboundMail.objects.filter(message_id=message_id).exists()


def answered_ticket(envelope: Envelope) -> Ticket | None:
    """Return the ticket that a mail answers: by its signed mark, else by what it refers to."""
    tickets = Ticket.objects.select_related("client", "status", "board")
    for text in (*envelope.recipients, envelope.subject):
        for key in marked_tickets(text):
            found: Ticket | None = tickets.filter(pk=key).first()
            if found is not None:
                return found
    referred = _referred(envelope.references)
    return tickets.filter(pk=referred).first() if referred else None


def _referred(references: Iterable[str]) -> int | None:
    """Return the ticket of the latest mail that is referred to."""
    ids = list(references)
    known: dict[str, int] = {}
    for rows in (Note.objects, OutboundMail.objects):
        known.update(rows.filter(message_id__in=ids).values_list("message_id", "ticket_id"))
    return next((known[one] for one in reversed(ids) if one in known), None)


def mailbox_for(recipients: Iterable[str]) -> Mailbox | None:
    """Return the mailbox that a mail was sent to, its mark left out."""
    plain = {_without_mark(one) for one in recipients}
    return Mailbox.objects.filter(address__in=plain).order_by("pk").first()


def _without_mark(address: str) -> str:
    name, _at, domain = address.partition("@")
    return f"{name.partition('+')[0]}@{domain}"


def mails_since(address: str, moment: datetime) -> int:
    """Return how many mails this address has sent since then."""
    return InboundMail.objects.filter(sender=address, received_at__gt=moment).count()


def may_be_machine(ticket: Ticket, now: datetime) -> bool:
    """Whether the ticket's contact opened so many tickets lately that a machine may answer ours.

    Some give neither a header nor the subject back, so that each answer opens another ticket.
    """
    told = OutboundMail.objects.filter(
        Q(kind=OutboundKind.RECEIVED) | Q(note__is_automatic=True), ticket=OuterRef("pk")
    )
    lately = Ticket.objects.filter(contact=ticket.contact, opened_at__gt=now - ONE_HOUR)
    others = lately.exclude(pk=ticket.pk).filter(Exists(told))
    return ticket.contact_id is not None and others.count() >= MOST_CONFIRMED_AN_HOUR


def readers_of(ticket: Ticket) -> list[str]:
    """Return who is written to: the ticket's contact, and colleagues who wrote about it by mail."""
    writers = Contact.objects.filter(
        pk__in=ticket.notes.exclude(contact=None).values("contact"), client=ticket.client_id
    ).exclude(email="")
    first = [ticket.contact.email] if ticket.contact and ticket.contact.email else []
    others = writers.order_by("pk").values_list("email", flat=True)
    return list(dict.fromkeys([*first, *others]))


def thread_of(ticket: Ticket) -> list[str]:
    """Return the ids of the ticket's mails in their order, the last few of many."""
    came = ticket.notes.exclude(message_id="").values_list("written_at", "message_id")
    went = ticket.outbound_mails.values_list("created_at", "message_id")
    return [one for _at, one in sorted([*came, *went])][-MOST_REFERENCES:]
