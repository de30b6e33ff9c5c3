"""Invoices and lines by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from billing.by_hand import Written
from billing.models import HandLine
from billing.operations.draft_by_hand import draft_by_hand
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, noun
from tests.architecture.access_world import World

DAY = date(2026, 3, 31)


def _draft(world: World) -> Mapping[str, Any]:
    return {"pk": world.draft.pk}


def _client(world: World) -> Mapping[str, Any]:
    return {"client_pk": world.company.pk}


def _line(world: World) -> Mapping[str, Any]:
    if not HandLine.objects.exists():
        line = Written(Decimal(1), DAY, description="Goodwill visit", unit_price=Decimal(40))
        draft_by_hand(
            client_id=world.company.pk,
            lines=[line],
            reason="Agreed by phone",
            as_of_on=DAY,
            actor=world.cast["accountant"],
        )
    return {"pk": HandLine.objects.get().pk}


ROWS: dict[str, Row] = {
    "billing:invoice-create": form("billing.add_handline"),
    "billing:invoice-create-for": form("billing.add_handline", _client),
    "billing:draft-lines": form("billing.add_handline", _draft),
    "billing:hand-line": form("billing.change_handline", _line),
    "billing:hand-line-remove": action("billing.delete_handline", _line),
    "api:hand-line-list": noun("billing.handline", methods=("GET", "POST")),
    "api:hand-line-detail": noun("billing.handline", _line, methods=("GET", "PATCH", "DELETE")),
}
