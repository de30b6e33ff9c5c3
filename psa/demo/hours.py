"""The technicians' day sheets, their timers, and who follows which ticket."""

from datetime import date, datetime, timedelta

from accounts.models import User
from psa.demo.desk import Desk, working_days
from tickets.models import Ticket, TimeEntry, TimesheetDay
from tickets.operations.add_follower import add_follower
from tickets.operations.approve_days import approve_days
from tickets.operations.note_timer import note_timer
from tickets.operations.park_timer import park_timer
from tickets.operations.return_days import return_days
from tickets.operations.start_timer import start_timer
from tickets.operations.submit_days import submit_days

LOOK_BACK = timedelta(days=14)
KEPT_BACK = 2  # the last working days, which nobody has handed in yet
WAITING = 2  # the days before those, which wait for the manager
RETURNED_TO = 1
WHY_RETURNED = "Deux interventions se chevauchent, laquelle est juste ?"


def hand_in_time(desk: Desk, today: date) -> None:
    """Hand in the days of two weeks but the last ones: most approved, one returned."""
    days = working_days(today - LOOK_BACK, today)[:-KEPT_BACK]
    for person in desk.staff.technicians:
        _hand_in(person, days, desk.at(days[-1], 18, 30))
    old = TimesheetDay.objects.submitted().filter(day__in=days[:-WAITING])
    now = desk.at(today, 8, 15)
    doubtful = old.filter(person=desk.staff.technicians[RETURNED_TO]).order_by("-day").first()
    manager = desk.staff.manager
    if doubtful is not None:
        return_days(day_ids=[doubtful.pk], reason=WHY_RETURNED, actor=manager, now=now)
    approve_days(day_ids=list(old.values_list("pk", flat=True)), actor=manager, now=now)


def _hand_in(person: User, days: list[date], now: datetime) -> None:
    logged = TimeEntry.objects.filter(technician=person, worked_on__in=days)
    worked = sorted(set(logged.values_list("worked_on", flat=True)))
    if worked:
        submit_days(days=worked, actor=person, now=now)


def start_the_day(desk: Desk, today: date) -> None:
    """Let Inès measure one ticket after a call parked another, and people follow tickets."""
    person = desk.staff.technicians[0]
    first, second = Ticket.objects.open().filter(assignee=person).order_by("-pk")[:2]
    parked = start_timer(ticket_id=first.pk, actor=person, now=desk.at(today, 8, 2))
    note_timer(
        timer_id=parked.pk, ticket_id=first.pk, note="Journaux relus, cause trouvée", actor=person
    )
    park_timer(timer_id=parked.pk, actor=person, now=desk.at(today, 8, 21))
    start_timer(ticket_id=second.pk, actor=person, now=desk.at(today, 8, 24))
    _follow(desk, today)


def _follow(desk: Desk, today: date) -> None:
    """Let the manager and a second contact follow what burns, and Inès what others work on."""
    now = desk.at(today, 8, 30)
    manager, person = desk.staff.manager, desk.staff.technicians[0]
    for ticket in Ticket.objects.open().order_by("priority", "pk")[:3]:
        add_follower(ticket_id=ticket.pk, person_id=manager.pk, actor=manager, now=now)
        colleagues = ticket.client.contacts.exclude(pk=ticket.contact_id or 0).exclude(email="")
        for contact in colleagues.order_by("pk")[:1]:
            add_follower(ticket_id=ticket.pk, contact_id=contact.pk, actor=manager, now=now)
    others = Ticket.objects.open().exclude(assignee=None).exclude(assignee=person)
    for ticket in others.order_by("pk")[:2]:
        add_follower(ticket_id=ticket.pk, person_id=person.pk, actor=person, now=now)
