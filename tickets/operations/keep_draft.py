"""Keep what somebody is typing on a ticket."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Draft, Ticket
from tickets.operations._tickets import require_firm_staff
from tickets.refusals import DraftTooLong

LONGEST = 200_000


@transaction.atomic(durable=True)
def keep_draft(
    *, ticket_id: int, sheet: str, fields: Mapping[str, str], actor: User, now: datetime
) -> bool:
    """Keep the fields in the place of what was kept before; say whether there is a draft now.

    What arrives late, after its sheet was sent, is dropped: it would be sent a second time.

    :raises Refusal: the actor is a client's, or it is too long to be kept
    """
    require_firm_staff(actor)
    if sum(map(len, fields.values())) > LONGEST:
        raise DraftTooLong(_("This text is too long to be kept as a draft."))
    ticket = Ticket.objects.visible_to(actor).get(pk=ticket_id)
    draft, _made = Draft.objects.select_for_update().get_or_create(
        ticket=ticket, author=actor, defaults={"saved_at": now}
    )
    if sheet and draft.sent_sheet == sheet:
        return False
    draft.fields, draft.sheet, draft.saved_at = dict(fields), sheet, now
    draft.save(update_fields=["fields", "sheet", "saved_at"])
    return bool(fields)
