"""Electronic invoices: checks of the rules, statuses at the platform."""

from collections.abc import Mapping
from typing import Any

from billing.models import PlatformEvent, RuleCheck
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, noun
from tests.architecture.access_world import World


def _check(world: World) -> Mapping[str, Any]:
    return {"pk": RuleCheck.objects.get_or_create(invoice=world.invoice)[0].pk}


def _invoice(world: World) -> Mapping[str, Any]:
    return {"pk": world.invoice.pk}


def _event(world: World) -> Mapping[str, Any]:
    day = {"happened_on": world.invoice.issued_on}
    found, _made = PlatformEvent.objects.get_or_create(
        invoice=world.invoice, status="deposited", defaults=day
    )
    return {"pk": found.pk}


ROWS: dict[str, Row] = {
    "api:rule-check-list": noun("billing.rulecheck"),
    "billing:invoice-platform": action("billing.add_platformevent", _invoice),
    "api:platform-event-list": noun("billing.platformevent", methods=("GET", "POST")),
    "api:platform-event-detail": noun("billing.platformevent", _event),
    "api:rule-check-detail": noun("billing.rulecheck", _check),
}
