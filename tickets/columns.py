"""The columns of the lists of tickets, and which tickets the tabs show."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.listing import Column
from tickets.drawing import assignee_cell, due_cell, subject_cell
from tickets.models import Ticket
from tickets.queries.worklist import Scope

PRIORITY = Column[Ticket](
    "priority",
    _("Priority"),
    "get_priority_display",
    sort=("priority", "opened_at"),
    cell="tickets/cells.html#priority",
    alike=lambda row: row.priority,
    phone="side",
)
SUBJECT = Column[Ticket](
    "subject",
    _("Ticket"),
    str,
    sort="number",
    draw=subject_cell,
    phone="title",
)
CLIENT = Column[Ticket]("client", _("Client"), "client.name", sort="client__name")
STATUS = Column[Ticket](
    "status",
    _("Status"),
    "status.name",
    sort="status__position",
    cell="tickets/cells.html#status",
    alike=lambda row: row.status_id,
)
ASSIGNEE = Column[Ticket](
    "assignee",
    _("Assigned to"),
    "assignee",
    sort=("assignee__first_name", "assignee__last_name"),
    draw=assignee_cell,
)
DUE = Column[Ticket](
    "due", _("Due"), "due_at", kind="moment", sort=("due_at", "priority", "opened_at"),
    draw=due_cell,
)  # fmt: skip
OPENED = Column[Ticket]("opened_at", _("Opened"), kind="ago", sort="opened_at")
CLOSED = Column[Ticket]("closed_at", _("Closed"), kind="ago", sort="closed_at", phone="hidden")
BOARD = Column[Ticket]("board", _("Board"), "board", sort="board__name")
CATEGORY = Column[Ticket]("category", _("Category"), "category", sort="category__name")
CONTACT = Column[Ticket]("contact", _("Contact"), "contact", sort="contact__last_name")
SITE = Column[Ticket]("site", _("Site"), "site", sort="site__name")
COLUMNS = (PRIORITY, SUBJECT, CLIENT, STATUS, DUE, ASSIGNEE, OPENED)
MORE_COLUMNS = (BOARD, CATEGORY, CONTACT, SITE, CLOSED)
MORE_RELATED = ("board", "category", "contact", "site")
SCOPES = (
    (Scope.DESK, _("My desk")),
    (Scope.OPEN, _("All open")),
    (Scope.UNASSIGNED, _("Unassigned")),
    (Scope.WAITING, _("Waiting")),
    (Scope.FOLLOWED, _("I follow")),
    (Scope.CLOSED, pgettext_lazy("tickets", "Closed")),
    (Scope.ALL, pgettext_lazy("tickets", "All")),
)
