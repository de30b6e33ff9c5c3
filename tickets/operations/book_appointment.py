"""Agree on when somebody works on a ticket."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.domain.scheduling import Booking
from tickets.models import Appointment
from tickets.operations._clock import keep_clock
from tickets.operations._scheduling import (
    require_accepted,
    require_may_schedule,
    require_slot,
)
from tickets.operations._tickets import (
    find_colleague,
    lock_ticket,
    require_firm_staff,
    require_open,
)
from tickets.operations._timers import lock_people


@transaction.atomic(durable=True)
def book_appointment(
    *,
    ticket_id: int,
    booking: Booking,
    actor: User,
    now: datetime,
) -> Appointment:
    """Book a technician for a ticket; a ticket that nobody has becomes theirs.

    :raises Refusal: the time is impossible, somebody else's, in conflict, or the ticket is closed
    :raises Ticket.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    require_may_schedule(actor, booking.technician_id)
    time = require_slot(booking)
    ticket = lock_ticket(ticket_id, actor)
    require_open(ticket)
    technician = find_colleague(booking.technician_id)
    lock_people({technician.pk})
    require_accepted(time, technician, booking.accepted)
    if ticket.assignee_id is None:
        keep_clock(ticket, now)
        ticket.assignee = technician
        ticket.save(update_fields=["assignee"])
    return Appointment.objects.create(
        ticket=ticket,
        technician=technician,
        starts_at=time.start,
        ends_at=time.end,
        note=booking.note.strip(),
        booked_by=actor,
        changed_at=now,
    )
