"""Maintenance that comes round."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, noun, page
from tests.architecture.access_world import World

VIEW, ADD, CHANGE = (f"tickets.{verb}_maintenanceplan" for verb in ("view", "add", "change"))


def _plan(world: World) -> Mapping[str, Any]:
    return {"pk": world.maintenance.pk}


ROWS: dict[str, Row] = {
    "maintenance:calendar": page(VIEW),
    "maintenance:plans": page(VIEW),
    "maintenance:plan": page(VIEW, _plan),
    "maintenance:plan-create": form(ADD),
    "maintenance:plan-edit": form(CHANGE, _plan),
    "maintenance:visit-skip": action(CHANGE, _plan),
    "api:maintenance-plan-list": noun("tickets.maintenanceplan"),
    "api:maintenance-plan-detail": noun("tickets.maintenanceplan", _plan),
    "api:maintenance-visit-list": noun("tickets.maintenancevisit"),
}
