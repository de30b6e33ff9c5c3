"""Move an appointment, make it longer or shorter, or give it to somebody else."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.scheduling import Booking
from tickets.models import Appointment
from tickets.operations._appointments import lock_appointment
from tickets.operations._scheduling import (
    require_accepted,
    require_may_schedule,
    require_slot,
)
from tickets.operations._tickets import find_colleague, require_open
from tickets.operations._timers import lock_people
from tickets.refusals import AppointmentCancelled


@transaction.atomic(durable=True)
def move_appointment(
    *,
    appointment_id: int,
    booking: Booking,
    actor: User,
    now: datetime,
    seen: int | None = None,
) -> Appointment:
    """Change when an appointment is, whose it is and what is noted.

    ``seen`` is the revision that the actor looked at.

    :raises Refusal: the time is impossible, somebody else's or in conflict, the appointment was
        cancelled or changed meanwhile, or its ticket is closed
    :raises Appointment.DoesNotExist: it is not there for this person
    """
    time = require_slot(booking)
    row = lock_appointment(appointment_id, actor, seen)
    require_may_schedule(actor, row.technician_id, booking.technician_id)
    if row.is_cancelled:
        raise AppointmentCancelled(_("This appointment was cancelled. Make a new one."))
    require_open(row.ticket)
    technician = find_colleague(booking.technician_id)
    lock_people({technician.pk})
    require_accepted(time, technician, booking.accepted, but=row.pk)
    row.technician = technician
    row.starts_at, row.ends_at = time.start, time.end
    row.note = booking.note.strip()
    row.revision, row.changed_at = row.revision + 1, now
    row.save()
    return row
