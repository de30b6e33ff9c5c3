"""The dispatch calendar: appointments, leave, the feed."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, noun, page, public
from tests.architecture.access_world import World

VIEW, ADD, CHANGE, DELETE = (
    f"tickets.{verb}_appointment" for verb in ("view", "add", "change", "delete")
)


def _appointment(world: World) -> Mapping[str, Any]:
    return {"pk": world.appointment.pk}


def _leave(world: World) -> Mapping[str, Any]:
    return {"pk": world.leave.pk}


def _feed(world: World) -> Mapping[str, Any]:
    return {"pk": world.feed.pk}


def _token(_world: World) -> Mapping[str, Any]:
    return {"token": "nobodys"}


ROWS: dict[str, Row] = {
    "dispatch:calendar": page(VIEW),
    "dispatch:news": page(VIEW),
    "dispatch:place": action(CHANGE),
    "tickets:ticket-options": page("tickets.view_ticket"),
    "dispatch:appointment-create": form(ADD),
    "dispatch:appointment": form(CHANGE, _appointment),
    "dispatch:appointment-cancel": action(DELETE, _appointment),
    "dispatch:leaves": page("tickets.view_leave"),
    "dispatch:leave-create": form("tickets.add_leave"),
    "dispatch:leave": form("tickets.change_leave", _leave),
    "dispatch:leave-remove": action("tickets.delete_leave", _leave),
    "dispatch:feed": page(VIEW),
    "dispatch:feed-make": action(VIEW),
    "dispatch:feed-revoke": action(VIEW),
    "dispatch:feed-file": public(objects=_token),
    "api:appointment-list": noun("tickets.appointment", methods=("GET", "POST")),
    "api:appointment-detail": noun(
        "tickets.appointment", _appointment, methods=("GET", "PATCH", "DELETE")
    ),
    "api:leave-list": noun("tickets.leave", methods=("GET", "POST")),
    "api:leave-detail": noun("tickets.leave", _leave, methods=("GET", "PATCH", "DELETE")),
    "api:calendar-feed-list": Row("api", {"GET": VIEW, "POST": VIEW}),
    "api:calendar-feed-detail": Row("api", {"DELETE": VIEW}, _feed),
}
