"""Keep what somebody is typing into the form of a new ticket."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import NewTicketDraft
from tickets.operations._tickets import require_firm_staff
from tickets.operations.keep_draft import LONGEST
from tickets.refusals import DraftTooLong


@transaction.atomic(durable=True)
def keep_new_ticket_draft(
    *, sheet: str, fields: Mapping[str, str], actor: User, now: datetime, is_sent: bool = False
) -> bool:
    """Keep the fields in the place of what was kept before; say whether there is a draft now.

    Once a sheet is sent, whatever arrives late from it is dropped.

    :raises Refusal: the actor is a client's, or it is too long to be kept
    """
    require_firm_staff(actor)
    if sum(map(len, fields.values())) > LONGEST:
        raise DraftTooLong(_("This text is too long to be kept as a draft."))
    drafts = NewTicketDraft.objects.select_for_update()
    draft, _made = drafts.get_or_create(author=actor, defaults={"saved_at": now})
    if not is_sent and sheet and draft.sent_sheet == sheet:
        return False
    draft.fields, draft.saved_at = {} if is_sent else dict(fields), now
    draft.sent_sheet = sheet if is_sent else draft.sent_sheet
    draft.save(update_fields=["fields", "saved_at", "sent_sheet"])
    return bool(draft.fields)
