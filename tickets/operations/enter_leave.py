"""Say when somebody is away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Leave
from tickets.operations._scheduling import require_may_schedule
from tickets.operations._tickets import find_colleague, require_firm_staff
from tickets.operations._timers import lock_people
from tickets.refusals import ReasonMissing, SlotImpossible


@transaction.atomic(durable=True)
def enter_leave(
    *,
    person_id: int,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    actor: User,
    leave_id: int | None = None,
) -> Leave:
    """Enter leave, or change what was entered; appointments within it stay and are marked.

    :raises Refusal: it has no reason or runs backwards, or it is somebody else's
    :raises Leave.DoesNotExist: it was removed meanwhile
    """
    require_firm_staff(actor)
    leave = Leave() if leave_id is None else Leave.objects.select_for_update().get(pk=leave_id)
    require_may_schedule(actor, person_id, *([leave.person_id] if leave.pk else []))
    if ends_at <= starts_at:
        raise SlotImpossible(_("The leave ends before it starts."))
    if not reason.strip():
        raise ReasonMissing(_("Say why."), "reason")
    leave.person = find_colleague(person_id)
    lock_people({person_id})
    leave.starts_at, leave.ends_at, leave.reason = starts_at, ends_at, reason.strip()
    leave.save()
    return leave
