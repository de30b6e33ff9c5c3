"""Take back minutes of billed time that turned out not to be owed."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import TimeCorrection, TimeEntry
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.queries.billed import is_billed
from tickets.refusals import ImpossibleTime, NotBilledYet, ReasonMissing


@transaction.atomic(durable=True)
def take_back_time(
    *, entry_id: int, minutes: int, reason: str, found_on: date, actor: User
) -> TimeCorrection:
    """Record minutes that are given back; the next billing run credits them as they were billed.

    :raises Refusal: it is not billed, no reason, or more minutes than are left of the entry
    """
    require_firm_staff(actor)
    entry = TimeEntry.objects.visible_to(actor).get(pk=entry_id)
    lock_ticket(entry.ticket_id, actor)
    if not reason.strip():
        raise ReasonMissing(_("Say why these minutes are not owed."), "reason")
    if not is_billed(entry):
        raise NotBilledYet(_("This time is on no invoice yet: correct it instead."))
    taken = entry.corrections.aggregate(Sum("minutes"))["minutes__sum"] or 0
    left = entry.minutes - taken
    if not 0 < minutes <= left:
        raise ImpossibleTime(
            _("Of this entry %(left)d minutes are left to take back.") % {"left": left}, "minutes"
        )
    return TimeCorrection.objects.create(
        time_entry=entry,
        minutes=minutes,
        reason=reason.strip(),
        found_on=found_on,
        corrected_by=actor,
    )
