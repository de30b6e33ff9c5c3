"""Sealing a document: its canonical form, the digest of it, and the link to the one before.

The canonical form is JSON with sorted keys and no spaces, amounts and days as strings of fixed
shape, so that the same document gives the same bytes on every machine and in every year. What many
documents share, parties and mentions, stands in it by its own digest.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

FORM = "fixpoint-document-1"
_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
# Thousands of documents say the same codes and days.
_word = lru_cache(maxsize=1_000)(_text)
_day = lru_cache(maxsize=1_000)(date.isoformat)
_CENTS = Decimal("0.01")
_FOUR_PLACES = Decimal("0.0001")


class Digest(str):
    """A SHA-256 as 64 hexadecimal digits, which knows the form that it was taken of."""

    form: str

    @classmethod
    def of(cls, form: str) -> "Digest":
        """Return the digest of a form."""
        found = cls(sha256(form.encode()).hexdigest())
        found.form = form
        return found


class SealedLine(NamedTuple):
    """A line of a document, or work settled for nothing that stands behind it.

    A discount names the place of the line that it ``reduces`` and how far it reaches.
    """

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
    reduces: int | None = None
    reach: str = ""


class SealedTax(NamedTuple):
    """The tax of one rate on a document."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal


class Correction(NamedTuple):
    """What makes a document a credit note: the invoice that it takes back, and why."""

    kind: str
    number: str
    issued_on: date
    reason: str


class SealedDocument(NamedTuple):
    """All that an issued document says.

    Parties and mentions stand in it by their digest (``copy_digest``), lines and taxes as they are
    written (``written_lines``, ``written_taxes``).
    """

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
    lines: str
    tax_lines: str
    correction: "Correction | None" = None


def canonical_form(document: SealedDocument) -> bytes:
    """Return the one serialisation of the document that its digest is taken of.

    What only a credit note says stands in it only there, so that invoices keep their form.
    """
    of = document.correction
    corrects = f',"corrects":{_text([of.number, of.issued_on.isoformat()])}' if of else ""
    kind = f',"kind":{_text(of.kind)}' if of else ""
    reason = f',"reason":{_text(of.reason)}' if of else ""
    return (
        f'{{"buyer":"{document.buyer}","client":{document.client_id}{corrects}'
        f',"currency":{_word(document.currency)},"due_on":"{_day(document.due_on)}"'
        f',"form":"{FORM}","issued_on":"{_day(document.issued_on)}"{kind}'
        f',"language":{_word(document.language)},"lines":[{document.lines}]'
        f',"mentions":"{document.mentions}","net":"{_money(document.net)}"'
        f',"number":{_text(document.number)},"purchase_order":{_word(document.purchase_order)}'
        f"{reason}"
        f',"seller":"{document.seller}","tax":"{_money(document.tax)}"'
        f',"tax_lines":[{document.tax_lines}],"tax_situation":{_word(document.tax_situation)}'
        f',"total":"{_money(document.total)}"}}'
    ).encode()


def written_lines(lines: Iterable[SealedLine]) -> str:
    """Return the lines as they stand in the canonical form, in their order."""
    return ",".join(_text(_line(line)) for line in lines)


def written_taxes(lines: Iterable[SealedTax]) -> str:
    """Return the tax lines as they stand in the canonical form, by category and rate."""
    return ",".join(_text(_tax(line)) for line in _by_rate(lines))


def written_copy(copy: object) -> str:
    """Return a frozen copy, a party or the mentions, as its digest is taken of it."""
    return _text(copy)


def written_party(party: Mapping[str, str]) -> str:
    """Return a party, which is all plain texts, as ``written_copy`` does and twice as quickly."""
    return f"{{{','.join([f'{_word(name)}:{_text(party[name])}' for name in sorted(party)])}}}"


def copy_digest(copy: object) -> str:
    """Return the SHA-256 of a frozen copy, a party or the mentions."""
    return text_digest(written_copy(copy))


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


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
        *((line.reduces, line.reach) if line.reach else ()),
    ]


def _tax(line: SealedTax) -> list[str]:
    return [line.category, _money(line.rate), _money(line.base), _money(line.tax)]


def _money(amount: Decimal) -> str:
    return str(amount.quantize(_CENTS))


def _exact(number: Decimal) -> str:
    return str(number.quantize(_FOUR_PLACES))
