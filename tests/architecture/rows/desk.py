"""The ticket page: its composer, who else is there, and what hangs on it."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World
from tickets.models import CannedReply
from tickets.tests.factories import TicketFactory

Kwargs = Mapping[str, Any]


def _ticket(world: World) -> Kwargs:
    return {"pk": world.ticket.pk}


def _second_part(world: World) -> Kwargs:
    return {"pk": world.ticket.pk, "number": 2}


def _point(world: World) -> Kwargs:
    return {"pk": world.ticket.checklist.create(text="Call back", position=1).pk}


def _link(world: World) -> Kwargs:
    other = TicketFactory.create(client=world.company)
    return {"pk": world.ticket.links.create(other=other).pk}


def _merge(world: World) -> Kwargs:
    into = TicketFactory.create(client=world.company)
    merge = world.ticket.merges.create(
        into=into, status_before=world.ticket.status, merged_at=world.ticket.opened_at
    )
    return {"pk": merge.pk}


def _reply(_world: World) -> Kwargs:
    return {"pk": CannedReply.objects.create(title="Hello", body="Hello {contact}").pk}


def _file(world: World) -> Kwargs:
    file = world.attachment
    file.note, file.added_by = None, world.cast["technician"]
    file.save()
    return {"pk": file.pk}


ROWS: dict[str, Row] = {
    "tickets:my-work": page("tickets.change_ticket"),
    "tickets:take-next": action("tickets.change_ticket"),
    "tickets:ticket-draft": action("tickets.add_timeentry", _ticket),
    "tickets:checklist-add": action("tickets.add_checklistitem", _ticket),
    "tickets:checklist-tick": action("tickets.change_checklistitem", _point),
    "tickets:checklist-remove": action("tickets.delete_checklistitem", _point),
    "api:checklist-item-list": noun("tickets.checklistitem", methods=("GET", "POST")),
    "api:checklist-item-detail": noun("tickets.checklistitem", _point, ("GET", "PATCH", "DELETE")),
    "tickets:link-add": action("tickets.add_ticketlink", _ticket),
    "tickets:link-remove": action("tickets.delete_ticketlink", _link),
    "api:ticket-link-list": noun("tickets.ticketlink", methods=("GET", "POST")),
    "api:ticket-link-detail": noun("tickets.ticketlink", _link, ("GET", "DELETE")),
    "tickets:ticket-merge": form("tickets.change_ticket", _ticket),
    "tickets:merge-undo": action("tickets.change_ticket", _merge),
    "api:ticket-merge-list": noun("tickets.ticketmerge", methods=("GET", "POST")),
    "api:ticket-merge-detail": noun("tickets.ticketmerge", _merge, ("GET", "DELETE")),
    "api:ticket-respond": deed("tickets.add_timeentry", _ticket),
    "api:ticket-take-next": Row("api", {"POST": "tickets.change_ticket"}),
    "tickets:replies": page("tickets.view_cannedreply"),
    "tickets:reply-create": form("tickets.add_cannedreply"),
    "tickets:reply-edit": form("tickets.change_cannedreply", _reply),
    "tickets:reply-delete": action("tickets.delete_cannedreply", _reply),
    "tickets:reply-insert": action("tickets.add_timeentry", _ticket),
    "api:canned-reply-list": noun("tickets.cannedreply", methods=("GET", "POST")),
    "api:canned-reply-detail": noun("tickets.cannedreply", _reply, ("GET", "PATCH", "DELETE")),
    "tickets:ticket-files": action("tickets.add_timeentry", _ticket),
    "tickets:file-drop": action("tickets.add_timeentry", _file),
    "tickets:ticket-here": page("tickets.view_ticket", _ticket),
    "tickets:ticket-part-row": page("tickets.add_timeentry", _second_part),
}
