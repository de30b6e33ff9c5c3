"""Issuing drafts: the moment from which an invoice never changes again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db import connection, transaction

from accounts.models import User
from billing.domain.sealing import (
    SealedDocument,
    digest_of,
    text_digest,
    written_party,
)
from billing.issuing import Books, SharedCopies, reason_against
from billing.models import Invoice, OutboxKind
from billing.operations._books import keep_series, open_books
from billing.queries.debits import announcements
from billing.queries.papers import Paper, lock_papers
from core.doorbell import ring
from core.lookups import as_array

EVENT = "issue"
DELIVERY = "billing.tasks.deliver_due_messages"

# The drafts are written once, as a set: frozen, linked to the chain, put into the outbox.
_WRITE = """
WITH sealed AS MATERIALIZED (
    SELECT * FROM ROWS FROM (
        unnest(%(invoice_id)s::bigint[], %(number)s::text[], %(due_on)s::date[],
               %(copies)s::int[], %(legal_entity_id)s::bigint[], %(position)s::bigint[],
               %(digest)s::text[], %(previous_hash)s::text[], %(hash)s::text[]),
        jsonb_array_elements(%(buyer)s)
    ) AS v (invoice_id, number, due_on, copies, legal_entity_id, position, digest, previous_hash,
            hash, buyer)
), shared AS MATERIALIZED (
    SELECT seller::jsonb, mentions::jsonb, n
    FROM unnest(%(sellers)s::text[], %(mentions)s::text[])
         WITH ORDINALITY AS s (seller, mentions, n)
), frozen AS (
    UPDATE billing_invoice i
    SET status = 'issued', number = v.number, issued_on = %(issued_on)s, due_on = v.due_on,
        seller = s.seller, buyer = v.buyer, mentions = s.mentions, hash = v.hash
    FROM sealed v JOIN shared s ON s.n = v.copies
    WHERE i.id = v.invoice_id
), linked AS (
    INSERT INTO billing_journalentry (legal_entity_id, position, event, invoice_id, digest,
                                      previous_hash, hash, recorded_by_id, recorded_at)
    SELECT legal_entity_id, position, %(event)s, invoice_id, digest, previous_hash, hash,
           %(actor)s::bigint, now()
    FROM sealed
)
INSERT INTO billing_outboxmessage (key, kind, invoice_id, state, attempts, due_at, last_error,
                                   created_at)
SELECT kind || ':' || invoice_id, kind, invoice_id, 'waiting', 0, now(), '', now()
FROM sealed, unnest(%(kinds)s::text[]) AS kind
"""


class Sealed(NamedTuple):
    """What issuing adds to a draft."""

    invoice_id: int
    number: str
    due_on: date
    buyer: str
    copies: int
    legal_entity_id: int
    position: int
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
    """What came of a set of drafts; ``numbers`` are those given, by invoice and in their order."""

    numbers: dict[int, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    @cached_property
    def issued(self) -> list[Invoice]:
        """The invoices as they now stand, read when somebody asks."""
        return list(Invoice.objects.filter(pk__in=self.numbers).order_by("pk"))


@transaction.atomic(durable=True)
def issue_invoices(*, invoice_ids: Sequence[int], issued_on: date, actor: User | None) -> Issuing:
    """Give drafts their numbers and freeze them; delivery follows the commit.

    The drafts are numbered in the order in which they were made. One that cannot be issued is
    named with its reason and does not stop the others. The drafts are locked and read first, then
    the firm's row: it is the head of the chain, so documents of one firm are numbered and linked
    one set after the other.
    """
    papers = lock_papers(invoice_ids)
    books = open_books({paper.draft.legal_entity_id for paper in papers}, issued_on)
    collected = announcements(papers, issued_on)
    result = Issuing()
    sealed: list[Sealed] = []
    copies: dict[SharedCopies, int] = {}
    for paper in papers:
        own = books[paper.draft.legal_entity_id]
        reason = reason_against(paper, own, issued_on)
        if reason:
            result.refused.append(Refusal(paper.draft.id, paper.buyer.name, reason))
            continue
        shared = own.shared_copies(paper, collected.get(paper.draft.id, ()))
        place = copies.setdefault(shared, len(copies) + 1)
        sealed.append(_seal(paper, own, shared, issued_on, place))
        result.numbers[paper.draft.id] = sealed[-1].number
    if sealed:
        _write(sealed, list(copies), issued_on, actor)
        keep_series(own.series for own in books.values() if own.series.last_issued_on)
        ring(DELIVERY)
    return result


def _seal(paper: Paper, books: Books, shared: SharedCopies, issued_on: date, place: int) -> Sealed:
    """Give the draft its number and its days, and link it to the firm's chain."""
    draft, buyer = paper.draft, written_party(paper.buyer.party)
    number = books.next_number(issued_on)
    due_on = issued_on + timedelta(days=paper.buyer.payment_days)
    seller, mentions = shared.digests
    document = SealedDocument(
        number=number,
        client_id=draft.client_id,
        issued_on=issued_on,
        due_on=due_on,
        currency=draft.currency,
        language=draft.language,
        tax_situation=draft.tax_situation,
        purchase_order=draft.purchase_order,
        net=draft.net,
        tax=draft.tax,
        total=draft.total,
        seller=seller,
        buyer=text_digest(buyer),
        mentions=mentions,
        lines=paper.written.lines,
        tax_lines=paper.written.taxes,
    )
    link = books.link(EVENT, digest_of(document))
    return Sealed(draft.id, number, due_on, buyer, place, draft.legal_entity_id, *link)


def _write(
    sealed: list[Sealed], copies: list[SharedCopies], issued_on: date, actor: User | None
) -> None:
    """Freeze the invoices, lengthen the chain and fill the outbox, all in one statement."""
    sellers, mentions = zip(*(shared.as_json for shared in copies), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                **_columns(sealed),
                "sellers": list(sellers),
                "mentions": list(mentions),
                "issued_on": issued_on,
                "event": EVENT,
                "actor": actor.pk if actor else None,
                "kinds": [OutboxKind.INVOICE_PDF.value, OutboxKind.INVOICE_MAIL.value],
            },
        )


def _columns(sealed: list[Sealed]) -> dict[str, str | list[str]]:
    """Return the rows column by column: numbers, which may hold anything, by the driver's hand."""
    columns = dict(zip(Sealed._fields, zip(*sealed, strict=True), strict=True))
    numbers, buyers = list(columns.pop("number")), ",".join(columns.pop("buyer"))
    plain = {name: as_array(values) for name, values in columns.items()}
    return {**plain, "number": numbers, "buyer": f"[{buyers}]"}
