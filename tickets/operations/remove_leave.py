"""Take back leave."""

from django.db import transaction

from accounts.models import User
from tickets.models import Leave
from tickets.operations._scheduling import require_may_schedule
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def remove_leave(*, leave_id: int, actor: User) -> None:
    """Remove leave; who takes back what is gone already has what they want.

    :raises NotYourSchedule: it is somebody else's
    """
    require_firm_staff(actor)
    leave = Leave.objects.select_for_update().filter(pk=leave_id).first()
    if leave is not None:
        require_may_schedule(actor, leave.person_id)
        leave.delete()
