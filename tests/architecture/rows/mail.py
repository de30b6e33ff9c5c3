"""Mails of the desk, their files, and what clients say about the help they got."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Objects, Row
from tests.architecture.access_rows import deed, noun, page, portal
from tests.architecture.access_world import World


def _pk(name: str) -> Objects:
    def kwargs(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world, name).pk}

    return kwargs


PORTAL = "accounts.use_portal"
ROWS: dict[str, Row] = {
    "tickets:attachment": page("tickets.view_ticket", _pk("attachment")),
    "api:attachment-list": noun("tickets.attachment", portal=PORTAL),
    "api:attachment-detail": noun("tickets.attachment", _pk("attachment"), portal=PORTAL),
    "api:attachment-content": deed(
        "tickets.view_attachment", _pk("attachment"), "GET", portal=PORTAL
    ),
    "portal:attachment": portal("accounts.use_portal", _pk("attachment")),
}
