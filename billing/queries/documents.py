"""What documents say, read in bulk for proof."""

from collections import defaultdict
from collections.abc import Iterable

from billing.domain.sealing import (
    Correction,
    SealedDocument,
    SealedLine,
    SealedTax,
    copy_digest,
    written_lines,
    written_taxes,
)
from billing.models import Charge, Invoice, TaxLine

LINE_FIELDS = (
    "position",
    "kind",
    "treatment",
    "description",
    "starts_on",
    "last_day_on",
    "quantity",
    "unit",
    "unit_price",
    "price_base",
    "amount",
    "tax_category",
    "tax_rate",
    "reduces__position",
    "reach",
)
TAX_FIELDS = ("category", "rate", "base", "tax")

Lines = dict[int, tuple[SealedLine, ...]]
Taxes = dict[int, tuple[SealedTax, ...]]


def lines_of(invoice_ids: Iterable[int]) -> Lines:
    """Return each invoice's lines in order: the printed ones, then what was settled for nothing."""
    charges = Charge.objects.filter(invoice__in=list(invoice_ids)).order_by(
        "invoice_id", "position", "pk"
    )
    grouped: dict[int, list[SealedLine]] = defaultdict(list)
    for invoice_id, *values in charges.values_list("invoice_id", *LINE_FIELDS):
        grouped[invoice_id].append(SealedLine._make(values))
    return {invoice_id: tuple(lines) for invoice_id, lines in grouped.items()}


def tax_lines_of(invoice_ids: Iterable[int]) -> Taxes:
    """Return each invoice's tax lines, by category and rate."""
    rows = TaxLine.objects.filter(invoice__in=list(invoice_ids)).order_by(
        "invoice_id", "category", "rate"
    )
    grouped: dict[int, list[SealedTax]] = defaultdict(list)
    for invoice_id, *values in rows.values_list("invoice_id", *TAX_FIELDS):
        grouped[invoice_id].append(SealedTax._make(values))
    return {invoice_id: tuple(lines) for invoice_id, lines in grouped.items()}


def sealed(
    invoice: Invoice,
    lines: tuple[SealedLine, ...],
    tax_lines: tuple[SealedTax, ...],
) -> SealedDocument:
    """Return what the invoice says, as its digest is taken of it.

    :raises ValueError: the invoice has not been dated
    """
    if invoice.issued_on is None or invoice.due_on is None:
        raise ValueError("only a dated document can be sealed")
    return SealedDocument(
        number=invoice.number,
        client_id=invoice.client_id,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        currency=invoice.currency,
        language=invoice.language,
        tax_situation=invoice.tax_situation,
        purchase_order=invoice.purchase_order,
        net=invoice.net,
        tax=invoice.tax,
        total=invoice.total,
        seller=copy_digest(invoice.seller),
        buyer=copy_digest(invoice.buyer),
        mentions=copy_digest(invoice.mentions),
        lines=written_lines(lines),
        tax_lines=written_taxes(tax_lines),
        correction=correction_of(invoice),
    )


def correction_of(document: Invoice) -> Correction | None:
    """Return what makes the document a credit note, None for an invoice."""
    corrected = document.corrects
    if corrected is None or corrected.issued_on is None:
        return None
    return Correction(
        document.document_kind, corrected.number, corrected.issued_on, document.reason
    )
