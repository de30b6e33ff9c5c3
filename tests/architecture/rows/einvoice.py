"""Electronic invoices: checks of the rules."""

from collections.abc import Mapping
from typing import Any

from billing.models import RuleCheck
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import noun
from tests.architecture.access_world import World


def _check(world: World) -> Mapping[str, Any]:
    return {"pk": RuleCheck.objects.get_or_create(invoice=world.invoice)[0].pk}


ROWS: dict[str, Row] = {
    "api:rule-check-list": noun("billing.rulecheck"),
    "api:rule-check-detail": noun("billing.rulecheck", _check),
}
