"""How the rows of one file become rows of ours."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from billing.models import Claim
from psa.legacy.formats import Accepted
from psa.legacy.rows import Content

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Change:
    """A row that says something else than at the last import."""

    accepted: Accepted
    target_id: int
    before: Content = field(default_factory=dict)

    @property
    def is_adopted(self) -> bool:
        """Whether the row was never imported, but what it describes is already here."""
        return not self.before

    @property
    def fields(self) -> frozenset[str]:
        """The fields that differ."""
        content = self.accepted.content
        return frozenset(name for name in content if content[name] != self.before.get(name))

    def __str__(self) -> str:
        if self.is_adopted:
            return "was already here and is now kept in step"
        content = self.accepted.content
        return "; ".join(
            f"{name}: {self.before.get(name) or '-'} → {content[name] or '-'}"
            for name in content
            if name in self.fields
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A row of ours that a new row of the export meets: taken over, or the reason why not."""

    target_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """What to do with the rows of one file; ``create`` returns the ids in the order given."""

    model: type[Model]
    find: Callable[[Sequence[Accepted]], dict[str, Found]]
    blocked: Callable[[Sequence[Change]], dict[str, str]]
    create: Callable[[Sequence[Accepted]], list[int]]
    change: Callable[[Sequence[Change]], None]


def rows_of(kind: type[R], accepted: Iterable[Accepted]) -> list[R]:
    """Return the rows, which are all of one kind."""
    return [row for row in (one.row for one in accepted) if isinstance(row, kind)]


def row_of(kind: type[R], change: Change) -> R:
    """Return the row of a change, which is of the kind."""
    row = change.accepted.row
    if not isinstance(row, kind):
        raise TypeError(f"{row!r} is no {kind.__name__}")
    return row


def nothing_blocks(_changes: Sequence[Change]) -> dict[str, str]:
    """Every change of this file may be written."""
    return {}


def update_fields(
    rows: QuerySet[Any], changes: Sequence[Change], names: Sequence[str]
) -> dict[int, Any]:
    """Copy the named fields, where they differ, onto the rows of ours; return these by id."""
    found = rows.in_bulk([change.target_id for change in changes])
    touched: set[str] = set()
    for change in changes:
        for name in change.fields.intersection(names):
            setattr(found[change.target_id], name, getattr(change.accepted.row, name))
            touched.add(name)
    if touched:
        rows.bulk_update(found.values(), sorted(touched), batch_size=500)
    return found


def billed_on(source: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the document or run that holds each piece of evidence, for those that one holds."""
    claims = Claim.objects.filter(**{f"{source}__in": list(ids)}, released_at=None)
    return {
        target: number or ("a draft" if invoice else "a billing run, at no cost")
        for target, invoice, number in claims.values_list(
            source, "charge__invoice", "charge__invoice__number"
        )
    }
