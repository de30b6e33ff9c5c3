"""Steps for notes that several operations share; they open no transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Note, RuleWhen, Ticket
from tickets.operations._clock import keep_clock
from tickets.operations._followers import tell_of_note
from tickets.operations._mails_out import queue_reply
from tickets.operations._news import tell_news
from tickets.operations._occurrences import note_occurrence
from tickets.refusals import NothingToSave


def add_note(ticket: Ticket, body: str, *, is_public: bool, actor: User, now: datetime) -> Note:
    """Write on a locked ticket; what a client writes is always public, what they read is mailed.

    A public answer by the firm's people ends the time to the first answer.

    :raises NothingToSave: the text is empty
    """
    if not body.strip():
        raise NothingToSave(_("Write something first."))
    note = Note.objects.create(
        ticket=ticket,
        author=actor,
        body=body.strip(),
        is_public=is_public or not actor.is_firm_staff,
        written_at=now,
    )
    tell_news(ticket)
    tell_of_note(note, ticket, now)
    if note.is_public and actor.is_firm_staff:
        keep_clock(ticket, now)
        queue_reply(note, ticket)
    elif not actor.is_firm_staff:
        note_occurrence(ticket, RuleWhen.REPLIED, now, note=note)
    return note
