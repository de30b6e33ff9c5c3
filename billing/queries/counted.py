"""The devices, people and sites that contract lines count, with the days on which they do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from billing.domain.agreements import Counted
from clients.models import Asset, Contact, Site
from contracts.models import CountedThing
from core.periods import FOREVER, Period

# One row of the query of contract lines, its columns by name.
LineRow = Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that counts on some days, with what lines tell it apart by."""

    unit: Counted
    kind: str = ""
    role: str = ""
    group: str = ""
    site_id: int | None = None


def units_of(lines: Iterable[LineRow]) -> dict[int, list[Counted]]:
    """Return what each line counts, for those that count; one query for each sort of thing."""
    counting: dict[str, list[LineRow]] = defaultdict(list)
    for line in lines:
        if line.counts:
            counting[line.counts].append(line)
    found: dict[int, list[Counted]] = {}
    for thing, rows in counting.items():
        candidates = _READERS[CountedThing(thing)]({row.contract__client_id for row in rows})
        for row in rows:
            found[row.pk] = _matching(row, candidates.get(row.contract__client_id, ()))
    return found


def _matching(line: LineRow, candidates: Sequence[Candidate]) -> list[Counted]:
    return [
        each.unit
        for each in candidates
        if line.count_kind in {"", each.kind}
        and line.count_role in {"", each.role}
        and line.count_group in {"", each.group}
        and line.count_site_id in {None, each.site_id}
    ]


def _assets(client_ids: set[int]) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in _dated(Asset.objects.filter(client__one_of=client_ids)):
        found[row.client_id].append(
            Candidate(_unit(row), kind=row.kind, group=row.group, site_id=row.site_id)
        )
    return found


def _contacts(client_ids: set[int]) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in _dated(Contact.objects.filter(client__one_of=client_ids)):
        found[row.client_id].append(Candidate(_unit(row), role=row.role, site_id=row.site_id))
    return found


def _sites(client_ids: set[int]) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in _dated(Site.objects.filter(client__one_of=client_ids)):
        found[row.client_id].append(Candidate(_unit(row), site_id=row.pk))
    return found


def _dated(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return those that count on some day: they have a first one, and no last one before it."""
    begun = rows.filter(covered_since_on__isnull=False)
    return begun.exclude(covered_until_on__lt=F("covered_since_on")).order_by("pk")


def _unit(row: Asset | Contact | Site) -> Counted:
    """Return it under the name that it has now."""
    since = row.covered_since_on or FOREVER
    return Counted(row.pk, str(row), Period.through(since, row.covered_until_on))


_READERS = {
    CountedThing.ASSETS: _assets,
    CountedThing.CONTACTS: _contacts,
    CountedThing.SITES: _sites,
}
