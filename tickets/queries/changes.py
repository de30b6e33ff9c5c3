"""What people changed on a ticket: who works on it, how urgent it is, what it is called."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import BillingMode, Priority, Ticket

TOLD = ("assignee_id", "priority", "subject", "billing_mode")


@dataclass(frozen=True, slots=True)
class Change:
    """One property before and after; both in the reader's words."""

    what: str
    before: str
    after: str
    who: User | None
    at: datetime
    is_by_rule: bool = False


def changes_of(ticket: Ticket) -> list[Change]:
    """Return the changes that the audit trail has kept of a ticket; two queries."""
    events: list[Any] = list(
        ticket.events.order_by("pgh_id")  # type: ignore[attr-defined]  # pghistory's
        .select_related("pgh_context")
        .only("pgh_obj", "pgh_created_at", "pgh_context__metadata", *TOLD)
    )
    steps = [(old, new, name) for old, new in pairwise(events) for name in _differing(old, new)]
    people = User.objects.in_bulk(_people_in(steps))
    return [_change(old, new, name, people) for old, new, name in steps]


def _differing(old: Any, new: Any) -> list[str]:  # noqa: ANN401  (pghistory's events)
    return [name for name in TOLD if getattr(old, name) != getattr(new, name)]


def _people_in(steps: list[tuple[Any, Any, str]]) -> set[int]:
    pairs = [(old, new) for old, new, name in steps if name == "assignee_id"]
    assigned = {event.assignee_id for pair in pairs for event in pair}
    authors = {_author_id(new) for _old, new, _name in steps}
    return {pk for pk in assigned | authors if pk}


def _author_id(event: Any) -> int | None:  # noqa: ANN401  (pghistory's event)
    context = event.pgh_context
    user_id = context.metadata.get("user") if context is not None else None
    return int(user_id) if user_id else None


def _is_by_rule(event: Any) -> bool:  # noqa: ANN401  (pghistory's event)
    return event.pgh_context is not None and "rule" in event.pgh_context.metadata


def _change(old: Any, new: Any, name: str, people: dict[int, User]) -> Change:  # noqa: ANN401  (pghistory's events)
    label, written = _WORDS[name]
    return Change(
        what=str(label()),
        before=written(getattr(old, name), people),
        after=written(getattr(new, name), people),
        who=people.get(_author_id(new) or 0),
        at=new.pgh_created_at,
        is_by_rule=_is_by_rule(new),
    )


def _person(pk: int | None, people: dict[int, User]) -> str:
    return str(people[pk]) if pk in people else _("nobody yet")


_WORDS: dict[str, tuple[Any, Any]] = {
    "assignee_id": (lambda: _("Assigned to"), _person),
    "priority": (lambda: _("Priority"), lambda value, _people: str(Priority(value).label)),
    "subject": (lambda: _("Subject"), lambda value, _people: value),
    "billing_mode": (lambda: _("Billed as"), lambda value, _people: str(BillingMode(value).label)),
}
