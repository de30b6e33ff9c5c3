"""Call an appointment off."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Appointment
from tickets.operations._appointments import lock_appointment
from tickets.operations._scheduling import require_may_schedule


@transaction.atomic(durable=True)
def cancel_appointment(
    *, appointment_id: int, actor: User, now: datetime, seen: int | None = None
) -> Appointment:
    """Cancel an appointment; calendars that have read it are told. Twice is once.

    :raises Refusal: it is somebody else's, or was changed meanwhile
    :raises Appointment.DoesNotExist: it is not there for this person
    """
    row = lock_appointment(appointment_id, actor, seen)
    require_may_schedule(actor, row.technician_id)
    if not row.is_cancelled:
        row.cancelled_at = row.changed_at = now
        row.revision += 1
        row.save(update_fields=["cancelled_at", "changed_at", "revision"])
    return row
