"""Credit notes."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import deed, form, noun
from tests.architecture.access_world import World


def _invoice(world: World) -> Mapping[str, Any]:
    return {"pk": world.invoice.pk}


def _note(world: World) -> Mapping[str, Any]:
    return {"pk": world.credit_note.pk}


def _none(_world: World) -> Mapping[str, Any]:
    return {}


ISSUE = "billing.issue_invoice"
MONEY = "accounts.use_portal_invoices"
ROWS: dict[str, Row] = {
    "api:credit-note-list": Row(
        "api", {"GET": "billing.view_invoice", "POST": ISSUE}, portal=MONEY
    ),
    "api:credit-note-detail": noun("billing.invoice", _note, portal=MONEY),
    "api:credit-note-preview": deed(ISSUE, _none),
    "billing:invoice-credit-note": form(ISSUE, _invoice),
    "billing:invoice-cancel": form(ISSUE, _invoice),
    "api:invoice-cancel": deed(ISSUE, _invoice),
}
