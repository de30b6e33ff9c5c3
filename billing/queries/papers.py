"""Drafts that are about to be issued, with all that is printed on them, for whole sets at once.

What is sealed is written by the database itself, from the rows as they stand there. ``check_books``
writes the same again in Python, from values: both hands must come to the same letters.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from billing.models import InvoiceStatus
from billing.parties import BUYER_FIELDS, Party
from billing.queries.freshness import changed_tickets_of
from billing.queries.written import Written, written_of
from core.lookups import as_array

_DRAFT_FIELDS = (
    "id",
    "client_id",
    "legal_entity_id",
    "status",
    "number",
    "currency",
    "language",
    "tax_situation",
    "purchase_order",
    "net",
    "tax",
    "total",
    "held_at",
    "held_reason",
    "replaces_id",
)
_LOCKED = f"""
SELECT {", ".join(_DRAFT_FIELDS)} FROM billing_invoice
WHERE id = ANY(%s) ORDER BY id FOR UPDATE
"""  # noqa: S608  (names of our own, here and below)
_CLIENTS = f"""
SELECT id, payment_days, {", ".join(BUYER_FIELDS)}, (
    SELECT reason FROM billing_clienthold h WHERE h.client_id = c.id AND released_at IS NULL
)
FROM clients_client c WHERE id = ANY(%s)
"""  # noqa: S608  (names of our own columns)


_REPLACED = "SELECT id, number, issued_on FROM billing_invoice WHERE id = ANY(%s)"


class Draft(NamedTuple):
    """A locked draft, in the order of its columns as they are read."""

    id: int
    client_id: int
    legal_entity_id: int
    status: str
    number: str
    currency: str
    language: str
    tax_situation: str
    purchase_order: str
    net: Decimal
    tax: Decimal
    total: Decimal
    held_at: datetime | None
    held_reason: str
    replaces_id: int | None

    @property
    def is_draft(self) -> bool:
        """Whether it may still be issued."""
        return self.status == InvoiceStatus.DRAFT


class Addressee(NamedTuple):
    """The client as the document will name it, the days it has to pay, and why it is parked.

    Read after the drafts are locked: whoever parks a client takes the same locks.
    """

    payment_days: int
    party: Party
    parked_as: str | None

    @property
    def name(self) -> str:
        """What the client is called where it is spoken of."""
        return self.party["name"] or self.party["code"]


class Paper(NamedTuple):
    """A draft with all that is printed on it, and the ticket whose work changed since."""

    draft: Draft
    buyer: Addressee
    written: Written
    changed_ticket: str
    replaces: "Replaced | None" = None


class Replaced(NamedTuple):
    """The cancelled invoice that a draft replaces."""

    number: str
    issued_on: date


_NOTHING = Written("", frozenset(), "", None)


def lock_papers(invoice_ids: Sequence[int]) -> list[Paper]:
    """Lock the drafts in order and read all that is on them."""
    drafts = [Draft._make(row) for row in _rows(_LOCKED, invoice_ids)]
    buyers = _buyers_of({draft.client_id for draft in drafts})
    ids = [draft.id for draft in drafts if draft.is_draft]
    written, changed = written_of(ids), changed_tickets_of(ids)
    replaced = _replaced_by({draft.replaces_id for draft in drafts if draft.replaces_id})
    return [
        Paper(
            draft,
            buyers[draft.client_id],
            written.get(draft.id, _NOTHING),
            changed.get(draft.id, ""),
            replaced.get(draft.replaces_id),
        )
        for draft in drafts
    ]


def _replaced_by(invoice_ids: Collection[int]) -> dict[int | None, Replaced]:
    """Return the cancelled invoices that drafts replace; where none does, nothing is asked."""
    if not invoice_ids:
        return {}
    return {key: Replaced(*said) for key, *said in _rows(_REPLACED, invoice_ids)}


def _buyers_of(client_ids: Collection[int]) -> dict[int, Addressee]:
    return {
        client_id: Addressee(days, dict(zip(BUYER_FIELDS, fields, strict=True)), parked_as)
        for client_id, days, *fields, parked_as in _rows(_CLIENTS, client_ids)
    }


def _rows(statement: str, ids: Collection[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [as_array(ids)])
        return list(cursor.fetchall())
