"""The desk."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]


def _ticket(world: World) -> Kwargs:
    return {"pk": world.ticket.pk}


def _of_client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _time(world: World) -> Kwargs:
    return {"pk": world.time_entry.pk}


def _part(world: World) -> Kwargs:
    return {"pk": world.part.pk}


def _flat_rate(world: World) -> Kwargs:
    return {"pk": world.flat_rate.pk}


def _forecast(world: World) -> Kwargs:
    return {"pk": world.ticket.pk, "kind": "time"}


def _property(world: World) -> Kwargs:
    return {"pk": world.ticket.pk, "name": "priority"}


def _status(world: World) -> Kwargs:
    return {"status": str(world.status.pk)}


ROWS: dict[str, Row] = {
    "tickets:tickets": page("tickets.view_ticket"),
    "tickets:tickets-take": action("tickets.change_ticket"),
    "tickets:tickets-close": action("tickets.change_ticket"),
    "tickets:tickets-assign": action("tickets.assign_ticket"),
    "tickets:of-client": page("tickets.view_ticket", _of_client),
    "tickets:ticket-create": form("tickets.add_ticket"),
    "tickets:client-options": page("tickets.add_ticket"),
    "tickets:client-choices": page("tickets.add_ticket"),
    "tickets:ticket": page("tickets.view_ticket", _ticket),
    "tickets:ticket-edit": form("tickets.change_ticket", _ticket),
    "tickets:ticket-respond": action("tickets.add_timeentry", _ticket),
    "tickets:ticket-status": action("tickets.change_ticket", _ticket, _status),
    "tickets:ticket-take": action("tickets.change_ticket", _ticket),
    "tickets:ticket-assign": action("tickets.assign_ticket", _ticket),
    "tickets:ticket-set": action("tickets.change_ticket", _property),
    "tickets:ticket-forecast": page("tickets.add_timeentry", _forecast),
    "tickets:time-edit": form("tickets.change_timeentry", _time),
    "tickets:time-take-back": form("tickets.add_timecorrection", _time),
    "tickets:time-delete": action("tickets.delete_timeentry", _time),
    "tickets:part-edit": form("tickets.change_partused", _part),
    "tickets:part-remove": action("tickets.delete_partused", _part),
    "tickets:flat-rate-edit": form("tickets.change_flatrateitem", _flat_rate),
    "tickets:flat-rate-remove": action("tickets.delete_flatrateitem", _flat_rate),
}
