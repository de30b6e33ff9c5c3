"""Terms, increases, pauses, indexes and decisions of contracts."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, page
from tests.architecture.access_world import World

VIEW, CHANGE = "contracts.view_contract", "contracts.change_contract"
Kwargs = Mapping[str, Any]


def _contract(world: World) -> Kwargs:
    return {"pk": world.contract.pk}


def _pause(world: World) -> Kwargs:
    return {"pk": world.pause.pk}


def _clause(world: World) -> Kwargs:
    return {"pk": world.clause.pk}


def _clause_and_line(world: World) -> Kwargs:
    return {"pk": world.clause.pk, "line_pk": world.line.pk}


def _step(world: World) -> Kwargs:
    return {"pk": world.step.pk}


def _index(world: World) -> Kwargs:
    return {"pk": world.index.pk}


ROWS: dict[str, Row] = {
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
    "contracts:decisions": page(VIEW),
    "contracts:ended": page(VIEW),
}
