"""Reading XML that strangers wrote: nothing in it is fetched, expanded or believed."""

from enum import StrEnum

from lxml import etree

LARGEST = 20 * 1024 * 1024
_CII = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
_UBL = "{urn:oasis:names:specification:ubl:schema:xsd:%s-2}%s"


class Syntax(StrEnum):
    """How an electronic invoice is written."""

    CII = "cii"
    UBL_INVOICE = "ubl_invoice"
    UBL_CREDIT_NOTE = "ubl_credit_note"


_ROOTS = {
    _CII: Syntax.CII,
    _UBL % ("Invoice", "Invoice"): Syntax.UBL_INVOICE,
    _UBL % ("CreditNote", "CreditNote"): Syntax.UBL_CREDIT_NOTE,
}


class Wrong(StrEnum):
    """What is the matter with a file."""

    TOO_LARGE = "too_large"
    NOT_XML = "not_xml"
    HAS_DOCTYPE = "has_doctype"
    NOT_AN_INVOICE = "not_an_invoice"


class NotXml(Exception):
    """The file cannot be read as an electronic invoice; ``wrong`` says why."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


def parse(xml: bytes) -> etree._Element:
    """Return the root of the document.

    A document type is refused as such: no invoice has one, and attacks by entities need it.

    :raises NotXml: it is too large, no XML, or has a document type
    """
    if len(xml) > LARGEST:
        raise NotXml(Wrong.TOO_LARGE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        is_doctype = b"<!DOCTYPE" in xml[:100_000]
        raise NotXml(Wrong.HAS_DOCTYPE if is_doctype else Wrong.NOT_XML) from fault
    if root.getroottree().docinfo.doctype:
        raise NotXml(Wrong.HAS_DOCTYPE)
    return root


def syntax_of(root: etree._Element) -> Syntax:
    """Return how the invoice is written.

    :raises NotXml: it is XML, but no invoice
    """
    try:
        return _ROOTS[str(root.tag)]
    except KeyError as other:
        raise NotXml(Wrong.NOT_AN_INVOICE) from other
