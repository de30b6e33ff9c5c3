"""Find tickets, clients, contacts, assets, contracts and invoices by what one remembers of them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing.models import Invoice
from clients.models import Asset, Client, Contact
from contracts.models import Contract
from psa.domain.search_words import Term, read_terms
from psa.models import SearchKind
from psa.queries.search_sql import (
    BEGIN,
    END,
    Candidate,
    Wanted,
    candidates,
    exactly,
    marked,
    nearly,
)
from tickets.models import Note, Ticket, TimeEntry
from tickets.queries.lean import with_tag_names

SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One thing found, with what was sought marked in its title and in an extract of its text."""

    kind: str
    pk: int
    title: SafeString
    note: str
    extract: SafeString
    url: str


@dataclass(frozen=True)
class Group:
    """A kind of thing that can be found: its entries, its rows, for whom, and how one is shown."""

    kind: str
    label: Promise
    icon: str
    permission: str
    entries: tuple[SearchKind, ...]
    rows: Callable[[User], QuerySet[Any]]
    title: Callable[[Any], str]
    note: Callable[[Any], str]


@dataclass(frozen=True)
class Found:
    """The hits of one kind."""

    group: Group
    hits: list[Hit]


@dataclass(frozen=True)
class Results:
    """All that was found; not exact when only what is spelt alike could be found."""

    found: list[Found]
    is_exact: bool = True
    is_too_short: bool = False


GROUPS = (
    Group(
        "ticket",
        _("Tickets"),
        "ticket",
        "tickets.view_ticket",
        (SearchKind.TICKET, SearchKind.NOTE, SearchKind.TIME),
        lambda user: with_tag_names(Ticket.objects.visible_to(user).select_related("client")),
        str,
        lambda row: " · ".join([row.client.name, *row.tag_names]),
    ),
    Group(
        "client",
        _("Clients"),
        "building",
        "clients.view_client",
        (SearchKind.CLIENT,),
        Client.objects.visible_to,
        lambda row: row.name,
        lambda row: row.code,
    ),
    Group(
        "contact",
        _("Contacts"),
        "user",
        "clients.view_contact",
        (SearchKind.CONTACT,),
        lambda user: Contact.objects.visible_to(user).select_related("client"),
        str,
        lambda row: row.client.name,
    ),
    Group(
        "asset",
        _("Assets"),
        "device-desktop",
        "clients.view_asset",
        (SearchKind.ASSET,),
        lambda user: Asset.objects.visible_to(user).select_related("client"),
        lambda row: f"{row.name} {row.serial_number}".strip(),
        lambda row: row.client.name,
    ),
    Group(
        "contract",
        _("Contracts"),
        "file-text",
        "contracts.view_contract",
        (SearchKind.CONTRACT,),
        lambda user: Contract.objects.visible_to(user).select_related("client"),
        lambda row: f"{row.number} {row.name}",
        lambda row: row.client.name,
    ),
    Group(
        "invoice",
        _("Invoices"),
        "file-invoice",
        "billing.view_invoice",
        (),
        lambda user: Invoice.objects.visible_to(user).issued().select_related("client"),
        lambda row: row.number,
        lambda row: row.client.name,
    ),
)


def search(typed: str, user: User, *, language: str, most: int) -> Results:
    """Return what matches, best first, at most so many of a kind.

    Words count in the endings of the reader's language, accents do not count. Where nothing
    matches, words that are spelt alike are sought instead.
    """
    terms = read_terms(typed)
    if len(typed.strip()) < SHORTEST or not any(not term.is_excluded for term in terms):
        return Results([], is_too_short=True)
    groups = [group for group in GROUPS if user.has_perm(group.permission)]
    found = _found(exactly(terms, language), groups, user, language, most)
    found += _invoices(terms, groups, user, most)
    if found:
        return Results(found)
    alike = _found(nearly(terms, language), groups, user, language, most)
    return Results(alike, is_exact=not alike)


