"""Steps that put a mail where it belongs; they open no transaction."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Client, Contact
from tickets.domain.files import MOST_BYTES
from tickets.domain.mail_kinds import (
    Returned,
    is_automatic,
    is_confirmed,
    returned,
    wants_no_answer,
)
from tickets.domain.mail_reading import ReadMail
from tickets.models import (
    InboundMail,
    MailReason,
    MailState,
    Note,
    NoteSource,
    OutboundMail,
    RuleWhen,
    Ticket,
)
from tickets.operations._attachments import attach_files
from tickets.operations._clock import keep_clock
from tickets.operations._followers import follow_copied, tell_of_note
from tickets.operations._mails_out import mailbox_of, queue_confirmation
from tickets.operations._news import tell_news
from tickets.operations._occurrences import note_occurrence
from tickets.operations._opening import NewTicket, add_ticket
from tickets.operations._tickets import bring_back
from tickets.queries.mails import (
    ONE_HOUR,
    Sender,
    answered_ticket,
    is_ours,
    mailbox_for,
    mails_since,
    sender_of,
)
from tickets.queries.merged import merge_of

MOST_AN_HOUR = 30


def sort_mail(row: InboundMail, mail: ReadMail, now: datetime) -> None:
    """Put the mail on its ticket, or say why a person must look at it."""
    describe(row, mail)
    if is_ours(row.sender, row.message_id):
        settle(row, MailState.SET_ASIDE, MailReason.OWN)
    elif not _came_before(row, mail):
        report = returned(mail)
        if report is None or not _take_back(row, report, now):
            _sort_letter(row, mail, now)


def describe(row: InboundMail, mail: ReadMail) -> None:
    """Note who wrote what to whom, for lists and searches."""
    envelope = mail.envelope
    row.message_id, row.sender = envelope.message_id, envelope.sender[:320]
    row.sender_name, row.subject = envelope.sender_name, envelope.subject
    row.mailbox = row.mailbox or mailbox_for(envelope.recipients)
    row.save(update_fields=["message_id", "sender", "sender_name", "subject", "mailbox"])


def settle(
    row: InboundMail,
    state: MailState,
    reason: MailReason = MailReason.NONE,
    note: Note | None = None,
) -> None:
    """Say what has become of the mail."""
    row.state, row.reason, row.last_error = state, reason, ""
    if note is not None:
        row.note, row.ticket_id = note, note.ticket_id
    row.save(update_fields=["state", "reason", "last_error", "note", "ticket"])


def write_mail(
    ticket: Ticket,
    mail: ReadMail,
    *,
    author: User | None,
    contact: Contact | None,
    now: datetime,
    is_answer: bool = True,
) -> Note:
    """Write the mail on a locked ticket; what colleagues and machines write stays in the house."""
    is_machine = is_automatic(mail)
    is_colleague = author is not None and author.is_firm_staff
    envelope = mail.envelope
    note = Note.objects.create(
        ticket=ticket,
        author=author,
        contact=contact,
        sender=_shown_sender(mail),
        body=mail.text,
        quoted=mail.quoted,
        html=mail.html,
        is_public=not is_machine and not is_colleague,
        is_automatic=is_machine,
        source=NoteSource.MAIL,
        message_id=envelope.message_id,
        written_at=now,
    )
    tell_news(ticket)
    tell_of_note(note, ticket, now)
    if not is_machine and _adds_copied(ticket):
        follow_copied(ticket, envelope.recipients, contact, now)
    # What is larger than a file may be stays in the mail as it came, where it can be downloaded.
    files = [brought for brought in mail.files if len(brought.content) <= MOST_BYTES]
    attach_files(note, files, actor=author, now=now)
    if not is_machine and not is_colleague:
        bring_back(ticket, author, now)
        if is_answer:
            note_occurrence(ticket, RuleWhen.REPLIED, now, note=note)
    return note


def _adds_copied(ticket: Ticket) -> bool:
    mailbox = mailbox_of(ticket)
    return mailbox is not None and mailbox.adds_copied


def open_by_mail(
    client: Client, mail: ReadMail, row: InboundMail, *, contact: Contact | None, now: datetime
) -> Note:
    """Make a ticket of the mail; its text is the first note, since one Message-ID is one note."""
    board = row.mailbox.board_id if row.mailbox else None
    with translation.override(client.language):
        subject = mail.envelope.subject or _("(no subject)")
    author = contact.user if contact is not None else None
    new = NewTicket(
        client_id=client.pk,
        subject=subject,
        board_id=board,
        contact_id=contact.pk if contact else None,
        site_id=contact.site_id if contact else None,
    )
    ticket = add_ticket(client, new, actor=author, now=now)
    note = write_mail(ticket, mail, author=author, contact=contact, now=now, is_answer=False)
    keep_clock(ticket, now)
    if not wants_no_answer(mail):
        queue_confirmation(note, ticket)
    return note


def _came_before(row: InboundMail, mail: ReadMail) -> bool:
    """Recognise a mail that came already; the same id over another text is for a person."""
    if not row.message_id:
        return False
    earlier = Note.objects.filter(message_id=row.message_id).first()
    if earlier is None:
        return False
    is_same = earlier.body == mail.text
    if is_same:
        settle(row, MailState.SET_ASIDE, MailReason.TWICE, earlier)
    else:
        settle(row, MailState.TRIAGE, MailReason.OTHER_TEXT)
    return True


def _take_back(row: InboundMail, report: Returned, now: datetime) -> bool:
    """Mark the mail of ours that came back; say whether there is one."""
    ours = (
        OutboundMail.objects.select_for_update().filter(message_id__in=report.message_ids).first()
    )
    if ours is None:
        return False
    if report.is_final:
        ours.bounced_at, ours.bounce_reason = now, report.reason
        ours.save(update_fields=["bounced_at", "bounce_reason"])
    row.ticket_id = ours.ticket_id
    row.save(update_fields=["ticket"])
    settle(row, MailState.BOUNCE)
    return True


def _sort_letter(row: InboundMail, mail: ReadMail, now: datetime) -> None:
    sender = sender_of(row.sender)
    ticket = _where_it_goes_on(answered_ticket(mail.envelope))
    reason = _doubt(row, mail, now) or _why_not(sender, ticket, mail)
    if reason:
        row.ticket = ticket
        row.save(update_fields=["ticket"])
        settle(row, MailState.TRIAGE, reason)
    elif ticket is not None:
        settle(row, MailState.DONE, note=_answer(ticket, mail, sender, now))
    elif sender.client is not None:
        [contact] = sender.contacts
        note = open_by_mail(sender.client, mail, row, contact=contact, now=now)
        settle(row, MailState.DONE, note=note)


def _where_it_goes_on(ticket: Ticket | None) -> Ticket | None:
    """Return the ticket that this one was merged into; an answer to either belongs there."""
    merge = merge_of(ticket) if ticket is not None else None
    return ticket if merge is None else merge.into


def _answer(ticket: Ticket, mail: ReadMail, sender: Sender, now: datetime) -> Note:
    needed = ("client", "status", "board", "sla_policy")
    locked = Ticket.objects.select_for_update(of=("self",)).select_related(*needed)
    contact = sender.contact_of(ticket.client_id)
    author = contact.user if contact is not None else sender.colleague
    return write_mail(locked.get(pk=ticket.pk), mail, author=author, contact=contact, now=now)


def _doubt(row: InboundMail, mail: ReadMail, now: datetime) -> MailReason:
    checker = row.mailbox.trusted_checker if row.mailbox else ""
    if checker and not is_confirmed(mail, checker):
        return MailReason.NOT_CONFIRMED
    if row.sender and mails_since(row.sender, now - ONE_HOUR) > MOST_AN_HOUR:
        return MailReason.TOO_MANY
    return MailReason.NONE


def _why_not(sender: Sender, ticket: Ticket | None, mail: ReadMail) -> MailReason:
    """Return why the mail cannot go onto the ticket, or become one, by itself."""
    if ticket is not None:
        is_known = sender.colleague or sender.contact_of(ticket.client_id)
        return MailReason.NONE if is_known else MailReason.FOREIGN_SENDER
    return _why_no_ticket(sender, mail)


def _why_no_ticket(sender: Sender, mail: ReadMail) -> MailReason:
    if is_automatic(mail):
        return MailReason.AUTOMATIC
    if sender.colleague is not None:
        return MailReason.COLLEAGUE
    if not sender.contacts:
        return MailReason.UNKNOWN_SENDER
    if sender.client is None:
        return MailReason.SEVERAL_CLIENTS
    return MailReason.FORMER_CLIENT if sender.client.is_lost else MailReason.NONE


def _shown_sender(mail: ReadMail) -> str:
    envelope = mail.envelope
    if not envelope.sender_name or not envelope.sender:
        return (envelope.sender or envelope.sender_name)[:320]
    return f"{envelope.sender_name[:150]} <{envelope.sender[:160]}>"
