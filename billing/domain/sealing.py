"""Sealing a document: its canonical form, the digest of it, and the link to the one before.

The canonical form is JSON with sorted keys and no spaces, amounts and days as strings of fixed
shape, so that the same document gives the same bytes on every machine and in every year. What many
documents share, parties and mentions, stands in it by its own digest.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

FORM = "fixpoint-document-1"
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_CENTS = Decimal("0.01")
_FOUR_PLACES = Decimal("0.0001")


class SealedLine(NamedTuple):
    """A line of a document, or work settled for nothing that stands behind it."""

    position: int | None
    kind: str
    treatment: str
    description: str
    starts_on: date
    last_day_on: date
    quantity: Decimal
    unit: str
    unit_price: Decimal
    price_base: int
    amount: Decimal
    tax_category: str
    tax_rate: Decimal


class SealedTax(NamedTuple):
    """The tax of one rate on a document."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """All that an issued document says; parties and mentions by their digest (``copy_digest``)."""

    number: str
    client_id: int
    issued_on: date
    due_on: date
    currency: str
    language: str
    tax_situation: str
    purchase_order: str
    net: Decimal
    tax: Decimal
    total: Decimal
    seller: str
    buyer: str
    mentions: str
    lines: tuple[SealedLine, ...]
    tax_lines: tuple[SealedTax, ...]


def canonical_form(document: SealedDocument) -> bytes:
    """Return the one serialisation of the document that its digest is taken of."""
    header = {
        "form": FORM,
        "number": document.number,
        "client": document.client_id,
        "issued_on": document.issued_on.isoformat(),
        "due_on": document.due_on.isoformat(),
        "currency": document.currency,
        "language": document.language,
        "tax_situation": document.tax_situation,
        "purchase_order": document.purchase_order,
        "net": _money(document.net),
        "tax": _money(document.tax),
        "total": _money(document.total),
        "seller": document.seller,
        "buyer": document.buyer,
        "mentions": document.mentions,
        "lines": [_line(line) for line in document.lines],
        "tax_lines": [_tax(line) for line in _by_rate(document.tax_lines)],
    }
    return _WRITER.encode(header).encode()


def copy_digest(copy: object) -> str:
    """Return the SHA-256 of a frozen copy, a party or the mentions."""
    return sha256(_WRITER.encode(copy).encode()).hexdigest()


def digest_of(document: SealedDocument) -> str:
    """Return the SHA-256 of the document's canonical form, as 64 hexadecimal digits."""
    return sha256(canonical_form(document)).hexdigest()


def link_hash(previous: str, position: int, event: str, digest: str) -> str:
    """Return the hash of a link of the chain; ``previous`` is empty for the first one."""
    return sha256(f"{previous}\n{position}\n{event}\n{digest}".encode()).hexdigest()


def _by_rate(lines: Iterable[SealedTax]) -> list[SealedTax]:
    return sorted(lines, key=lambda line: (line.category, line.rate))


def _line(line: SealedLine) -> list[str | int | None]:
    return [
        line.position,
        line.kind,
        line.treatment,
        line.description,
        line.starts_on.isoformat(),
        line.last_day_on.isoformat(),
        _exact(line.quantity),
        line.unit,
        _exact(line.unit_price),
        line.price_base,
        _money(line.amount),
        line.tax_category,
        _money(line.tax_rate),
    ]


def _tax(line: SealedTax) -> list[str]:
    return [line.category, _money(line.rate), _money(line.base), _money(line.tax)]


def _money(amount: Decimal) -> str:
    return str(amount.quantize(_CENTS))


def _exact(number: Decimal) -> str:
    return str(number.quantize(_FOUR_PLACES))