def _found(
    wanted: Wanted | None, groups: Sequence[Group], user: User, language: str, most: int
) -> list[Found]:
    """Read what the entries lead to; a row that this person may not see stays out."""
    kinds = [kind for group in groups for kind in group.entries]
    if wanted is None or not kinds:
        return []
    entries = candidates(wanted, kinds)
    return [
        Found(group, hits)
        for group in groups
        if (hits := _hits(group, entries, user, wanted, language, most))
    ]


def _hits(
    group: Group,
    entries: Iterable[Candidate],
    user: User,
    wanted: Wanted,
    language: str,
    most: int,
) -> list[Hit]:
    best: dict[int, Candidate] = {}
    for entry in entries:
        if entry[0] in group.entries:
            best.setdefault(entry[2], entry)
    shown = _visible(group.rows(user), best, most)
    if not shown:
        return []
    texts = _texts([entry for _row, entry in shown], {row.pk: row for row, _entry in shown}, user)
    titles = [group.title(row) for row, _entry in shown]
    lines = marked(titles, texts, wanted, language)
    return [
        Hit(
            group.kind,
            row.pk,
            _as_html(lines[place]),
            group.note(row),
            _extract(lines[len(shown) + place]),
            row.get_absolute_url(),
        )
        for place, (row, _entry) in enumerate(shown)
    ]


def _visible(
    rows: QuerySet[Any], best: dict[int, Candidate], most: int
) -> list[tuple[Any, Candidate]]:
    """Return the best of what this person may see; mostly that is the best of all."""
    keys, found = list(best), dict[int, Any]()
    for part in (keys[:most], keys[most:]):
        if part and len(found) < most:
            found |= rows.in_bulk(part)
    return [(found[pk], best[pk]) for pk in keys if pk in found][:most]


def _texts(entries: Sequence[Candidate], rows: dict[int, Any], user: User) -> list[str]:
    """Return the text in which each entry was found: a note's, a time entry's, the ticket's."""
    wanted: dict[str, list[int]] = {}
    for kind, target, _shown in entries:
        wanted.setdefault(kind, []).append(target)
    texts: dict[tuple[str, int], str] = {}
    for pk, body in _of(Note, wanted.get(SearchKind.NOTE), "body", user):
        texts[SearchKind.NOTE, pk] = body
    for pk, body in _of(TimeEntry, wanted.get(SearchKind.TIME), "note", user):
        texts[SearchKind.TIME, pk] = body
    return [
        texts.get((kind, target), getattr(rows[shown], "description", "") or "")
        for kind, target, shown in entries
    ]


def _of(
    model: type[Note] | type[TimeEntry], keys: list[int] | None, field: str, user: User
) -> Iterable[tuple[int, str]]:
    if not keys:
        return ()
    return model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", field)


def _invoices(terms: Sequence[Term], groups: Sequence[Group], user: User, most: int) -> list[Found]:
    """Invoices are found by number or client: their rows say all that their entries would."""
    group = next((group for group in groups if group.kind == "invoice"), None)
    if group is None:
        return []
    matching = Q()
    for term in terms:
        holds = Q(number__icontains=term.text) | Q(client__name__unaccent__icontains=term.text)
        matching &= ~holds if term.is_excluded else holds
    rows = group.rows(user).filter(matching).order_by("-issued_on", "-pk")[:most]
    hits = [
        Hit(
            "invoice",
            row.pk,
            escape(row.number),
            row.client.name,
            SafeString(),
            row.get_absolute_url(),
        )
        for row in rows
    ]
    return [Found(group, hits)] if hits else []


def _extract(line: str) -> SafeString:
    """Return the extract, or nothing when it shows nothing of what was sought."""
    return _as_html(" ".join(line.split())) if BEGIN in line else SafeString()


def _as_html(line: str) -> SafeString:
    """Return the line with what was sought marked, and everything else as text."""
    pieces = re.split(f"({BEGIN}[^{END}]*{END})", line)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.strip(BEGIN + END)),)
            if piece.startswith(BEGIN)
            else (piece,)
            for piece in pieces
        ),
    )
