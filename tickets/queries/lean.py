"""What a list reads of a ticket and of what stands around it: what a row shows, and no more."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from accounts.models import User
from clients.models import Client
from tickets.models import Ticket, TicketTag

_OF_CLIENT = frozenset({"id", "code", "name"})
_OF_PERSON = frozenset({"id", "email", "first_name", "last_name", "kind"})


def _others(relation: str, model: type[Any], kept: Collection[str]) -> tuple[str, ...]:
    names = (field.name for field in model._meta.concrete_fields)
    return tuple(f"{relation}__{name}" for name in names if name not in kept)


_NOT_SHOWN = ("description", *_others("client", Client, _OF_CLIENT))
_NOT_SHOWN_OF_ASSIGNEE = _others("assignee", User, _OF_PERSON)


def lean(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Read tickets with client, status and clock, and of the client its name alone."""
    return rows.select_related("client", "status", "clock").defer(*_NOT_SHOWN)


def with_assignee(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Read the name of who works on each, too."""
    return rows.select_related("assignee").defer(*_NOT_SHOWN_OF_ASSIGNEE)


def with_tag_names(rows: QuerySet[Ticket]) -> QuerySet[Any]:
    """Name the tags of each ticket as ``tag_names``, in their order; no further query."""
    tags = TicketTag.objects.filter(ticket=OuterRef("pk")).order_by("tag__name")
    return rows.annotate(tag_names=ArraySubquery(tags.values("tag__name")))
