"""Who follows a ticket."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, noun
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]


def _ticket(world: World) -> Kwargs:
    return {"pk": world.ticket.pk}


def _follower(world: World) -> Kwargs:
    return {"pk": world.ticket.followers.create(person=world.cast["manager"]).pk}


ROWS: dict[str, Row] = {
    "tickets:ticket-follow": action("tickets.add_ticketfollower", _ticket),
    "tickets:follower-add": form("tickets.add_ticketfollower", _ticket),
    "tickets:follower-remove": action("tickets.delete_ticketfollower", _follower),
    "api:ticket-follower-list": noun("tickets.ticketfollower", methods=("GET", "POST")),
    "api:ticket-follower-detail": noun("tickets.ticketfollower", _follower, ("GET", "DELETE")),
}
