"""How documents look."""

from collections.abc import Mapping
from typing import Any

from billing.models import Letterhead
from clients.models import LegalEntity
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import form, noun, page
from tests.architecture.access_world import World


def _entity(world: World) -> Mapping[str, Any]:
    return {"entity_pk": world.invoice.legal_entity_id}


def _letterhead(_world: World) -> Mapping[str, Any]:
    entity = LegalEntity.objects.current()
    return {"pk": Letterhead.objects.get_or_create(legal_entity=entity)[0].pk}


CHANGE = "billing.change_letterhead"
ROWS: dict[str, Row] = {
    "billing:letterheads": page(CHANGE),
    "billing:letterhead": form(CHANGE, _entity),
    "billing:letterhead-sample": page(CHANGE, _entity),
    "api:letterhead-list": noun("billing.letterhead", methods=("GET", "POST")),
    "api:letterhead-detail": noun("billing.letterhead", _letterhead, ("GET", "PATCH")),
}
