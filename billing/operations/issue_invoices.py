"""Issuing drafts: the moment from which an invoice never changes again."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from accounts.models import User
from billing.domain.sealing import copy_digest, digest_of, link_hash
from billing.issuing import Books, Paper, SharedCopies, reason_against
from billing.models import Invoice, InvoiceStatus, JournalEntry, NumberSeries, OutboxKind
from billing.parties import buyer_as_issued
from billing.queries.documents import Copies, lines_of, sealed, tax_lines_of
from billing.queries.freshness import changed_tickets_of
from billing.queries.holds import reasons_to_keep
from clients.models import LegalEntity
from core.doorbell import ring

EVENT = "issue"
DELIVERY = "billing.tasks.deliver_due_messages"

_FREEZE = """
WITH shared AS MATERIALIZED (
    SELECT seller::jsonb, mentions::jsonb, n
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS s (seller, mentions, n)
)
UPDATE billing_invoice i
SET status = 'issued', number = v.number, issued_on = v.issued_on, due_on = v.due_on,
    seller = s.seller, buyer = v.buyer::jsonb, mentions = s.mentions, hash = v.hash
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::text[], %s::text[], %s::int[])
     AS v (id, number, issued_on, due_on, buyer, hash, shared)
JOIN shared s ON s.n = v.shared
WHERE i.id = v.id
"""
_LINK = """
INSERT INTO billing_journalentry (legal_entity_id, position, event, invoice_id, digest,
                                  previous_hash, hash, recorded_by_id, recorded_at)
SELECT v.*, %s::bigint, now()
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[],
            %s::text[]) AS v
"""
_OUTBOX = """
INSERT INTO billing_outboxmessage (key, kind, invoice_id, state, attempts, due_at, last_error,
                                   created_at)
SELECT kind || ':' || id, kind, id, 'waiting', 0, now(), '', now()
FROM unnest(%s::bigint[]) WITH ORDINALITY AS v (id, n), unnest(%s::text[]) AS kind
ORDER BY n, kind DESC
"""


class Link(NamedTuple):
    """A link of the chain, in the order of the journal's columns."""

    legal_entity_id: int
    position: int
    event: str
    invoice_id: int
    digest: str
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Refusal:
    """A draft that was not issued, and why."""

    invoice_id: int
    client: str
    reason: str


@dataclass
class Issuing:
    """What came of a set of drafts."""

    issued: list[Invoice] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic(durable=True)
def issue_invoices(*, invoice_ids: Sequence[int], issued_on: date, actor: User | None) -> Issuing:
    """Give drafts their numbers and freeze them; delivery follows the commit.

    The drafts are numbered in the order in which they were made. One that cannot be issued is
    named with its reason and does not stop the others. The firm's row is locked first: it is the
    head of the chain, so documents of one firm are issued one set after the other.
    """
    books = _open_books(invoice_ids, issued_on)
    result = Issuing()
    links: list[Link] = []
    copies: list[SharedCopies] = []
    papers = _papers(invoice_ids)
    kept = reasons_to_keep(invoice_ids)
    for paper in papers:
        own = books[paper.invoice.legal_entity_id]
        reason = kept.get(paper.invoice.pk) or reason_against(paper, own, issued_on)
        if reason:
            client = paper.invoice.client
            result.refused.append(Refusal(paper.invoice.pk, client.name or client.code, reason))
            continue
        shared = own.shared_copies(paper)
        _freeze(paper, own, shared, issued_on)
        links.append(_link(paper, own, shared))
        copies.append(shared)
        result.issued.append(paper.invoice)
    if result.issued:
        _write_invoices(result.issued, copies)
        _write_links(links, actor)
        _keep_series(own.series for own in books.values() if own.series.last_issued_on)
        ring(DELIVERY)
    return result


