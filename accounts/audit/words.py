"""Turns events into what a person reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext, pgettext_lazy

from accounts.audit.tracked import Tracked, name_fields, row_name
from accounts.models import User
from core import display

ACTIONS = {
    "insert": pgettext_lazy("audit trail", "added"),
    "update": pgettext_lazy("audit trail", "changed"),
    "delete": pgettext_lazy("audit trail", "deleted"),
}
COSTS = frozenset({"cost", "unit_cost"})
Names = dict[type[models.Model], dict[Any, str]]


@dataclass(frozen=True)
class Raw:
    """An event as the database keeps it."""

    tracked: Tracked
    object_id: int
    at: datetime
    label: str
    context: dict[str, Any]
    now: dict[str, Any]
    before: dict[str, Any]

    def changed_columns(self) -> Iterator[str]:
        """Yield the columns whose values differ from the version before."""
        for column in self.tracked.fields:
            was, became = self.sides(column)
            if was != became:
                yield column

    def sides(self, column: str) -> tuple[Any, Any]:
        """Return what the column held before and after."""
        if self.label == "insert":
            return None, self.now.get(column)
        if self.label == "delete":
            return self.now.get(column), None
        return self.before.get(column), self.now.get(column)


@dataclass(frozen=True)
class Change:
    """One field, from what to what."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did to one object."""

    at: datetime
    who: str
    kind: str
    action: str
    label: str
    name: str
    changes: list[Change] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        """Whether an existing object was altered, rather than added or deleted."""
        return self.label == "update"


def in_words(rows: list[Raw], reader: User) -> list[Entry]:
    """Return the events as the reader may see them, in the language of the page."""
    names = _names(rows)
    return [_entry(row, names, reader) for row in rows]


def _entry(row: Raw, names: Names, reader: User) -> Entry:
    who = names[User].get(_person(row), gettext("the system"))
    if row.tracked.object_column == "user_id":
        return _role_entry(row, names, who)
    sees_costs = reader.has_perm("accounts.view_costs")
    changes = [
        _change(row, column, names)
        for column in row.changed_columns()
        if sees_costs or column not in COSTS
    ]
    return Entry(
        at=row.at,
        who=who,
        kind=row.tracked.label,
        action=str(ACTIONS.get(row.label, row.label)),
        label=row.label,
        name=_object_name(row, names),
        changes=[change for change in changes if change.before or change.after],
    )


def _role_entry(row: Raw, names: Names, who: str) -> Entry:
    """Say who gave or took a role as a sentence of its own."""
    if row.label == "insert":
        told = gettext("gave the role %(role)s to")
    else:
        told = gettext("took the role %(role)s from")
    role = names[Group].get(row.now["group_id"], "")
    person = names[User].get(row.object_id, f"#{row.object_id}")
    return Entry(row.at, who, "", told % {"role": role}, row.label, person)


def _object_name(row: Raw, names: Names) -> str:
    own = row_name(row.tracked.model, row.now)
    if own:
        return own
    related = [
        names[target].get(row.now.get(column), "") for column, target in _targets(row.tracked)
    ]
    if any(related):
        return " · ".join(list(filter(None, related))[:2])
    values = (_value(one, row.now.get(column), names) for column, one in row.tracked.fields.items())
    return " ".join(list(filter(None, values))[:3]) or f"#{row.object_id}"


def _change(row: Raw, column: str, names: Names) -> Change:
    model_field = row.tracked.fields[column]
    before, after = (_value(model_field, value, names) for value in row.sides(column))
    return Change(_label(model_field), before, after)


def _label(model_field: "models.Field[Any, Any]") -> str:
    label = str(model_field.verbose_name)
    return label[:1].upper() + label[1:]


def _value(model_field: "models.Field[Any, Any]", value: Any, names: Names) -> str:  # noqa: ANN401  (any column)
    if value in (None, ""):
        return ""
    target = model_field.related_model
    if isinstance(target, type):
        return names[target].get(value, f"#{value}")
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    return _plain(model_field.to_python(value))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return display.moment_text(value)
    if isinstance(value, date):
        return display.day_text(value)
    if isinstance(value, Decimal):
        return display.number_text(value)
    return str(value)


def _names(rows: list[Raw]) -> Names:
    """Look up what the related objects are called, one query for each kind of them."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in rows:
        wanted[User].add(_person(row))
        if row.tracked.object_column == "user_id":
            wanted[User].add(row.object_id)
        for column, target in _targets(row.tracked):
            wanted[target] |= {row.now.get(column), row.before.get(column)}
    found: Names = defaultdict(dict)
    for model, keys in wanted.items():
        found[model] = _names_of(model, keys - {None})
    return found


def _names_of(model: type[models.Model], keys: Iterable[Any]) -> dict[Any, str]:
    everything: models.QuerySet[models.Model] = models.QuerySet(model)
    rows = everything.filter(pk__in=keys).values("pk", *name_fields(model))
    return {row["pk"]: row_name(model, row) or f"#{row['pk']}" for row in rows}


def _targets(tracked: Tracked) -> list[tuple[str, type[models.Model]]]:
    return [
        (column, model_field.related_model)
        for column, model_field in tracked.fields.items()
        if isinstance(model_field.related_model, type)
    ]


def _person(row: Raw) -> int | None:
    person = row.context.get("user")
    return int(person) if person else None
