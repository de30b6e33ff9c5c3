"""Managed plans, and moving contracts to their new revisions."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
VIEW = "contracts.view_managedplan"
CHANGE = "contracts.change_managedplan"


def _plan(world: World) -> Kwargs:
    return {"pk": world.draft_revision.plan_id}


def _published_plan(world: World) -> Kwargs:
    return {"pk": world.revision.plan_id}


def _draft(world: World) -> Kwargs:
    return {"pk": world.draft_revision.pk}


def _published(world: World) -> Kwargs:
    return {"pk": world.revision.pk}


def _line(world: World) -> Kwargs:
    return {"pk": world.plan_line.pk}


def _rule(world: World) -> Kwargs:
    return {"pk": world.plan_coverage.pk}


def _hours(world: World) -> Kwargs:
    return {"pk": world.plan_allowance.pk}


ROWS: dict[str, Row] = {
    "contracts:plans": page(VIEW),
    "contracts:plan": page(VIEW, _plan),
    "contracts:revision": page(VIEW, _published),
    "contracts:plan-create": form("contracts.add_managedplan"),
    "contracts:plan-edit": form(CHANGE, _plan),
    "contracts:plan-revise": action(CHANGE, _published_plan),
    "contracts:revision-edit": form(CHANGE, _draft),
    "contracts:revision-publish": action(CHANGE, _draft),
    "contracts:revision-discard": action(CHANGE, _draft),
    "contracts:plan-move": form("contracts.change_contract", _published),
    "contracts:plan-sell": form("contracts.add_contract", _published),
    "contracts:plan-line-add": form(CHANGE, _draft),
    "contracts:plan-line-price": action(CHANGE),
    "contracts:plan-line-edit": form(CHANGE, _line),
    "contracts:plan-line-remove": action(CHANGE, _line),
    "contracts:plan-coverage": form(CHANGE, _draft),
    "contracts:plan-coverage-remove": action(CHANGE, _rule),
    "contracts:plan-hours-add": form(CHANGE, _draft),
    "contracts:plan-hours-edit": form(CHANGE, _hours),
    "contracts:plan-hours-remove": action(CHANGE, _hours),
}
