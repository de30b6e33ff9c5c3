"""The board, views, tags and marks of the desk."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World
from tickets.models import SavedView, TicketTemplate

Kwargs = Mapping[str, Any]


def _ticket(world: World) -> Kwargs:
    return {"pk": world.ticket.pk}


def _status(world: World) -> Kwargs:
    return {"status": str(world.status.pk)}


def _view(world: World) -> Kwargs:
    view = SavedView.objects.create(name="Late", owner=world.cast["technician"], is_shared=True)
    return {"pk": view.pk}


def _template(_world: World) -> Kwargs:
    return {"pk": TicketTemplate.objects.create(name="Leaver", subject="Somebody leaves").pk}


ROWS: dict[str, Row] = {
    "tickets:ticket-move": action("tickets.change_ticket", _ticket, _status),
    "tickets:ticket-unread": action("tickets.view_ticket", _ticket),
    "tickets:ticket-tags": action("tickets.change_ticket", _ticket),
    "tickets:all-read": action("tickets.view_ticket"),
    "tickets:news": page("tickets.view_ticket"),
    "tickets:my-news": page("tickets.change_ticket"),
    "tickets:new-draft": action("tickets.add_ticket"),
    "tickets:tickets-change": action("tickets.change_ticket"),
    "api:ticket-tags": deed("tickets.change_ticket", _ticket),
    "api:ticket-unread": deed("tickets.change_ticket", _ticket),
    "api:ticket-news": Row("api", dict.fromkeys(("GET", "POST"), "tickets.view_ticket")),
    "tickets:templates": page("tickets.view_tickettemplate"),
    "tickets:template-create": form("tickets.add_tickettemplate"),
    "tickets:template-edit": form("tickets.change_tickettemplate", _template),
    "tickets:template-delete": action("tickets.delete_tickettemplate", _template),
    "api:ticket-template-list": noun("tickets.tickettemplate", methods=("GET", "POST")),
    "api:ticket-template-detail": noun(
        "tickets.tickettemplate", _template, ("GET", "PATCH", "DELETE")
    ),
    "tickets:views": page("tickets.view_savedview"),
    "tickets:view": page("tickets.view_savedview", _view),
    "tickets:view-create": form("tickets.add_savedview"),
    "tickets:view-edit": form("tickets.change_savedview", _view),
    "tickets:view-delete": action("tickets.delete_savedview", _view),
    "tickets:view-choose": action("tickets.view_savedview"),
    "api:saved-view-list": noun("tickets.savedview", methods=("GET", "POST")),
    "api:saved-view-detail": noun("tickets.savedview", _view, ("GET", "PATCH", "DELETE")),
}
