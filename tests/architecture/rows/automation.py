"""Automation rules, and whom they give tickets to."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World
from tickets.models import RuleOccurrence, RuleRun
from tickets.tests.factories import (
    AutomationRuleFactory,
    SkillFactory,
    TagFactory,
    TechnicianGroupFactory,
)

VIEW, ADD, CHANGE, DELETE = (
    f"tickets.{verb}_automationrule" for verb in ("view", "add", "change", "delete")
)
LIST = ("GET", "POST")


def _rule(_world: World) -> Mapping[str, Any]:
    return {"pk": AutomationRuleFactory.create().pk}


def _skill(_world: World) -> Mapping[str, Any]:
    return {"pk": SkillFactory.create().pk}


def _group(_world: World) -> Mapping[str, Any]:
    return {"pk": TechnicianGroupFactory.create().pk}


def _tag(_world: World) -> Mapping[str, Any]:
    return {"pk": TagFactory.create().pk}


def _run(world: World) -> Mapping[str, Any]:
    rule = AutomationRuleFactory.create()
    facts = {"ticket": world.ticket, "when": "created", "happened_at": world.ticket.opened_at}
    occurrence = RuleOccurrence.objects.create(key=f"access:{rule.pk}", **facts)
    run = RuleRun.objects.create(
        rule=rule,
        rule_name="Ran",
        ticket=world.ticket,
        occurrence=occurrence,
        root=occurrence,
        ran_at=world.ticket.opened_at,
    )
    return {"pk": run.pk}


ROWS: dict[str, Row] = {
    "automation:rules": page(VIEW),
    "automation:rule": page(VIEW, _rule),
    "automation:rule-create": form(ADD),
    "automation:rule-edit": form(CHANGE, _rule),
    "automation:rule-switch": action(CHANGE, _rule),
    "automation:rule-move": action(CHANGE, _rule),
    "automation:rule-remove": action(DELETE, _rule),
    "automation:assignment": page("tickets.view_skill"),
    "automation:group-create": form("tickets.add_techniciangroup"),
    "automation:group-edit": form("tickets.change_techniciangroup", _group),
    "automation:skill-create": form("tickets.add_skill"),
    "automation:skill-edit": form("tickets.change_skill", _skill),
    "api:automation-rule-list": noun("tickets.automationrule", methods=LIST),
    "api:automation-rule-detail": noun(
        "tickets.automationrule", _rule, methods=("GET", "PATCH", "DELETE")
    ),
    "api:automation-rule-dry-run": deed(VIEW, _rule, "GET"),
    "api:rule-run-list": noun("tickets.rulerun"),
    "api:rule-run-detail": noun("tickets.rulerun", _run),
    "api:skill-list": noun("tickets.skill", methods=LIST),
    "api:skill-detail": noun("tickets.skill", _skill, methods=("GET", "PUT")),
    "api:technician-group-list": noun("tickets.techniciangroup", methods=LIST),
    "api:technician-group-detail": noun("tickets.techniciangroup", _group, methods=("GET", "PUT")),
    "api:tag-list": noun("tickets.tag", methods=LIST),
    "api:tag-detail": noun("tickets.tag", _tag),
}
