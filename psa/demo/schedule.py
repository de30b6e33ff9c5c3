"""The week of the demonstration firm on the dispatch calendar: appointments, and who is away."""

from datetime import date, datetime, time, timedelta

from psa.demo.desk import Desk, working_days
from tickets.domain.scheduling import Booking
from tickets.models import Ticket
from tickets.operations.book_appointment import book_appointment
from tickets.operations.enter_leave import enter_leave
from tickets.refusals import SlotConflicts

# Working days from today on, technician, hour, minutes, note. Karim has one hour twice, on purpose.
PLANNED = (
    (0, 0, 9, 90, "Sonner à l'entrée de service"),
    (0, 0, 14, 60, ""),
    (0, 1, 10, 120, "Prendre un onduleur de rechange"),
    (0, 3, 15, 45, ""),
    (1, 1, 9, 60, ""),
    (1, 1, 9, 90, "À deux avec le client, à distance"),
    (1, 2, 14, 120, ""),
    (2, 3, 10, 180, "Badge à l'accueil"),
)
AWAY_IN, AWAY_DAYS = 2, 2
LOOK_AHEAD = timedelta(days=14)


def plan_week(desk: Desk, today: date) -> None:
    """Book some of the open tickets for the days to come, and let Sophie be away for two days."""
    days = working_days(today, today + LOOK_AHEAD)
    _go_away(desk, days[AWAY_IN], days[AWAY_IN + AWAY_DAYS - 1])
    tickets = list(Ticket.objects.open().exclude(assignee=None).order_by("pk"))
    for n, (ahead, who, hour, minutes, note) in enumerate(PLANNED):
        start = desk.at(days[ahead], hour, 0)
        end = start + timedelta(minutes=minutes)
        person = desk.staff.technicians[who].pk
        booking = Booking(person, start, end, note)
        _book(desk, tickets[n % len(tickets)], booking, desk.at(today, 8, 40))


def _book(desk: Desk, ticket: Ticket, booking: Booking, now: datetime) -> None:
    """Book it as a dispatcher does, who accepts what stands against it once it is told."""
    manager = desk.staff.manager
    try:
        book_appointment(ticket_id=ticket.pk, booking=booking, actor=manager, now=now)
    except SlotConflicts as told:
        seen = Booking(
            booking.technician_id,
            booking.starts_at,
            booking.ends_at,
            booking.note,
            frozenset(told.keys),
        )
        book_appointment(ticket_id=ticket.pk, booking=seen, actor=manager, now=now)


def _go_away(desk: Desk, first: date, last: date) -> None:
    midnight = time(0)
    enter_leave(
        person_id=desk.staff.technicians[2].pk,
        starts_at=datetime.combine(first, midnight, tzinfo=desk.zone),
        ends_at=datetime.combine(last + timedelta(days=1), midnight, tzinfo=desk.zone),
        reason="Congés",
        actor=desk.staff.manager,
    )
