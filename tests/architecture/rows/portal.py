"""What a client's people see."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import BOTH, SEND, portal
from tests.architecture.access_world import World


def _ticket(world: World) -> Mapping[str, Any]:
    return {"pk": world.ticket.pk}


def _invoice(world: World) -> Mapping[str, Any]:
    return {"pk": world.invoice.pk}


ANYBODY = "accounts.use_portal"
MONEY = "accounts.use_portal_invoices"
ROWS: dict[str, Row] = {
    "portal:home": portal(ANYBODY),
    "portal:tickets": portal(ANYBODY),
    "portal:ticket": portal(ANYBODY, _ticket),
    "portal:ticket-create": portal(ANYBODY, methods=BOTH),
    "portal:ticket-reply": portal(ANYBODY, _ticket, SEND),
    "portal:contracts": portal(MONEY),
    "portal:invoices": portal(MONEY),
    "portal:next-invoice": portal(MONEY),
    "portal:invoice": portal(MONEY, _invoice),
    "portal:invoice-cii": portal(MONEY, _invoice),
    "portal:invoice-ubl": portal(MONEY, _invoice),
    "portal:invoice-pdf": portal(MONEY, _invoice),
}
