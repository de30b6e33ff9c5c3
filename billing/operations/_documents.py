"""The file of an issued document: made by whoever needs it first, kept for good."""

from hashlib import sha256

from django.core.files.base import ContentFile

from billing.einvoice.files import pdf_of
from billing.models import Invoice, InvoiceDocument


def lock_document(**which: object) -> Invoice:
    """Lock an invoice with all that is printed on it, so that one worker only makes its file."""
    invoices = Invoice.objects.select_for_update(no_key=True, of=("self",))
    return invoices.with_lines().get(**which)


def document_of(invoice: Invoice) -> InvoiceDocument:
    """Return the locked invoice's file, made now if it is not there yet."""
    document = invoice.documents.filter(kind="pdf").first()
    if document:
        return document
    pdf = pdf_of(invoice)
    document = InvoiceDocument(invoice=invoice, kind="pdf", sha256=sha256(pdf).hexdigest())
    document.file.save(f"{invoice.number}-{invoice.hash[:12]}.pdf", ContentFile(pdf), save=False)
    document.save()
    return document
