"""The PDF of an issued document: an archive file that carries its electronic invoice."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from billing.einvoice.reading_xml import parse
from billing.einvoice.rules import Judge
from billing.models import Invoice, InvoiceDocument
from billing.operations.deliver_message import deliver_message
from billing.tests.credited import credit, issued_invoice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
NAMES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
}


def file_of(invoice: Invoice) -> bytes:
    """Have a worker make the invoice's file and return it."""
    deliver_message(message_id=invoice.outbox_messages.get(kind="invoice_pdf").pk, now=NOON)
    with InvoiceDocument.objects.get(invoice=invoice).file.open("rb") as file:
        return bytes(file.read())


def embedded(pdf: bytes) -> dict[str, bytes]:
    """Return the files that lie in the PDF."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return {name: one.get_file().read_bytes() for name, one in file.attachments.items()}


def text_at(xml: bytes, path: str) -> list[str]:
    return [str(one.text) for one in parse(xml).xpath(path, namespaces=NAMES)]


def fonts_of(file: pikepdf.Pdf) -> list[Any]:
    """Return the descriptors of the fonts that stand in the file."""
    found = (one for one in file.objects if isinstance(one, pikepdf.Dictionary))
    return [one for one in found if one.get("/Type") == "/FontDescriptor"]


def test_the_file_of_an_invoice_is_an_archive_pdf_that_names_itself_facturx() -> None:
    pdf = file_of(issued_invoice(client__language="fr"))

    with pikepdf.open(BytesIO(pdf)) as file, file.open_metadata() as about:
        assert file.check_pdf_syntax() == []
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "B")
        space = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
        assert [
            about[f"{space}{name}"]
            for name in ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")
        ] == ["INVOICE", "factur-x.xml", "1.0", "EN 16931"]
        assert about["dc:title"] == "Facture F-2026-00001"
        assert str(file.Root.Lang) == "fr"
        assert [str(intent.S) for intent in file.Root.OutputIntents] == ["/GTS_PDFA1"]
        assert len(file.trailer.ID) == 2


def test_the_file_embeds_its_fonts_and_can_neither_run_nor_hide_anything() -> None:
    pdf = file_of(issued_invoice())

    with pikepdf.open(BytesIO(pdf)) as file:
        fonts = fonts_of(file)
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert not file.is_encrypted
        actions = [one.get("/S") for one in file.objects if isinstance(one, pikepdf.Dictionary)]
        assert not {"/JavaScript", "/Launch"} & {str(action) for action in actions}
        assert "/OpenAction" not in file.Root
        assert "/JavaScript" not in file.Root.Names


def test_the_xml_lies_in_the_file_as_its_alternative_and_says_what_is_printed() -> None:
    pdf = file_of(issued_invoice(client__language="en"))

    with pikepdf.open(BytesIO(pdf)) as file:
        [attached] = file.Root.AF
        assert (str(attached.AFRelationship), str(attached.UF)) == ("/Alternative", "factur-x.xml")
        assert str(attached.EF.F.Subtype) == "/text/xml"
    [(name, xml)] = embedded(pdf).items()
    assert name == "factur-x.xml"
    assert text_at(xml, "//ram:GrandTotalAmount") == ["509.76"]
    assert "€509.76" in extract_text(BytesIO(pdf))


def test_the_xml_that_is_embedded_keeps_the_official_rules(judge: Judge) -> None:
    invoice = issued_invoice()
    note = credit(invoice, "50")

    for document in (invoice, note):
        [xml] = embedded(file_of(document)).values()
        assert [one for one in judge.findings(xml) if one.is_fatal] == []


def test_a_credit_note_carries_its_xml_with_the_invoice_that_it_corrects() -> None:
    note = credit(issued_invoice(), "50")

    [xml] = embedded(file_of(note)).values()

    assert text_at(xml, "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == ["F-2026-00001"]
    assert text_at(xml, "//ram:GrandTotalAmount") == ["60.00"]


def test_a_client_without_siren_still_gets_the_pdf() -> None:
    pdf = file_of(issued_invoice(client__registration_number="", client__vat_number=""))

    assert embedded(pdf) == {}
    assert "F-2026-00001" in extract_text(BytesIO(pdf))
