"""Supplier's files at the door: taken in, refused in words, handed out again."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from billing.einvoice.reading_xml import LARGEST, Wrong
from billing.einvoice.received import Fault, NotReadable
from billing.models import SupplierInvoice


def bytes_of(upload: "UploadedFile[Any]") -> bytes:
    """Return what somebody sent, unless it is too large to be looked at.

    :raises NotReadable: it is
    """
    if (upload.size or 0) > LARGEST:
        raise NotReadable(Wrong.TOO_LARGE)
    return bytes(upload.read())


def file_as_received(invoice: SupplierInvoice) -> HttpResponse:
    """Return the file as something to keep, never to be shown: strangers wrote it."""
    with invoice.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, invoice.file_name)  # noqa: FBT003  (Django has it so)
    return answer


def refusal_of(fault: NotReadable) -> str:
    """Return what is wrong with a file and what to do."""
    texts = {
        Wrong.TOO_LARGE: _("The file is larger than 20 MB."),
        Wrong.NOT_XML: _("This is neither a PDF nor sound XML; get the file again."),
        Wrong.HAS_DOCTYPE: _("The XML declares a document type; no invoice has one."),
        Wrong.NOT_AN_INVOICE: _("This XML is no electronic invoice (CII or UBL)."),
        Fault.NO_XML_INSIDE: _("This PDF carries no XML; ask for Factur-X, CII or UBL."),
        Fault.BROKEN_PDF: _("This PDF is damaged; get the file from the supplier again."),
        Fault.TOO_LONG: _("The invoice has too many lines to be shown."),
        Fault.INCOMPLETE: _("The invoice says no usable %(term)s; ask for another one."),
    }
    return texts[fault.fault] % {"term": _terms().get(fault.place, fault.place)}


def _terms() -> dict[str, str]:
    return {
        "number": _("number"),
        "type": _("document type"),
        "issued": _("date"),
        "due_on": _("due date"),
        "currency": _("currency"),
        "supplier": _("supplier"),
        "buyer": _("addressee"),
        "net": _("net amount"),
        "tax": _("tax"),
        "total": _("total"),
        "due": _("amount to pay"),
    }
