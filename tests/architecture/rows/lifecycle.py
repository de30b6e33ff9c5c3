"""Terms, increases, pauses, indexes and decisions of contracts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.models import Contract
from contracts.tests.factories import ContractFactory
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World

VIEW, CHANGE = "contracts.view_contract", "contracts.change_contract"
Kwargs = Mapping[str, Any]


def _contract(world: World) -> Kwargs:
    return {"pk": world.contract.pk}


def _transferred(world: World) -> Kwargs:
    old = ContractFactory.create()
    made, _made = Contract.objects.get_or_create(
        transferred_from__isnull=False,
        client=world.company,
        defaults={
            "transferred_from": old,
            "number": "K7000",
            "name": "Care",
            "starts_on": date(2026, 7, 1),
        },
    )
    return {"pk": made.pk}


def _pause(world: World) -> Kwargs:
    return {"pk": world.pause.pk}


def _renewal(world: World) -> Kwargs:
    return {"pk": world.renewal.pk}


def _clause(world: World) -> Kwargs:
    return {"pk": world.clause.pk}


def _clause_and_line(world: World) -> Kwargs:
    return {"pk": world.clause.pk, "line_pk": world.line.pk}


def _step(world: World) -> Kwargs:
    return {"pk": world.step.pk}


def _index(world: World) -> Kwargs:
    return {"pk": world.index.pk}


def _none(_world: World) -> Kwargs:
    return {}


CLAUSE = "contracts.change_indexationclause"
INDEX = "contracts.change_indextable"
API: dict[str, Row] = {
    "api:contract-term-list": noun("contracts.contract"),
    "api:contract-term-detail": Row("api", {"GET": VIEW, "PUT": CHANGE}, _contract),
    "api:contract-term-renew": deed(CHANGE, _contract),
    "api:contract-term-end": deed(CHANGE, _contract),
    "api:contract-term-notice": deed(CHANGE, _contract),
    "api:contract-term-withdraw": deed(CHANGE, _contract),
    "api:renewal-list": noun("contracts.renewal"),
    "api:renewal-detail": noun("contracts.renewal", _renewal),
    "api:contract-pause-list": Row("api", {"GET": "contracts.view_contractpause", "POST": CHANGE}),
    "api:contract-pause-detail": Row(
        "api",
        {"GET": "contracts.view_contractpause", "PATCH": CHANGE, "DELETE": CHANGE},
        _pause,
    ),
    "api:contract-pause-resume": deed(CHANGE, _pause),
    "api:decision-list": noun("contracts.contract"),
    "api:price-index-list": noun("contracts.indextable", methods=("GET", "POST")),
    "api:price-index-detail": noun("contracts.indextable", _index, ("GET", "PATCH")),
    "api:price-index-values": Row(
        "api", {"GET": "contracts.view_indextable", "POST": INDEX}, _index
    ),
    "api:indexation-clause-list": noun("contracts.indexationclause", methods=("GET", "POST")),
    "api:indexation-clause-detail": noun("contracts.indexationclause", _clause, ("GET", "PATCH")),
    "api:indexation-clause-base": deed(CLAUSE, _clause),
    "api:indexation-list": noun("contracts.indexation"),
    "api:indexation-detail": Row(
        "api", {"GET": "contracts.view_indexation", "DELETE": CHANGE}, _step
    ),
    "api:indexation-due": noun("contracts.indexation"),
    "api:indexation-apply": deed(CHANGE, _none),
    "api:indexation-leave-out": deed(CHANGE, _none),
    "api:contract-transfer-list": deed(CHANGE, _none),
    "api:contract-transfer-detail": noun("contracts.contract", _contract),
    "api:contract-transfer-undo": deed(CHANGE, _transferred),
}
ROWS: dict[str, Row] = {
    **API,
    "contracts:contract-terms": page(VIEW, _contract),
    "contracts:renewal": page(VIEW, _contract),
    "contracts:renewal-renew": action(CHANGE, _contract),
    "contracts:renewal-end": action(CHANGE, _contract),
    "contracts:renewal-terms": form(CHANGE, _contract),
    "contracts:notice-receive": action(CHANGE, _contract),
    "contracts:notice-withdraw": action(CHANGE, _contract),
    "contracts:pause": form(CHANGE, _contract),
    "contracts:pause-change": form(CHANGE, _pause),
    "contracts:pause-resume": form(CHANGE, _pause),
    "contracts:pause-withdraw": action(CHANGE, _pause),
    "contracts:indexation": page("contracts.view_indexation", _contract),
    "contracts:clause-add": form("contracts.add_indexationclause", _contract),
    "contracts:indexations": page("contracts.view_indexation"),
    "contracts:indexations-decide": action(CHANGE),
    "contracts:clause-edit": form("contracts.change_indexationclause", _clause),
    "contracts:index-base": form("contracts.change_indexationclause", _clause_and_line),
    "contracts:indexation-undo": action(CHANGE, _step),
    "contracts:indexes": page("contracts.view_indextable"),
    "contracts:index-create": form("contracts.add_indextable"),
    "contracts:index": page("contracts.view_indextable", _index),
    "contracts:index-edit": form("contracts.change_indextable", _index),
    "contracts:index-values": action("contracts.change_indextable", _index),
    "billing:contract-transfer": form(CHANGE, _contract),
    "billing:contract-transfer-undo": form(CHANGE, _transferred),
    "contracts:decisions": page(VIEW),
    "contracts:ended": page(VIEW),
}
