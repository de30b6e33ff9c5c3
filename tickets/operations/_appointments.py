"""Finding an appointment to change; opens no transaction."""

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Appointment
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.refusals import ChangedMeanwhile


def lock_appointment(appointment_id: int, actor: User, seen: int | None) -> Appointment:
    """Return an appointment with its ticket, both locked, the ticket first.

    :raises ChangedMeanwhile: it is not any more as the actor has seen it
    :raises Appointment.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    found = Appointment.objects.visible_to(actor).get(pk=appointment_id)
    ticket = lock_ticket(found.ticket_id, actor)
    row = Appointment.objects.select_for_update().get(pk=appointment_id)
    row.ticket = ticket
    if seen is not None and seen != row.revision:
        raise ChangedMeanwhile(
            _("Somebody else has changed this appointment meanwhile. This is how it is now.")
        )
    return row
