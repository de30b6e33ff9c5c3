"""Mails of the desk, their files, and what clients say about the help they got."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Objects, Row
from tests.architecture.access_rows import action, deed, form, noun, page, portal, public
from tests.architecture.access_world import World
from tickets.mail_tokens import rating_token

PORTAL = "accounts.use_portal"
SORT = "tickets.change_inboundmail"
READ_MAIL = "tickets.view_inboundmail"
LIST = ("GET", "POST")
BOX = ("GET", "PUT", "PATCH")


def _pk(name: str) -> Objects:
    def kwargs(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world, name).pk}

    return kwargs


def _of_client(world: World) -> Mapping[str, Any]:
    return {"client_pk": world.company.pk}


def _rating_link(world: World) -> Mapping[str, Any]:
    return {"token": rating_token(world.closed_ticket.pk, None)}


ROWS: dict[str, Row] = {
    "tickets:attachment": page("tickets.view_ticket", _pk("attachment")),
    "tickets:note-formatted": page("tickets.view_ticket", _pk("note")),
    "tickets:mails": page(READ_MAIL),
    "tickets:mails-discard": action(SORT),
    "tickets:mail": page(READ_MAIL, _pk("inbound")),
    "tickets:mail-source": page(READ_MAIL, _pk("inbound")),
    "tickets:mail-formatted": page(READ_MAIL, _pk("inbound")),
    "tickets:mail-make-ticket": action(SORT, _pk("inbound")),
    "tickets:mail-add": action(SORT, _pk("inbound")),
    "tickets:mail-discard": action(SORT, _pk("inbound")),
    "tickets:mail-restore": action(SORT, _pk("inbound")),
    "tickets:outbound": page("tickets.view_outboundmail"),
    "tickets:outbound-retry": action("tickets.change_outboundmail"),
    "tickets:mailboxes": page("tickets.view_mailbox"),
    "tickets:mailbox-create": form("tickets.add_mailbox"),
    "tickets:mailbox": form("tickets.change_mailbox", _pk("mailbox")),
    "tickets:mailbox-test": action("tickets.change_mailbox", _pk("mailbox")),
    "tickets:rate": public(("GET", "POST"), _rating_link),
    "tickets:ratings": page("tickets.view_rating"),
    "tickets:ratings-of-client": page("tickets.view_rating", _of_client),
    "portal:attachment": portal(PORTAL, _pk("attachment")),
    "portal:ticket-rate": portal(PORTAL, _pk("closed_ticket"), ("POST",)),
    "api:attachment-list": noun("tickets.attachment", portal=PORTAL),
    "api:attachment-detail": noun("tickets.attachment", _pk("attachment"), portal=PORTAL),
    "api:attachment-content": deed(
        "tickets.view_attachment", _pk("attachment"), "GET", portal=PORTAL
    ),
    "api:inbound-mail-list": noun("tickets.inboundmail"),
    "api:inbound-mail-detail": noun("tickets.inboundmail", _pk("inbound")),
    "api:inbound-mail-make-ticket": deed(SORT, _pk("inbound")),
    "api:inbound-mail-add-to-ticket": deed(SORT, _pk("inbound")),
    "api:inbound-mail-discard": deed(SORT, _pk("inbound")),
    "api:inbound-mail-restore": deed(SORT, _pk("inbound")),
    "api:outbound-mail-list": noun("tickets.outboundmail"),
    "api:outbound-mail-detail": noun("tickets.outboundmail", _pk("outbound")),
    "api:outbound-mail-retry": deed("tickets.change_outboundmail", _pk("outbound")),
    "api:mailbox-list": noun("tickets.mailbox", methods=LIST),
    "api:mailbox-detail": noun("tickets.mailbox", _pk("mailbox"), BOX),
    "api:mailbox-test": deed("tickets.change_mailbox", _pk("mailbox")),
    "api:rating-list": noun("tickets.rating", portal=PORTAL),
    "api:rating-detail": noun("tickets.rating", _pk("rating"), portal=PORTAL),
}
