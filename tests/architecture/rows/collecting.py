"""Disputed lines."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from collecting.models import CollectingMail, Dispute, DisputeGround
from collecting.operations.open_dispute import Objection, open_dispute
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_rows import portal as of_portal
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
MONEY = "accounts.use_portal_invoices"
CHANGE = "collecting.change_dispute"
ISSUE = "billing.issue_invoice"


def _opened(world: World) -> Dispute:
    return open_dispute(
        line_id=world.charge.pk,
        objection=Objection(DisputeGround.PRICE, "It was agreed at less"),
        actor=world.cast["client_contact"],
        now=NOON,
    )


def _dispute(world: World) -> Kwargs:
    return {"pk": _opened(world).pk}


def _mail(world: World) -> Kwargs:
    return {"pk": CollectingMail.objects.get(dispute=_opened(world)).pk}


def _of_invoice(world: World) -> Kwargs:
    return {"invoice_pk": world.invoice.pk}


def _line(world: World) -> Kwargs:
    return {"pk": world.charge.pk}


ROWS: dict[str, Row] = {
    "collecting:disputes": page("collecting.view_dispute"),
    "collecting:dispute": page("collecting.view_dispute", _dispute),
    "collecting:disputes-of-invoice": page("collecting.view_dispute", _of_invoice),
    "collecting:dispute-create": form("collecting.add_dispute", _of_invoice),
    "collecting:dispute-answer": action(CHANGE, _dispute),
    "collecting:dispute-release": action(CHANGE, _dispute),
    "collecting:dispute-withdraw": action(CHANGE, _dispute),
    "collecting:dispute-credit": action(ISSUE, _dispute),
    "collecting:mail-retry": action(CHANGE, _mail),
    "portal:line-dispute": of_portal(MONEY, _line, ("GET", "POST")),
    "portal:dispute": of_portal(MONEY, _dispute),
    "portal:dispute-reply": of_portal(MONEY, _dispute, ("POST",)),
    "portal:dispute-withdraw": of_portal(MONEY, _dispute, ("POST",)),
    "api:dispute-list": Row(
        "api",
        {"GET": "collecting.view_dispute", "POST": "collecting.add_dispute"},
        portal=MONEY,
    ),
    "api:dispute-detail": noun("collecting.dispute", _dispute, portal=MONEY),
    "api:dispute-answer": deed(CHANGE, _dispute),
    "api:dispute-release": deed(CHANGE, _dispute),
    "api:dispute-withdraw": deed(CHANGE, _dispute),
    "api:dispute-credit": deed(ISSUE, _dispute),
}
