"""The pages of rules: made in a form that works without JavaScript, and tried on the past."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.forms import chooser
from clients.tests.factories import ClientFactory, SiteFactory
from tests.plugins.cast import SignIn
from tickets.models import AutomationRule, RuleOccurrence, RuleRun, Skill, Tag, TechnicianGroup
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.retag_ticket import retag_ticket
from tickets.tests.factories import AutomationRuleFactory, CategoryFactory, TicketFactory
from tickets.tests.test_rules import NOW, follow, opened, rule

pytestmark = pytest.mark.usefixtures("firm")
FORM = {
    "name": "Printers",
    "when": "created",
    "is_active": "on",
    "if-0-property": "subject",
    "if-0-test": "contains",
    "if-0-values": "printer, imprimante",
    "if-1-property": "priority",
    "if-1-test": "is",
    "if-1-values": ["2_high", "3_normal"],
    "then-0-verb": "tag",
    "then-0-value": "printing",
    "then-1-verb": "priority",
    "then-1-value": "1_urgent",
}


@pytest.fixture
def desk(manager: User, sign_in: SignIn) -> Browser:
    """The browser of a manager, who may write rules."""
    return sign_in(manager)


def test_a_rule_is_made_in_the_form_and_acts(desk: Browser, technician: User) -> None:
    answer = desk.post(reverse("automation:rule-create"), FORM)

    made = AutomationRule.objects.get()
    assert answer.headers["location"] == made.get_absolute_url()
    assert made.conditions == [
        {"property": "subject", "test": "contains", "values": ["printer", "imprimante"]},
        {"property": "priority", "test": "is", "values": ["2_high", "3_normal"]},
    ]
    assert made.actions == [
        {"verb": "tag", "value": str(Tag.objects.get(name="printing").pk)},
        {"verb": "priority", "value": "1_urgent"},
    ]
    AutomationRule.objects.update(since=NOW)
    assert opened(technician, subject="Printer on fire").priority == "1_urgent"


@pytest.mark.parametrize(
    ("pressed", "conditions", "actions"),
    [({"add": "if"}, 3, 2), ({"add": "then"}, 2, 3), ({"drop": "if-0"}, 1, 2)],
)
def test_rows_come_and_go_without_javascript_and_nothing_typed_is_lost(
    desk: Browser, pressed: dict[str, str], conditions: int, actions: int
) -> None:
    answer = desk.post(reverse("automation:rule-create"), {**FORM, **pressed})

    builder = answer.context["builder"]
    assert (len(builder.conditions), len(builder.actions)) == (conditions, actions)
    assert builder.form["name"].value() == "Printers"
    assert builder.conditions[-1 if "drop" in pressed else 1]["values"].value() == [
        "2_high",
        "3_normal",
    ]
    assert not AutomationRule.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"if-0-values": " , "}, "Say at least one."),
        ({"when": "waiting"}, "Say in which status."),
        ({"when": "sla"}, "Say which promise."),
        ({"then-1-value": "soon"}, "Select a valid choice."),
        ({"then-0-value": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(
    desk: Browser, changes: dict[str, str], message: str
) -> None:
    answer = desk.post(reverse("automation:rule-create"), {**FORM, **changes})

    assert answer.status_code == 422
    assert message in answer.text
    assert not AutomationRule.objects.exists()


def test_a_rule_that_does_nothing_is_refused(desk: Browser) -> None:
    form = {name: value for name, value in FORM.items() if not name.startswith("then")}

    answer = desk.post(reverse("automation:rule-create"), form)

    assert answer.status_code == 422
    assert "Say what the rule does" in answer.text


def test_the_form_of_a_rule_shows_it_as_it_is(desk: Browser) -> None:
    desk.post(reverse("automation:rule-create"), FORM)
    made = AutomationRule.objects.get()

    answer = desk.get(reverse("automation:rule-edit", args=[made.pk]))

    builder = answer.context["builder"]
    assert builder.conditions[0]["values"].value() == "printer, imprimante"
    assert builder.actions[0]["value"].value() == "printing"


def test_rules_are_switched_and_change_places(desk: Browser) -> None:
    first, second = AutomationRuleFactory.create(), AutomationRuleFactory.create()

    desk.post(reverse("automation:rule-switch", args=[first.pk]), {"on": "0"})
    desk.post(reverse("automation:rule-move", args=[second.pk]), {"way": "up"})

    assert list(AutomationRule.objects.values_list("pk", "is_active")) == [
        (second.pk, True),
        (first.pk, False),
    ]


def test_a_technician_reads_rules_and_changes_none(technician: User, sign_in: SignIn) -> None:
    made = rule(("priority", "1_urgent"))
    browser = sign_in(technician)

    assert made.name in browser.get(reverse("automation:rules")).text
    assert browser.post(reverse("automation:rule-edit", args=[made.pk]), FORM).status_code == 403
    answer = browser.post(reverse("automation:rule-switch", args=[made.pk]), {"on": "0"})
    assert answer.status_code == 403
    made.refresh_from_db()
    assert made.is_active


def test_the_rules_page_says_what_it_did_and_the_ticket_too(
    desk: Browser, technician: User
) -> None:
    made = rule(("priority", "1_urgent"), ("board", 999_999), name="Fire", conditions=[])
    ticket = opened(technician)

    page = desk.get(made.get_absolute_url()).text
    assert ticket.number in page
    assert "what the rule names is not there any more" in page
    timeline = desk.get(ticket.get_absolute_url()).text
    assert "Rule “Fire”" in timeline
    assert "set the priority: urgent" in timeline


def _tried(desk: Browser, made: AutomationRule, since: str, until: str) -> Any:
    days = {"since": since, "until": until}
    return desk.get(made.get_absolute_url(), days).context["tried"]


def test_a_dry_run_tells_which_new_tickets_would_have_matched_and_writes_nothing(
    desk: Browser, technician: User
) -> None:
    caught = TicketFactory.create(subject="Printer jammed")
    TicketFactory.create(subject="No network")
    TicketFactory.create(subject="Printer", opened_at=datetime(2026, 2, 1, tzinfo=UTC))
    made = rule(
        ("priority", "1_urgent"),
        conditions=[{"property": "subject", "test": "contains", "values": ["printer"]}],
    )

    tried = _tried(desk, made, "2026-03-01", "2026-03-31")

    assert [(one.ticket, one.at) for one in tried.matches] == [(caught, caught.opened_at)]
    assert tried.looked_at == 2
    caught.refresh_from_db()
    assert (caught.priority, RuleRun.objects.exists()) == ("3_normal", False)


def test_a_dry_run_sees_a_new_ticket_as_it_was_then(desk: Browser, technician: User) -> None:
    ticket = TicketFactory.create(subject="Printer jammed")
    changes = {"subject": "Solved", "priority": "4_low"}
    edit_ticket(ticket_id=ticket.pk, changes=changes, actor=technician, now=NOW)  # type: ignore[arg-type]  # two of its keys
    made = rule(
        ("priority", "1_urgent"),
        conditions=[{"property": "subject", "test": "contains", "values": ["printer"]}],
    )

    assert len(_tried(desk, made, "2026-03-01", "2026-03-31").matches) == 1


def test_days_in_the_wrong_order_are_refused(desk: Browser) -> None:
    made = rule(("priority", "1_urgent"))

    days = {"since": "2026-03-31", "until": "2026-03-01"}
    answer = desk.get(made.get_absolute_url(), days)

    assert answer.status_code == 422
    assert "This is before the first day." in answer.text


def test_a_dry_run_costs_the_same_for_many_tickets(
    desk: Browser, django_assert_max_num_queries: Any
) -> None:
    TicketFactory.create_batch(12, subject="Printer")
    made = rule(("priority", "1_urgent"))

    with django_assert_max_num_queries(45):
        assert len(_tried(desk, made, "2026-03-01", "2026-03-31").matches) == 12


def test_groups_and_skills_are_written_down(desk: Browser, technician: User) -> None:
    category = CategoryFactory.create()

    desk.post(reverse("automation:group-create"), {"name": "First line", "people": technician.pk})
    levels = {f"person-{technician.pk}": "3", f"category-{category.pk}": "2"}
    desk.post(reverse("automation:skill-create"), {"name": "Networks", **levels})

    group, skill = TechnicianGroup.objects.get(), Skill.objects.get()
    assert [one.person for one in group.members.all()] == [technician]
    assert [(one.person, one.level) for one in skill.people.all()] == [(technician, 3)]
    assert [(one.category, one.level) for one in skill.categories.all()] == [(category, 2)]
    page = desk.get(reverse("automation:assignment")).text
    assert "Networks" in page
    assert "First line" in page


def test_programs_write_rules_and_read_what_they_did(desk: Browser, technician: User) -> None:
    sent = {
        "name": "Urgent",
        "when": "created",
        "conditions": [{"property": "subject", "test": "contains", "values": ["fire"]}],
        "actions": [{"verb": "priority", "value": "1_urgent"}],
        "is_active": True,
    }
    made = desk.post("/api/v1/automation-rules/", sent, content_type="application/json")
    assert made.status_code == 201, made.content
    AutomationRule.objects.update(since=NOW)
    ticket = opened(technician, subject="Fire")
    assert follow() == 0

    [run] = desk.get("/api/v1/rule-runs/").json()["results"]
    assert (run["ticket"], run["outcome"]) == (ticket.pk, "done")
    wrong = {**sent, "name": "X", "actions": [{"verb": "status", "value": "999999"}]}
    for nothing in ({"verb": "status", "value": "999999"}, {"verb": "by_skill", "value": "@99"}):
        sent_wrong = {**wrong, "actions": [nothing]}
        answer = desk.post("/api/v1/automation-rules/", sent_wrong, content_type="application/json")
        assert answer.status_code == 400
    tried = desk.get(
        f"/api/v1/automation-rules/{made.json()['id']}/dry-run/",
        {"since": "2026-03-01", "until": "2026-03-31"},
    )
    assert [one["number"] for one in tried.json()["matches"]] == [ticket.number]


def test_rules_hear_of_tags(technician: User) -> None:
    rule(("priority", "1_urgent"), when="updated", properties=["tag"])
    ticket = TicketFactory.create()

    for _ in range(2):
        retag_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, add=["vip"])

    assert RuleOccurrence.objects.count() == 1
    follow()
    ticket.refresh_from_db()
    assert ticket.priority == "1_urgent"


def test_a_rule_that_comes_to_wait_counts_working_hours_unless_told_otherwise(
    desk: Browser,
) -> None:
    url = reverse("automation:rule-create")
    chosen = {**FORM, "when": "waiting", "reshape": "1"}

    first = desk.post(url, chosen).context["form"]["in_working_hours"].value()
    told = desk.post(url, {**chosen, "in_working_hours": ""}).context["form"]

    assert (first, told["in_working_hours"].value()) == ("1", "")


def test_many_clients_and_sites_are_typed_and_read_one_by_one(
    desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chooser, "FEW", 1)
    alpha, bravo = (ClientFactory.create(name=name) for name in ("Alpha", "Bravo"))
    shop, _ = (SiteFactory.create(client=client, name="Shop") for client in (alpha, bravo))
    asked = {
        **FORM, "if-0-property": "client", "if-0-test": "is", "if-0-lines": f"alpha\n{bravo.code}",
        "if-1-property": "site", "if-1-test": "is_not", "if-1-lines": "Alpha: shop",
    }  # fmt: skip

    desk.post(reverse("automation:rule-create"), asked)

    made = AutomationRule.objects.get()
    assert [one["values"] for one in made.conditions] == [
        [str(alpha.pk), str(bravo.pk)], [str(shop.pk)],
    ]  # fmt: skip
    form = desk.get(reverse("automation:rule-edit", args=[made.pk])).content.decode()
    assert f"Alpha ({alpha.code})\nBravo ({bravo.code})" in form
    assert "Alpha: Shop" in form
    assert f'value="{alpha.pk}"' not in form


@pytest.mark.parametrize(
    ("named", "lines", "told"),
    [
        ("client", "Nobody", "No client has this name or code."),
        ("site", "Alpha: Nowhere", "There is no site “Alpha: Nowhere”: write client: site."),
        ("client", "", "Say at least one."),
    ],
)
def test_a_line_that_means_nobody_is_told_and_stays(
    desk: Browser, monkeypatch: pytest.MonkeyPatch, named: str, lines: str, told: str
) -> None:
    monkeypatch.setattr(chooser, "FEW", 0)
    SiteFactory.create(client__name="Alpha")
    asked = {**FORM, "if-0-property": named, "if-0-test": "is", "if-0-lines": lines}

    answer = desk.post(reverse("automation:rule-create"), asked)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert lines in answer.content.decode()
