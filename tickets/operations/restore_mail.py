"""Bring back a mail that was thrown away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import InboundMail, MailState
from tickets.operations._deciding import decide
from tickets.operations._tickets import require_firm_staff
from tickets.refusals import MailPlaced


@transaction.atomic(durable=True)
def restore_mail(*, mail_id: int, actor: User, now: datetime) -> InboundMail:
    """Put a discarded mail back into the queue.

    :raises MailPlaced: it was not discarded
    """
    require_firm_staff(actor)
    row = InboundMail.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=mail_id)
    if not row.is_discarded:
        raise MailPlaced(_("This mail was not thrown away."))
    decide(row, None, actor=actor, now=now, state=MailState.TRIAGE)
    return row
