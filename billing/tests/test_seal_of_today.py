"""The seal as it was given on 25 November 2026, worked out without a line of ours.

Documents carry it for ten years and more. Whoever changes the form must keep reading this one.
"""

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.sealing import (
    Correction,
    SealedDocument,
    SealedLine,
    SealedTax,
    copy_digest,
    digest_of,
    link_hash,
    written_copy,
    written_lines,
    written_party,
    written_taxes,
)
from billing.models import Charge, Invoice, JournalEntry, TaxLine
from billing.queries.books.documents import check_documents
from clients.tests.factories import ClientFactory, LegalEntityFactory

SELLER = {"name": "Dépann'Info Services", "vat_number": "FR40303265045", "city": "Lyon"}
BUYER = {"name": "Écoles & Cie", "siren": "303265045"}
MENTIONS = [
    {"code": "PMT", "text": "Indemnité forfaitaire de 40 €"},
    {"code": "PMD", "text": "Pénalités : 3 × le taux légal"},
]
INVOICE_LINES: list[tuple[Any, ...]] = [
    (1, "recurring", "billed", "Workstation care", "2026-04-01", "2026-04-30",
     "12.0000", "month", "24.9000", 1, "298.80"),
    (2, "time", "billed", 'Écran 24" remplacé', "2026-03-10", "2026-03-10",
     "90.0000", "minute", "84.0000", 60, "126.00"),
    (None, "time", "waived", "Test", "2026-03-11", "2026-03-11",
     "15.0000", "minute", "84.0000", 60, "0.00"),
]  # fmt: skip
CREDIT_LINES: list[tuple[Any, ...]] = [
    (1, "recurring", "billed", "Workstation care", "2026-04-01", "2026-04-30",
     "1.0000", "pro_rata", "100.0000", 1, "100.00"),
]  # fmt: skip
LINE = (
    "position", "kind", "treatment", "description", "starts_on", "last_day_on", "quantity", "unit",
    "unit_price", "price_base", "amount",
)  # fmt: skip
# SHA-256 of the JSON of these rows, and of what was before, the position, the event and that.
INVOICE_DIGEST = "5d3f107d614bbbf33354ba33413977fb3a7d99617a318e1fa03a561740c420e6"
INVOICE_HASH = "7b8a19f00e9bb700d2dbb892e2ee7e9a7a22d8871b50a2e61da8a16244dd5dc2"
CREDIT_DIGEST = "e9e5fc8dd602a3f0ae66e49cd51cef9dd2f6b010c8d13eb889773cd19ebece84"
CREDIT_HASH = "1a5a1b3a6335c967aa6fb12726a3e0405f6b881334b162ed49cbb10e1f69856f"


def written(lines: list[tuple[Any, ...]], sums: tuple[str, str, str], **said: Any) -> Invoice:
    """Write a document of client 7 row by row, and issue it by hand."""
    net, tax, total = map(Decimal, sums)
    shared = {"client_id": 7, "legal_entity_id": 1}
    row = Invoice.objects.create(
        **shared, as_of_on="2026-04-01", currency="EUR", language="fr",
        tax_situation="domestic", purchase_order='PO "9"', net=net, tax=tax, total=total,
        seller=SELLER, buyer=BUYER, mentions=MENTIONS,
        document_kind=said.pop("document_kind", "invoice"), corrects=said.pop("corrects", None),
        reason=said.pop("reason", ""),
    )  # fmt: skip
    for line in lines:
        Charge.objects.create(
            client_id=7, invoice=row, **dict(zip(LINE, line, strict=True)), list_amount=0,
            tax_code="standard", tax_category="S", tax_rate="20.00",
        )  # fmt: skip
    TaxLine.objects.create(invoice=row, category="S", rate="20.00", base=net, tax=tax)
    link = {name: said.pop(name) for name in ("position", "event", "digest", "previous_hash")}
    JournalEntry.objects.create(legal_entity_id=1, invoice=row, hash=said["hash"], **link)
    Invoice.objects.filter(pk=row.pk).update(status="issued", **said)
    row.refresh_from_db()
    return row


def seal_both(invoice_hash: str = INVOICE_HASH, **changed: Any) -> None:
    ClientFactory.create(pk=7)
    LegalEntityFactory.create(pk=1)
    invoice = written(
        INVOICE_LINES, ("424.80", "84.96", "509.76"), number="F-2026-00001",
        issued_on="2026-04-02", due_on="2026-05-02", position=1, event="issue",
        digest=INVOICE_DIGEST, previous_hash="", hash=invoice_hash,
    )  # fmt: skip
    credit = {"number": "AV-2026-00001", "issued_on": "2026-04-08", "due_on": "2026-04-08"}
    written(
        CREDIT_LINES, ("100.00", "20.00", "120.00"), document_kind="credit_note",
        corrects=invoice, reason="Panne", position=2, event="credit", digest=CREDIT_DIGEST,
        previous_hash=INVOICE_HASH, hash=CREDIT_HASH, **{**credit, **changed},
    )  # fmt: skip


