"""The rules of the demonstration firm; what their log says, they really did."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group

from psa.demo.desk import Desk
from tickets.models import CannedReply, Level
from tickets.operations.follow_occurrence import follow_occurrence
from tickets.operations.note_waiting import note_waiting
from tickets.operations.save_group import save_group
from tickets.operations.save_rule import save_rule
from tickets.operations.save_skill import save_skill
from tickets.queries.due_rules import due_occurrences, waiting_rules

SECURITY, NETWORK = 5, 2  # places in the firm's list of categories
AT_ONCE = 100
Facts = dict[str, Any]


def _asks(name: str, test: str, *values: str) -> dict[str, Any]:
    return {"property": name, "test": test, "values": list(values)}


def _does(verb: str, value: object) -> dict[str, str]:
    return {"verb": verb, "value": str(value)}


PRINTING: Facts = {
    "name": "Impression : étiqueter",
    "when": "created",
    "conditions": [_asks("text", "contains", "imprimante", "imprimer")],
    "actions": [{"verb": "tag", "name": "impression"}],
}


def write_rules(desk: Desk, today: date) -> None:
    """Write the rules, so long before today that what lies on the desk has met them."""
    now = desk.at(today - timedelta(days=12), 8, 0)
    people = [one.pk for one in desk.staff.technicians]
    group = save_group(name="Premier niveau", person_ids=people)
    _teach(desk)
    _greet()
    for rule in (_suspicious(), PRINTING, _unanswered(desk), _in_turn(group.pk)):
        save_rule(facts={"is_active": True, **rule}, now=now)


def _suspicious() -> Facts:
    points = "Isoler le poste\nChanger le mot de passe\nPrévenir le client"
    manager = Group.objects.get(name="manager")
    return {
        "name": "Courriel suspect : tout de suite",
        "when": "created",
        "conditions": [_asks("subject", "contains", "suspect", "virus", "hameçonnage")],
        "actions": [
            _does("priority", "1_urgent"),
            {"verb": "tag", "name": "sécurité"},
            _does("checklist", points),
            _does("notify_role", manager.pk),
        ],
    }


def _unanswered(desk: Desk) -> Facts:
    return {
        "name": "Sans réponse depuis trois jours ouvrés",
        "when": "waiting",
        "status": desk.statuses["waiting"],
        "hours": 24,
        "in_working_hours": True,
        "actions": [_does("note", "Le client n'a pas répondu : l'appeler.")],
    }


def _in_turn(group_pk: int) -> Facts:
    return {
        "name": "Le reste à tour de rôle",
        "when": "created",
        "is_active": False,
        "conditions": [_asks("assignee", "empty")],
        "actions": [_does("in_turn", group_pk)],
    }


def let_rules_act(now: datetime) -> None:
    """Ask the rules about what has happened up to now."""
    for rule_id in waiting_rules():
        note_waiting(rule_id=rule_id, now=now)
    while due := due_occurrences(now, AT_ONCE):
        for pk in due:
            follow_occurrence(occurrence_id=pk, now=now)


def _teach(desk: Desk) -> None:
    first, second, third, fourth = (one.pk for one in desk.staff.technicians)
    categories = desk.shop.categories
    save_skill(
        name="Réseaux",
        people={first: Level.EXPERT, fourth: Level.GOOD, second: Level.BASICS},
        categories={categories[NETWORK].pk: Level.GOOD},
    )
    save_skill(
        name="Sécurité",
        people={third: Level.EXPERT, first: Level.GOOD},
        categories={categories[SECURITY].pk: Level.GOOD},
    )


def _greet() -> None:
    CannedReply.objects.create(
        title="Bien reçu",
        body="Bonjour {first_name},\n\nvotre demande {ticket} est notée, nous revenons vers vous.",
    )
