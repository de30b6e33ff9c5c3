"""Steps for what is typed and not sent yet; they open no transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Draft, Ticket
from tickets.refusals import AlreadySent


def close_sheet(ticket: Ticket, sheet: str, *, actor: User, now: datetime) -> None:
    """Put away the draft of a locked ticket, since its sheet is being sent.

    :raises AlreadySent: the same sheet was sent before
    """
    draft = Draft.objects.select_for_update().filter(ticket=ticket, author=actor).first()
    if draft is not None and sheet and draft.sent_sheet == sheet:
        raise AlreadySent(_("This was saved already; nothing was saved twice."))
    if draft is None and not sheet:
        return
    draft = draft or Draft(ticket=ticket, author=actor)
    draft.fields, draft.sheet, draft.saved_at = {}, "", now
    draft.sent_sheet = sheet or draft.sent_sheet
    draft.save()
