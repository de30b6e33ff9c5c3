"""Bring files for an answer that is being written."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.files import FileBrought
from tickets.models import Attachment
from tickets.operations._attachments import keep_file
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.queries.waiting_files import waiting_files
from tickets.refusals import TooManyFiles

MOST_WAITING = 20


@transaction.atomic(durable=True)
def bring_files(
    *, ticket_id: int, files: Iterable[FileBrought], actor: User, now: datetime
) -> list[Attachment]:
    """Keep the files until they are sent with a note; until then no client sees them.

    :raises Refusal: one is too large, or there are too many
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    kept = [keep_file(ticket_id, brought, actor, now) for brought in files]
    if waiting_files(ticket, actor).count() > MOST_WAITING:
        raise TooManyFiles(
            _("One answer takes at most %(most)d files.") % {"most": MOST_WAITING}, "files"
        )
    return kept
