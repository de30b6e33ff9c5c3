"""The payment slip: a QR code that a bank's app reads as a transfer, after the EPC's guideline."""

from decimal import Decimal
from io import BytesIO

import segno.helpers

from billing.models import Invoice
from billing.parties import Party

LONGEST_NAME = 70
LARGEST = Decimal("999999999.99")


def slip_code(seller: Party, *, number: str, total: Decimal, currency: str) -> str:
    """Return the code as SVG, empty where no such transfer exists: only euros go by it.

    It names the firm's account, the amount and the document's number as the text of the transfer.
    """
    is_payable = currency == "EUR" and 0 < total <= LARGEST
    if not (is_payable and number and seller["iban"]):
        return ""
    code = segno.helpers.make_epc_qr(
        name=seller["name"][:LONGEST_NAME],
        iban=seller["iban"],
        bic=seller["bic"] or None,
        amount=total,
        text=number,
        encoding=1,
    )
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False, svgns=True, dark="#182433")
    return drawn.getvalue().decode()


def slip_of(invoice: Invoice, seller: Party) -> str:
    """Return the code of an invoice; a credit note asks for nothing."""
    if invoice.is_credit_note:
        return ""
    return slip_code(seller, number=invoice.number, total=invoice.total, currency=invoice.currency)
