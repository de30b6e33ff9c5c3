"""Included and prepaid hours: on the desk, in the portal, and in the API."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Objects, Row
from tests.architecture.access_rows import action, deed, form, noun, page, portal
from tests.architecture.access_world import World

MONEY = "accounts.use_portal_invoices"
ALLOWANCE, BLOCK = "contracts.view_allowance", "contracts.view_prepaidblock"
CHANGE, CHANGE_BLOCK = "contracts.change_allowance", "contracts.change_prepaidblock"


def _pk(name: str) -> Objects:
    def kwargs(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world, name).pk}

    return kwargs


def _of_client(world: World) -> Mapping[str, Any]:
    return {"client_pk": world.company.pk}


def _of_contract(world: World) -> Mapping[str, Any]:
    return {"contract_pk": world.contract.pk}


def _with_hours(world: World) -> Mapping[str, Any]:
    return {"pk": world.block.client_id}


DESK: dict[str, Row] = {
    "billing:balances": page(BLOCK),
    "billing:allowance": page(ALLOWANCE, _pk("allowance")),
    "billing:block": page(BLOCK, _pk("block")),
    "billing:hours-of-contract": page(ALLOWANCE, _of_contract),
    "billing:hours-of-client": page(BLOCK, _of_client),
    "contracts:allowance-add": form("contracts.add_allowance", _pk("contract")),
    "contracts:allowance-change": form(CHANGE, _pk("allowance")),
    "contracts:allowance-edit": form(CHANGE, _pk("allowance")),
    "contracts:allowance-end": form(CHANGE, _pk("allowance")),
    "contracts:allowance-remove": action(CHANGE, _pk("allowance")),
    "contracts:weights-edit": form("contracts.change_drawweight", _pk("contract")),
    "contracts:block-sell": form("contracts.add_prepaidblock"),
    "contracts:block-edit": form(CHANGE_BLOCK, _pk("block")),
    "contracts:block-cancel": action(CHANGE_BLOCK, _pk("block")),
}
PORTAL: dict[str, Row] = {
    "portal:allowance": portal(MONEY, _pk("allowance")),
    "portal:block": portal(MONEY, _pk("block")),
}
LIST = ("GET", "POST")
API: dict[str, Row] = {
    "api:allowance-list": noun("contracts.allowance", methods=LIST, portal=MONEY),
    "api:allowance-detail": Row(
        "api",
        {"GET": ALLOWANCE, "PATCH": CHANGE, "DELETE": CHANGE},
        _pk("allowance"),
        portal=MONEY,
    ),
    "api:allowance-change": deed(CHANGE, _pk("allowance")),
    "api:allowance-end": deed(CHANGE, _pk("allowance")),
    "api:prepaid-block-list": noun("contracts.prepaidblock", methods=LIST, portal=MONEY),
    "api:prepaid-block-detail": Row(
        "api", {"GET": BLOCK, "PATCH": CHANGE_BLOCK}, _pk("block"), portal=MONEY
    ),
    "api:prepaid-block-cancel": deed(CHANGE_BLOCK, _pk("block")),
    "api:draw-weight-list": noun("contracts.drawweight", methods=LIST),
    "api:draw-weight-detail": noun("contracts.drawweight", _pk("weight")),
    "api:hour-balance-list": noun("clients.client", portal=MONEY),
    "api:hour-balance-detail": noun("clients.client", _with_hours, portal=MONEY),
    "api:hour-draw-list": noun("billing.charge", portal=MONEY),
    "api:hour-draw-detail": noun("billing.charge", _pk("draw"), portal=MONEY),
}
ROWS: dict[str, Row] = {**DESK, **PORTAL, **API}
