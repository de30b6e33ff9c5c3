"""Rules in the words of who reads them: what can be chosen, and what was chosen."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from catalog.models import Category
from clients.finding import name_with_code
from clients.forms import chooser
from clients.models import Client, Site
from contracts.models import ManagedPlan
from tickets.domain.rules import Condition, Property, Test, Verb
from tickets.models import (
    ActionReason,
    AutomationRule,
    BillingMode,
    CannedReply,
    Level,
    Priority,
    PromiseKind,
    RuleWhen,
    ServiceBoard,
    Skill,
    Tag,
    TechnicianGroup,
    TicketStatus,
)

Choices = list[tuple[str, str]]
PROPERTIES: dict[Property, Any] = {
    Property.SUBJECT: gettext_lazy("subject"),
    Property.TEXT: gettext_lazy("text"),
    Property.PRIORITY: gettext_lazy("priority"),
    Property.STATUS: gettext_lazy("status"),
    Property.BOARD: gettext_lazy("board"),
    Property.CATEGORY: gettext_lazy("category"),
    Property.ASSIGNEE: gettext_lazy("assigned to"),
    Property.CLIENT: gettext_lazy("client"),
    Property.SITE: gettext_lazy("site"),
    Property.PLAN: gettext_lazy("managed plan"),
    Property.TAG: gettext_lazy("tag"),
    Property.FOLLOWER: gettext_lazy("followed by"),
    Property.BILLING: gettext_lazy("billed as"),
    Property.SOURCE: gettext_lazy("came by"),
    Property.HOURS: gettext_lazy("working hours"),
}
TESTS: dict[Test, Any] = {
    Test.IS: gettext_lazy("is one of"),
    Test.IS_NOT: gettext_lazy("is none of"),
    Test.CONTAINS: gettext_lazy("contains"),
    Test.LACKS: gettext_lazy("does not contain"),
    Test.SET: gettext_lazy("is given"),
    Test.EMPTY: gettext_lazy("is not given"),
}
VERBS: dict[Verb, Any] = {
    Verb.PRIORITY: gettext_lazy("set the priority"),
    Verb.STATUS: gettext_lazy("set the status"),
    Verb.BOARD: gettext_lazy("move to the board"),
    Verb.CATEGORY: gettext_lazy("set the category"),
    Verb.ASSIGN: gettext_lazy("assign to"),
    Verb.IN_TURN: gettext_lazy("assign in turn within"),
    Verb.LEAST_LOADED: gettext_lazy("assign to the least loaded of"),
    Verb.BY_SKILL: gettext_lazy("assign by skill"),
    Verb.TAG: gettext_lazy("add the tag"),
    Verb.NOTE: gettext_lazy("write an internal note"),
    Verb.REPLY: gettext_lazy("send the canned reply"),
    Verb.NOTIFY: gettext_lazy("tell"),
    Verb.NOTIFY_ROLE: gettext_lazy("tell everybody who is"),
    Verb.FOLLOW: gettext_lazy("let follow"),
    Verb.CHECKLIST: gettext_lazy("add to the checklist"),
}
# Changes that a rule can wait for; the names are those of the ticket's properties.
CHANGES: dict[str, Any] = {
    "status": gettext_lazy("status"),
    "priority": gettext_lazy("priority"),
    "assignee": gettext_lazy("assigned to"),
    "board": gettext_lazy("board"),
    "category": gettext_lazy("category"),
    "subject": gettext_lazy("subject"),
    "description": gettext_lazy("description"),
    "client": gettext_lazy("client"),
    "contact": gettext_lazy("contact"),
    "site": gettext_lazy("site"),
    "asset": gettext_lazy("asset"),
    "tag": gettext_lazy("tag"),
    "billing_mode": gettext_lazy("billed as"),
    "sla_policy": gettext_lazy("service level"),
}
SOURCES: dict[str, Any] = {
    "desk": gettext_lazy("the desk"),
    "mail": gettext_lazy("mail"),
    "portal": gettext_lazy("the portal"),
    "maintenance": gettext_lazy("a maintenance plan"),
}
HOURS: dict[str, Any] = {
    "open": gettext_lazy("the firm is at work"),
    "shut": gettext_lazy("the firm is closed"),
}
BY_CATEGORY = gettext_lazy("what its category asks for")
WRITTEN = frozenset({Verb.NOTE, Verb.CHECKLIST, Verb.TAG})  # typed, not chosen


def _rows(rows: "QuerySet[Any]") -> Callable[[], Choices]:
    return lambda: [(str(row.pk), str(row)) for row in rows.all()]


def _labels(words: dict[str, Any]) -> Callable[[], Choices]:
    return lambda: [(value, str(label)) for value, label in words.items()]


def _sites() -> Choices:
    return _named_sites(Site.objects.order_by("client__name", "pk"))


def _named_sites(rows: "QuerySet[Site]") -> Choices:
    return [(str(row.pk), f"{row.client}: {row}") for row in rows.select_related("client")]


def _skills() -> Choices:
    wanted = [("", str(BY_CATEGORY))]
    for skill in Skill.objects.all():
        wanted += [(f"{skill.pk}:{level}", _skill(skill, level)) for level in Level]
    return wanted


def _skill(skill: Skill, level: Level) -> str:
    return _("%(skill)s, at least %(level)s") % {"skill": skill, "level": level.label}


_OF_PROPERTY: dict[Property, Callable[[], Choices]] = {
    Property.BOARD: _rows(ServiceBoard.objects.all()),
    Property.STATUS: _rows(TicketStatus.objects.all()),
    Property.PRIORITY: lambda: [(one.value, str(one.label)) for one in Priority],
    Property.CATEGORY: _rows(Category.objects.all()),
    Property.BILLING: lambda: [(one.value, str(one.label)) for one in BillingMode],
    Property.CLIENT: _rows(Client.objects.order_by("name")),
    Property.SITE: _sites,
    Property.PLAN: _rows(ManagedPlan.objects.all()),
    Property.TAG: _rows(Tag.objects.all()),
    Property.ASSIGNEE: _rows(User.objects.staff().order_by("first_name", "last_name")),
    Property.FOLLOWER: _rows(User.objects.staff().order_by("first_name", "last_name")),
    Property.SOURCE: _labels(SOURCES),
    Property.HOURS: _labels(HOURS),
}
# Of these there may be too many for a list.
_MANY: "dict[Property, QuerySet[Any]]" = {
    Property.CLIENT: Client.objects.all(),
    Property.SITE: Site.objects.all(),
}
_OF_VERB: dict[Verb, Callable[[], Choices]] = {
    Verb.STATUS: _OF_PROPERTY[Property.STATUS],
    Verb.PRIORITY: _OF_PROPERTY[Property.PRIORITY],
    Verb.BOARD: _OF_PROPERTY[Property.BOARD],
    Verb.CATEGORY: _OF_PROPERTY[Property.CATEGORY],
    Verb.ASSIGN: _OF_PROPERTY[Property.ASSIGNEE],
    Verb.NOTIFY: _OF_PROPERTY[Property.ASSIGNEE],
    Verb.FOLLOW: _OF_PROPERTY[Property.ASSIGNEE],
    Verb.TAG: _OF_PROPERTY[Property.TAG],
    Verb.IN_TURN: _rows(TechnicianGroup.objects.all()),
    Verb.LEAST_LOADED: _rows(TechnicianGroup.objects.all()),
    Verb.BY_SKILL: _skills,
    Verb.REPLY: _rows(CannedReply.objects.filter(owner=None)),
    Verb.NOTIFY_ROLE: lambda: [
        (str(row.pk), _(row.name)) for row in Group.objects.order_by("name")
    ],
}


class RuleWords:
    """The words of rules; what they name is read once, however many rules are told."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, str], Choices] = {}
        self._are_many: dict[Property, bool] = {}

    def of_property(self, name: Property) -> Choices:
        """Return what a condition on the property can be compared with."""
        return self._choices(name, _OF_PROPERTY.get(name))

    def of_verb(self, verb: Verb) -> Choices:
        """Return what an action can be about; nothing where it is typed."""
        return self._choices(verb, _OF_VERB.get(verb))

    def when(self, rule: AutomationRule) -> str:
        """Return what the rule waits for, as a sentence begins."""
        if rule.when == RuleWhen.WAITING:
            return self._waiting(rule)
        if rule.when == RuleWhen.SLA:
            told = {"percent": rule.percent, "kind": PromiseKind(rule.promise).label}
            return _("%(percent)s %% of the time for the %(kind)s is used") % told
        if rule.when == RuleWhen.UPDATED and rule.properties:
            changed = ", ".join(str(CHANGES.get(name, name)) for name in rule.properties)
            return _("a ticket is changed in: %(properties)s") % {"properties": changed}
        return str(RuleWhen(rule.when).label)

    def condition(self, one: dict[str, Any]) -> str:
        """Return a condition in words, as it is kept with a rule or in the log."""
        name, test = Property(one["property"]), Test(one["test"])
        said = f"{PROPERTIES[name]} {TESTS[test]}"
        values = self.values(name, one["values"])
        return f"{said} {values}" if values else said

    def condition_of(self, one: Condition) -> str:
        """Return a condition in words."""
        return self.condition(
            {"property": one.property, "test": one.test, "values": list(one.values)}
        )

    def values(self, name: Property, values: Iterable[str]) -> str:
        """Return values of a property in words."""
        if name in {Property.SUBJECT, Property.TEXT}:
            return ", ".join(_("“%(name)s”") % {"name": value} for value in values)
        return ", ".join(self._names(name, list(values)))

    def are_many(self, name: Property) -> bool:
        """Say whether there are too many clients or sites for a list."""
        rows = _MANY.get(name)
        if name not in self._are_many:
            few = chooser.FEW
            self._are_many[name] = rows is not None and rows.order_by()[: few + 1].count() > few
        return self._are_many[name]

    def lines(self, name: Property, values: Iterable[str]) -> str:
        """Return chosen clients or sites as one would type them, one a line."""
        return "\n".join(self._names(name, list(values)))

    def _names(self, name: Property, values: list[str]) -> list[str]:
        """Return the names of values; of many clients and sites only these are read."""
        known = dict(self._few_of(name, values) if self.are_many(name) else self.of_property(name))
        return [known.get(value, _("(gone)")) for value in values]

    def _few_of(self, name: Property, values: list[str]) -> Choices:
        keys = [int(value) for value in values if value.isdecimal()]
        if name == Property.SITE:
            return _named_sites(Site.objects.filter(pk__in=keys))
        clients = Client.objects.filter(pk__in=keys)
        return [(str(client.pk), name_with_code(client)) for client in clients]

    def action(self, one: dict[str, Any]) -> str:
        """Return an action in words."""
        verb, value = Verb(one["verb"]), str(one["value"])
        known = dict(self.of_verb(verb))
        about = value if verb in WRITTEN and verb != Verb.TAG else known.get(value, _("(gone)"))
        if verb == Verb.BY_SKILL:
            about = self._skill_asked(value)
        first, *more = about.splitlines() or [""]
        return _("%(what)s: %(value)s") % {
            "what": VERBS[verb],
            "value": f"{first}{' …' if more else ''}",
        }

    def knows(self, verb: Verb, value: str) -> bool:
        """Say whether what an action is about is there."""
        if verb != Verb.BY_SKILL:
            return value in dict(self.of_verb(verb))
        asked, _at, group = value.partition("@")
        groups = dict(self.of_verb(Verb.IN_TURN))
        return asked in dict(self.of_verb(verb)) and ("@" not in value or group in groups)

    def _skill_asked(self, value: str) -> str:
        asked, _at, group = value.partition("@")
        skill = dict(self.of_verb(Verb.BY_SKILL)).get(asked, _("(gone)"))
        if not group:
            return skill
        name = dict(self.of_verb(Verb.IN_TURN)).get(group, _("(gone)"))
        return _("%(skill)s, within %(group)s") % {"skill": skill, "group": name}

    def result(self, one: dict[str, Any]) -> str:
        """Return why an action was skipped or failed, or whom it turned out to be about."""
        reason = str(ActionReason(one["reason"]).label) if one["reason"] else ""
        return ": ".join(part for part in (reason, str(one["detail"])) if part)

    def _waiting(self, rule: AutomationRule) -> str:
        told = {"status": rule.status, "hours": rule.hours}
        if rule.in_working_hours:
            return (
                ngettext(
                    "a ticket has been “%(status)s” for %(hours)s working hour",
                    "a ticket has been “%(status)s” for %(hours)s working hours",
                    rule.hours or 0,
                )
                % told
            )
        return (
            ngettext(
                "a ticket has been “%(status)s” for %(hours)s hour by the clock on the wall",
                "a ticket has been “%(status)s” for %(hours)s hours by the clock on the wall",
                rule.hours or 0,
            )
            % told
        )

    def _choices(self, key: "Property | Verb", read: Callable[[], Choices] | None) -> Choices:
        place = (type(key), str(key))
        if place not in self._known:
            self._known[place] = read() if read is not None else []
        return self._known[place]
