"""Previews in the API: asked, never written; and what a person decides or takes back."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import deed, noun
from tests.architecture.access_world import World

MONEY = "accounts.use_portal_invoices"
SEE, DECIDE = "billing.view_charge", "tickets.change_timeentry"


def _client(world: World) -> Mapping[str, Any]:
    return {"pk": world.company.pk}


def _entry(world: World) -> Mapping[str, Any]:
    return {"pk": world.time_entry.pk}


def _correction(world: World) -> Mapping[str, Any]:
    return {"pk": world.correction.pk}


ROWS: dict[str, Row] = {
    "api:next-invoice-detail": noun("billing.charge", _client, portal=MONEY),
    "api:what-if-list": Row("api", {"POST": SEE}),
    "api:effect-list": Row("api", {"POST": SEE}),
    "api:work-decision-list": Row("api", {"GET": DECIDE}),
    "api:work-decision-decide": deed(DECIDE, _entry),
    "api:time-entry-take-back": deed("tickets.add_timecorrection", _entry),
    "api:time-correction-list": noun("tickets.timecorrection"),
    "api:time-correction-detail": noun("tickets.timecorrection", _correction),
}
