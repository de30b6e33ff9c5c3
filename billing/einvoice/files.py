"""The files of an issued document: Factur-X, the PDF that carries its XML, and CII or UBL alone."""

from collections.abc import Callable
from typing import Any

import facturx
from django.http import HttpResponse
from django.utils import translation

from billing.einvoice.cii import cii_of
from billing.einvoice.document import EDocument
from billing.einvoice.missing import NotElectronic
from billing.einvoice.reading import electronic
from billing.einvoice.ubl import ubl_of
from billing.models import Invoice
from billing.paper import render_pdf, title_of

EMBEDDED_NAME = "factur-x.xml"
SYNTAXES: dict[str, Callable[[EDocument], bytes]] = {"cii": cii_of, "ubl": ubl_of}


def pdf_of(invoice: Invoice) -> bytes:
    """Return the document's PDF; with its XML inside where nothing that machines need is missing.

    What a person has not filled in yet keeps no invoice from its client: the page says what it is.
    """
    pdf = render_pdf(invoice)
    try:
        document = electronic(invoice)
    except NotElectronic:
        return pdf
    return _hybrid(pdf, invoice, document)


def xml_of(invoice: Invoice, syntax: str) -> bytes:
    """Return the document for machines, in the syntax ``cii`` or ``ubl``.

    :raises NotElectronic: a fact is missing that only a person can fill in
    """
    return SYNTAXES[syntax](electronic(invoice))


def download_of(invoice: Invoice, syntax: str) -> HttpResponse:
    """Return the document's XML as a file to keep.

    :raises NotElectronic: a fact is missing that only a person can fill in
    """
    answer = HttpResponse(xml_of(invoice, syntax), content_type="application/xml")
    name = f"{invoice.number}-{syntax}.xml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _hybrid(pdf: bytes, invoice: Invoice, document: EDocument) -> bytes:
    return bytes(
        facturx.generate_from_binary(pdf, cii_of(document), **facturx_options(invoice, document))
    )


def facturx_options(invoice: Invoice, document: EDocument) -> dict[str, Any]:
    """Return how the XML lies in the file, and what the file says about itself."""
    with translation.override(invoice.language):
        title = title_of(invoice)
    about = {
        "author": document.seller.name,
        "title": title,
        "subject": f"{title}, {document.seller.name}",
        "keywords": "Factur-X",
    }
    return {
        "flavor": "factur-x",
        "level": "en16931",
        "check_xsd": False,
        "check_schematron": False,  # it would post the invoice to a server
        "pdf_metadata": about,
        "lang": invoice.language,
        "afrelationship": "alternative",
        "xmp_compression": False,
    }
