"""What lies on the desk of the demonstration firm today."""

from datetime import date, timedelta

from psa.demo.automation import let_rules_act
from psa.demo.desk import Desk
from psa.demo.parties import Account
from psa.demo.stories import STORIES
from tickets.domain.work import Response
from tickets.models import Priority, TicketTemplate
from tickets.operations.keep_view import ViewWording, keep_view
from tickets.operations.look_at_clock import look_at_clock
from tickets.operations.respond import respond
from tickets.operations.retag_ticket import retag_ticket

# Days ago, priority, who of the technicians (none: nobody yet), status, whether time is logged.
OPEN = (
    (9, Priority.LOW, 1, "waiting", True),
    (6, Priority.NORMAL, 0, "waiting", True),
    (5, Priority.NORMAL, 2, "in-progress", True),
    (4, Priority.HIGH, 0, "in-progress", True),
    (3, Priority.NORMAL, 3, "in-progress", True),
    (2, Priority.NORMAL, None, "new", False),
    (2, Priority.HIGH, 0, "in-progress", True),
    (1, Priority.NORMAL, 1, "in-progress", True),
    (1, Priority.LOW, None, "new", False),
    (1, Priority.URGENT, 0, "new", False),
    (1, Priority.NORMAL, 2, "new", False),
    (1, Priority.HIGH, None, "new", False),
)
# Tags of the first of these tickets; the others have none.
TAGGED = ("pièce commandée", "vip, pièce commandée", "réseau", "vip")
VIEWS = (
    ViewWording(
        name="Sans technicien",
        is_shared=True,
        filters={"scope": "unassigned"},
        sort="due",
        columns=("priority", "subject", "client", "due", "contact", "opened_at"),
    ),
    ViewWording(
        name="Tableau de l'atelier", is_shared=True, filters={"scope": "open"}, layout="board"
    ),
)


def leave_open(desk: Desk, accounts: list[Account], today: date) -> None:
    """Leave a dozen tickets open, as they came in on the last days."""
    for n, (ago, priority, technician, status, is_begun) in enumerate(OPEN):
        account, story = accounts[n % len(accounts)], STORIES[n % len(STORIES)]
        who = desk.staff.technicians[technician] if technician is not None else None
        day = today - timedelta(days=ago)
        ticket = desk.take_call(
            account, day, story, priority=priority, assignee_id=who.pk if who else None
        )
        let_rules_act(ticket.opened_at)
        if who is not None and is_begun:
            desk.answer(ticket, who)
            first_look = Response(body=story.answer if status == "waiting" else "")
            desk.work(ticket, who, day, story, first_look)
        if who is not None and status != "new":
            step = Response(status_id=desk.statuses[status].pk)
            respond(ticket_id=ticket.pk, response=step, actor=who, now=desk.at(day, 17, 30))
        if n < len(TAGGED):
            retag_ticket(
                ticket_id=ticket.pk,
                actor=desk.staff.manager,
                now=ticket.opened_at,
                add=[TAGGED[n]],
            )
        look_at_clock(ticket_id=ticket.pk, now=desk.at(today, 8, 30))
    TicketTemplate.objects.create(
        name="Départ d'un collaborateur",
        subject="Départ de …",
        description="Nom, dernier jour, qui reprend la messagerie ?",
        priority=Priority.HIGH,
        checklist="Bloquer le compte\nRediriger la messagerie\nReprendre le poste",
    )
    for view in VIEWS:
        keep_view(wording=view, actor=desk.staff.manager)
