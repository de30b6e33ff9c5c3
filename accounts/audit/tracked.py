"""Which models are watched, and how a row of theirs is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

from django.apps import apps
from django.db import models
from pghistory.models import Event

from accounts.models import GroupMembershipEvent, User
from accounts.roles import role_label

NAMED_BY = ("number", "name", "subject", "description", "code", "email")
INTERNAL = frozenset({"id", "version", "rating_version"})


@dataclass(frozen=True)
class Tracked:
    """A model whose changes are kept."""

    kind: str
    model: type[models.Model]
    events: type[Event]

    @property
    def table(self) -> str:
        """The table of its events."""
        return str(self.events._meta.db_table)

    @property
    def object_column(self) -> str:
        """The column that says which row an event is about."""
        return "user_id" if self.events is GroupMembershipEvent else "pgh_obj_id"

    @property
    def label(self) -> str:
        """What one of these is called."""
        named = self.events if self.events is GroupMembershipEvent else self.model
        return str(named._meta.verbose_name)

    @property
    def permission(self) -> str:
        """What one needs to read its changes."""
        meta = self.model._meta
        return f"{meta.app_label}.view_{meta.model_name}"

    @cached_property
    def fields(self) -> dict[str, "models.Field[Any, Any]"]:
        """The fields a reader understands, by the column they are kept in."""
        own = (f for f in self.events._meta.concrete_fields if not f.name.startswith("pgh_"))
        return {str(field.column): field for field in own if field.name not in INTERNAL}


@lru_cache
def tracked_models() -> dict[str, Tracked]:
    """Return every watched model by its kind, as in ``clients.client``."""
    found = {}
    for events in apps.get_models():
        if not issubclass(events, Event) or events._meta.proxy:
            continue
        model = _model_of(events)
        kind = "accounts.role" if events is GroupMembershipEvent else model._meta.label_lower
        found[kind] = Tracked(kind, model, events)
    return dict(sorted(found.items()))


def _model_of(events: type[Event]) -> type[models.Model]:
    if events is GroupMembershipEvent:
        return User
    return cast(type[models.Model], events.pgh_tracked_model)


def tracked_model(app: str, model: str) -> Tracked | None:
    """Return the watched model of that name, if there is one."""
    return tracked_models().get(f"{app}.{model}")


def name_fields(model: type[models.Model]) -> list[str]:
    """Return the fields that a row of the model is recognised by."""
    own = {field.name for field in model._meta.concrete_fields}
    if {"first_name", "last_name"} <= own:
        return ["first_name", "last_name", *(["email"] if "email" in own else [])]
    named = [name for name in NAMED_BY if name in own]
    return named[:2] if named[:1] == ["number"] else named[:1]


def row_name(model: type[models.Model], row: Mapping[str, Any]) -> str:
    """Return what a person calls the row, from its own values alone."""
    if model._meta.label_lower == "auth.group":
        return role_label(str(row["name"]))
    values = [str(row.get(name) or "") for name in name_fields(model)]
    if model._meta.label_lower == "accounts.user" and any(values[:2]):
        values = values[:2]
    return " ".join(filter(None, values))[:120]
