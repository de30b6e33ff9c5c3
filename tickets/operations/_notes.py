"""Steps for notes that several operations share; they open no transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Note, Ticket
from tickets.refusals import NothingToSave


def add_note(ticket: Ticket, body: str, *, is_public: bool, actor: User, now: datetime) -> Note:
    """Write on a locked ticket; what a client writes is always public.

    :raises NothingToSave: the text is empty
    """
    if not body.strip():
        raise NothingToSave(_("Write something first."))
    return Note.objects.create(
        ticket=ticket,
        author=actor,
        body=body.strip(),
        is_public=is_public or not actor.is_firm_staff,
        written_at=now,
    )
