"""The words around what is printed: headings of the document's parts and columns."""

from django.utils.translation import gettext as _

from billing.models import Invoice


def labels_of(invoice: Invoice) -> dict[str, str]:
    """Return the headings, in the language that is active."""
    return {
        "document": _("Credit note") if invoice.is_credit_note else _("Invoice"),
        "bill_to": _("Credited to") if invoice.is_credit_note else _("Billed to"),
        "description": _("Description"),
        "quantity": _("Quantity"),
        "price": _("Unit price"),
        "rate": _("VAT"),
        "amount": _("Net %(currency)s") % {"currency": invoice.currency},
        "tax_rate": _("VAT rate"),
        "tax_base": _("Base"),
        "tax": _("VAT"),
        "payment": _("Corrects") if invoice.is_credit_note else _("Payment"),
        "slip": _("Scan to pay"),
        "page": _("Page"),
    }