def _open_books(invoice_ids: Sequence[int], issued_on: date) -> dict[int, Books]:
    """Lock the firm's books, begin this year's series where needed, and find where each ends."""
    owners = Invoice.objects.filter(pk__in=invoice_ids).values("legal_entity")
    entities = LegalEntity.objects.select_for_update(no_key=True).filter(pk__in=owners)
    books: dict[int, Books] = {}
    known = {entity.pk: entity for entity in entities.order_by("pk")}
    series = list(NumberSeries.objects.select_for_update().filter(legal_entity__in=known))
    heads = (
        JournalEntry.objects.filter(legal_entity__in=known)
        .order_by("legal_entity", "-position")
        .distinct("legal_entity")
    )
    for pk, entity in known.items():
        own = [row for row in series if row.legal_entity_id == pk]
        this_year = next((row for row in own if row.year == issued_on.year), None) or NumberSeries(
            legal_entity=entity, year=issued_on.year, prefix=entity.invoice_prefix
        )
        dates = [row.last_issued_on for row in own if row.last_issued_on]
        books[pk] = Books(entity, this_year, max(dates, default=None))
    for head in heads:
        books[head.legal_entity_id].position = head.position
        books[head.legal_entity_id].head = head.hash
    return books


def _papers(invoice_ids: Sequence[int]) -> list[Paper]:
    """Lock the drafts in order and read all that is on them."""
    invoices = list(
        Invoice.objects.select_for_update(of=("self",))
        .select_related("client")
        .defer("seller", "buyer", "mentions", "client__notes")
        .filter(pk__in=invoice_ids)
        .order_by("pk")
    )
    drafts = [invoice.pk for invoice in invoices if invoice.is_draft]
    changed = changed_tickets_of(drafts)
    lines, tax_lines = lines_of(drafts), tax_lines_of(drafts)
    return [
        Paper(
            invoice,
            lines.get(invoice.pk, ()),
            tax_lines.get(invoice.pk, ()),
            changed.get(invoice.pk, ""),
        )
        for invoice in invoices
    ]


def _freeze(paper: Paper, books: Books, shared: SharedCopies, issued_on: date) -> None:
    """Give the draft its number and days, and copy both parties and the mentions into it."""
    invoice = paper.invoice
    invoice.status = InvoiceStatus.ISSUED
    invoice.number = books.next_number()
    invoice.issued_on = issued_on
    invoice.due_on = issued_on + timedelta(days=invoice.client.payment_days)
    invoice.seller = shared.seller
    invoice.buyer = buyer_as_issued(invoice.client)
    invoice.mentions = shared.mentions
    books.series.last_issued_on = issued_on


def _link(paper: Paper, books: Books, shared: SharedCopies) -> Link:
    """Seal the document onto the firm's chain."""
    seller, mentions = shared.digests
    copies = Copies(seller, copy_digest(paper.invoice.buyer), mentions)
    digest = digest_of(sealed(paper.invoice, copies, paper.lines, paper.tax_lines))
    previous = books.head
    books.position += 1
    books.head = link_hash(previous, books.position, EVENT, digest)
    paper.invoice.hash = books.head
    entity, invoice = books.entity.pk, paper.invoice.pk
    return Link(entity, books.position, EVENT, invoice, digest, previous, books.head)


def _write_invoices(invoices: list[Invoice], copies: list[SharedCopies]) -> None:
    """Freeze the invoices and fill the outbox, each in one statement."""
    place = {id(shared): n for n, shared in enumerate({id(c): c for c in copies}.values(), 1)}
    distinct = {id(shared): shared.as_json for shared in copies}
    rows = (
        _frozen_row(invoice, place[id(shared)])
        for invoice, shared in zip(invoices, copies, strict=True)
    )
    kinds = [OutboxKind.INVOICE_PDF.value, OutboxKind.INVOICE_MAIL.value]
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE, [*_columns(distinct.values()), *_columns(rows)])
        cursor.execute(_OUTBOX, [[invoice.pk for invoice in invoices], kinds])


def _frozen_row(invoice: Invoice, shared: int) -> tuple[object, ...]:
    days = (invoice.issued_on, invoice.due_on)
    return (invoice.pk, invoice.number, *days, json.dumps(invoice.buyer), invoice.hash, shared)


def _write_links(links: list[Link], actor: User | None) -> None:
    """Write the links of the chain in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LINK, [actor.pk if actor else None, *_columns(links)])


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _keep_series(series: Iterable[NumberSeries]) -> None:
    NumberSeries.objects.bulk_create(
        series,
        update_conflicts=True,
        unique_fields=["legal_entity", "document_kind", "year"],
        update_fields=["last", "last_issued_on"],
    )
