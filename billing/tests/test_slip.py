"""The payment slip: the code that a bank's app reads as a transfer."""

from decimal import Decimal
from io import BytesIO

import pytest
import segno

from billing.paper import paper_of
from billing.parties import Party
from billing.slip import slip_code
from billing.tests.credited import credit, issued_invoice

FIRM: Party = {"name": "Dépann'Info Services", "iban": "FR1420041010050500013M02606", "bic": ""}
# Service tag, version, UTF-8, transfer, bank, name, account, amount, purpose, reference, text.
TRANSFER = "BCD\n002\n1\nSCT\n{bic}\n{name}\n{iban}\nEUR{amount}\n\n\n{number}"


def drawn(text: str) -> str:
    """Return the code of a text, drawn as a slip is."""
    code = segno.make_qr(text.encode(), error="m", boost_error=False)
    file = BytesIO()
    code.save(file, kind="svg", border=0, xmldecl=False, svgns=True, dark="#182433")
    return file.getvalue().decode()


def test_the_code_is_a_transfer_of_the_total_to_the_firm_that_names_the_invoice() -> None:
    code = slip_code(FIRM, number="F-2026-00001", total=Decimal("509.76"), currency="EUR")

    facts = {**FIRM, "amount": "509.76", "number": "F-2026-00001"}
    assert code == drawn(TRANSFER.format(**facts))


@pytest.mark.parametrize(
    ("total", "currency", "number", "iban"),
    [
        ("0.00", "EUR", "F-1", FIRM["iban"]),
        ("1000000000.00", "EUR", "F-1", FIRM["iban"]),
        ("12.00", "CHF", "F-1", FIRM["iban"]),
        ("12.00", "EUR", "", FIRM["iban"]),
        ("12.00", "EUR", "F-1", ""),
    ],
)
def test_where_no_such_transfer_exists_there_is_no_code(
    total: str, currency: str, number: str, iban: str
) -> None:
    seller = FIRM | {"iban": iban}

    assert slip_code(seller, number=number, total=Decimal(total), currency=currency) == ""


@pytest.mark.django_db
def test_an_invoice_carries_the_code_of_its_firms_bank_and_a_credit_note_none() -> None:
    invoice = issued_invoice()
    facts = {"name": FIRM["name"], "iban": FIRM["iban"], "bic": "PSSTFRPPPAR"}

    slip = paper_of(invoice)["slip"]

    assert slip == drawn(TRANSFER.format(**facts, amount="509.76", number=invoice.number))
    assert paper_of(credit(invoice, "50"))["slip"] == ""