@pytest.mark.django_db
def test_documents_that_were_sealed_in_this_form_still_verify() -> None:
    seal_both()

    arithmetic, chain = check_documents()

    assert (arithmetic.examined, arithmetic.first) == (2, None)
    assert (chain.examined, chain.first) == (2, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed", [{"due_on": "2026-04-09"}, {"number": "AV-2026-00002"}, {"issued_on": "2026-04-07"}]
)
def test_another_letter_in_them_does_not_verify(changed: dict[str, str]) -> None:
    seal_both(**changed)

    _, chain = check_documents()

    assert (chain.failed, chain.first) == (1, changed.get("number", "AV-2026-00001"))


def plain_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def places(number: Decimal, count: int) -> str:
    """Write a number with so many places, half to even as it always was."""
    exact = number.scaleb(count).to_integral_value(ROUND_HALF_EVEN)
    digits = f"{abs(int(exact)):0{count + 1}d}"
    sign = "-" if number.is_signed() else ""
    return f"{sign}{digits[:-count]}.{digits[-count:]}"


def plain_form(document: SealedDocument, lines: list[SealedLine], taxes: list[SealedTax]) -> str:
    """Return the document as one JSON object, written by the standard library alone."""
    fields: dict[str, object] = {
        name: getattr(document, name)
        for name in ("number", "currency", "language", "tax_situation", "purchase_order",
                     "seller", "buyer", "mentions")
    }  # fmt: skip
    fields |= {"form": "fixpoint-document-1", "client": document.client_id}
    fields |= {name: str(getattr(document, name)) for name in ("issued_on", "due_on")}
    fields |= {name: places(getattr(document, name), 2) for name in ("net", "tax", "total")}
    fields["lines"] = [plain_line(line) for line in lines]
    fields["tax_lines"] = [
        [tax.category, *(places(one, 2) for one in tax[1:])]
        for tax in sorted(taxes, key=lambda tax: (tax.category, tax.rate))
    ]
    if document.correction:
        corrected = document.correction
        fields |= {"kind": corrected.kind, "reason": corrected.reason}
        fields["corrects"] = [corrected.number, str(corrected.issued_on)]
    return plain_json(fields)


def plain_line(line: SealedLine) -> list[object]:
    values = line._asdict()
    values |= {name: str(values[name]) for name in ("starts_on", "last_day_on")}
    values |= {name: places(values[name], 4) for name in ("quantity", "unit_price")}
    values |= {name: places(values[name], 2) for name in ("amount", "tax_rate")}
    reduces, reach = values.pop("reduces"), values.pop("reach")
    return [*values.values(), *([reduces, reach] if reach else [])]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates(date(2000, 1, 1), date(2000, 1, 1) + timedelta(days=40_000))
money = st.decimals(-(10**9), 10**9, places=2)
exact = st.decimals(-(10**6), 10**6, places=4)
hexes = st.binary(min_size=32, max_size=32).map(bytes.hex)
sealed_lines = st.builds(
    SealedLine, st.none() | st.integers(1, 999), texts, texts, texts, days, days, exact, texts,
    exact, st.integers(1, 60), money, texts, money, st.integers(1, 99),
    st.sampled_from(["", "line", "document"]),
)  # fmt: skip
sealed_taxes = st.builds(SealedTax, texts, money, money, money)
corrections = st.none() | st.builds(Correction, texts, texts, days, texts)


@given(
    lines=st.lists(sealed_lines, max_size=4),
    taxes=st.lists(sealed_taxes, max_size=3, unique_by=lambda tax: (tax.category, tax.rate)),
    data=st.data(),
)
def test_every_document_is_sealed_as_plain_json_would_be(
    lines: list[SealedLine], taxes: list[SealedTax], data: st.DataObject
) -> None:
    document = data.draw(
        st.builds(
            SealedDocument, texts, st.integers(1, 10**9), days, days, texts, texts, texts, texts,
            money, money, money, hexes, hexes, hexes, st.just(written_lines(lines)),
            st.just(written_taxes(taxes)), corrections,
        )
    )  # fmt: skip

    assert digest_of(document) == sha(plain_form(document, lines, taxes))


@given(st.dictionaries(texts, texts, max_size=6), st.lists(st.dictionaries(texts, texts)))
def test_parties_and_mentions_are_digested_as_plain_json(
    party: dict[str, str], mentions: list[dict[str, str]]
) -> None:
    assert written_party(party) == written_copy(party) == plain_json(party)
    assert copy_digest(mentions) == sha(plain_json(mentions))


@given(st.just("") | hexes, st.integers(1, 10**9), texts, hexes)
def test_a_link_is_the_digest_of_four_lines(
    previous: str, position: int, event: str, digest: str
) -> None:
    four = "\n".join([previous, str(position), event, digest])

    assert link_hash(previous, position, event, digest) == sha(four)
