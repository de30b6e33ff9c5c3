"""Electronic invoices of suppliers: read, kept to the byte, or refused with a reason."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError
from django.test import Client as Browser
from django.urls import reverse

from billing.einvoice.cii import cii_of
from billing.einvoice.reading_xml import Wrong
from billing.einvoice.received import Fault, NotReadable, read_invoice
from billing.einvoice.ubl import ubl_of
from billing.models import Invoice, SupplierInvoice
from billing.operations.deliver_message import deliver_message
from billing.operations.receive_supplier_invoice import receive_supplier_invoice
from billing.tests.credited import issued_invoice
from billing.tests.electronic import KINDS, credit_note, outside_the_union, recurring

pytestmark = pytest.mark.django_db
BOMB = b"""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>"""
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def pdf_of(invoice: Invoice) -> bytes:
    """Return the file of an invoice that a worker made."""
    noon = datetime(2026, 4, 8, 12, tzinfo=UTC)
    deliver_message(message_id=invoice.outbox_messages.get(kind="invoice_pdf").pk, now=noon)
    with invoice.documents.get().file.open("rb") as file:
        return bytes(file.read())


def send(browser: Browser, content: bytes, name: str = "invoice.xml") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("billing:supplier-invoice-receive"), {"file": file}, follow=True)


@pytest.mark.parametrize("kind", KINDS)
def test_both_syntaxes_of_every_kind_are_read_alike(kind: str) -> None:
    document = KINDS[kind]()

    cii, ubl = read_invoice(cii_of(document)), read_invoice(ubl_of(document))

    for read in (cii, ubl):
        assert (read.number, read.issued_on) == (document.number, document.issued_on)
        assert (read.net, read.tax, read.total, read.due) == (
            document.net,
            document.tax,
            document.total,
            document.due,
        )
        assert read.supplier.name == document.seller.name
        assert [line.description for line in read.lines] == [one.name for one in document.items]


def test_a_facturx_pdf_is_read_by_the_xml_inside() -> None:
    read = read_invoice(pdf_of(issued_invoice(client__name="Nova")))

    assert (read.number, read.total, read.buyer.name) == ("F-2026-00001", Decimal("509.76"), "Nova")
    assert read.supplier.registration == "999000011"
    assert read.supplier.vat_number == "FR66999000011"
    assert read.due_on == date(2026, 4, 30)
    assert [(line.quantity, line.price, line.rate, line.net) for line in read.lines] == [
        ("12", "24.9", "20", "298.80"),
        ("90", "84", "20", "126.00"),
    ]


def test_the_tax_is_taken_in_the_invoices_own_currency() -> None:
    xml = cii_of(outside_the_union())

    assert xml.count(b"TaxTotalAmount currencyID=") == 2
    assert read_invoice(xml).tax == Decimal("0.00")
    dear = xml.replace(b'currencyID="EUR">0.00', b'currencyID="EUR">7.00')
    assert read_invoice(dear).tax == Decimal("0.00")


def pdf_without_xml() -> bytes:
    blank, made = pikepdf.new(), BytesIO()
    blank.add_blank_page()
    blank.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Wrong.NOT_XML),
        (b"hello", Wrong.NOT_XML),
        (b"<html/>", Wrong.NOT_AN_INVOICE),
        (BOMB, Wrong.HAS_DOCTYPE),
        (OUTSIDE, Wrong.HAS_DOCTYPE),
        (b"%PDF-1.7 cut off", Fault.BROKEN_PDF),
        (pdf_without_xml(), Fault.NO_XML_INSIDE),
    ],
)
def test_what_is_no_electronic_invoice_is_refused(content: bytes, fault: object) -> None:
    with pytest.raises(NotReadable) as refused:
        receive_supplier_invoice(file_name="a.xml", content=content, actor=None)

    assert refused.value.fault == fault
    assert not SupplierInvoice.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b"<cbc:DocumentCurrencyCode>EUR", b"<cbc:DocumentCurrencyCode>euro", "currency"),
        (b"<cbc:IssueDate>2026-03-31", b"<cbc:IssueDate>2026-03-32", "issued"),
        (b"<cbc:ID>F-2026-00001", b"<cbc:ID> ", "number"),
        (b">358.56</cbc:TaxInclusiveAmount", b">NaN</cbc:TaxInclusiveAmount", "total"),
        (b">358.56</cbc:TaxInclusiveAmount", b">1e9</cbc:TaxInclusiveAmount", "total"),
        (b">298.80</cbc:TaxExclusiveAmount", b">298.805</cbc:TaxExclusiveAmount", "net"),
    ],
)
def test_an_invoice_that_lacks_what_every_invoice_says_is_refused(
    old: bytes, new: bytes, place: str
) -> None:
    xml = ubl_of(recurring())
    assert old in xml

    with pytest.raises(NotReadable) as refused:
        read_invoice(xml.replace(old, new))

    assert (refused.value.fault, refused.value.place) == (Fault.INCOMPLETE, place)


def test_a_file_is_kept_to_the_byte_and_the_same_once(as_accountant: Browser) -> None:
    content = ubl_of(recurring())

    first = send(as_accountant, content, "Rechnung.xml")
    second = send(as_accountant, content, "again.xml")

    kept = SupplierInvoice.objects.get()
    assert (kept.file_name, kept.total, kept.is_for_us) == (
        "Rechnung.xml",
        Decimal("358.56"),
        False,
    )
    assert first.status_code == second.status_code == 200
    assert "This file was received before" in second.content.decode()
    file = as_accountant.get(reverse("billing:supplier-invoice-file", args=[kept.pk]))
    assert b"".join(file) == content
    assert "attachment" in file["Content-Disposition"]
    with pytest.raises(InternalError):
        kept.delete()


def test_the_page_says_what_is_odd(as_accountant: Browser) -> None:
    content = ubl_of(recurring())
    send(as_accountant, content, "first.xml")

    page = send(as_accountant, content.replace(b">358.56</cbc:TaxI", b">360.00</cbc:TaxI"))

    text = page.content.decode()
    assert "which is not the firm" in text
    assert "Its total is not the sum of net and VAT." in text
    assert "first.xml" in text


def test_an_invoice_to_the_firm_is_known_by_its_numbers() -> None:
    ours = b'<cbc:CompanyID schemeID="0002">999000011'
    xml = ubl_of(recurring())
    theirs = xml[xml.index(b"AccountingCustomerParty") :]
    buyer = theirs[theirs.index(b'<cbc:CompanyID schemeID="0002">') :][: len(ours)]
    vat = theirs[theirs.index(b"<cbc:CompanyID>FR") :][: len(b"<cbc:CompanyID>FR66999000011")]
    content = xml.replace(buyer, ours).replace(vat, b"<cbc:CompanyID>FR66999000011")

    taken = receive_supplier_invoice(file_name="a.xml", content=content, actor=None)

    assert taken.invoice.is_for_us


def test_a_refused_file_says_why_and_keeps_nothing(as_accountant: Browser) -> None:
    answer = send(as_accountant, BOMB)

    assert answer.status_code == 422
    assert "The XML declares a document type; no invoice has one." in answer.content.decode()
    assert not SupplierInvoice.objects.exists()


def test_a_credit_note_of_a_supplier_is_named_so(as_accountant: Browser) -> None:
    page = send(as_accountant, ubl_of(credit_note()))

    assert "Credit note" in page.content.decode()
    listed = as_accountant.get(reverse("billing:supplier-invoices")).content.decode()
    assert "-€60.00" in listed


def test_programs_take_files_in_once_and_read_them(as_accountant: Browser) -> None:
    address = reverse("api:supplier-invoice-list")

    def post(content: bytes) -> Any:
        return as_accountant.post(address, {"file": SimpleUploadedFile("a.xml", content)})

    content = cii_of(recurring())
    first, second, refused = post(content), post(content), post(OUTSIDE)

    assert [one.status_code for one in (first, second, refused)] == [201, 200, 409]
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["lines"][0]["net"] == "298.80"
    file = as_accountant.get(reverse("api:supplier-invoice-file", args=[first.json()["id"]]))
    assert b"".join(file) == content
