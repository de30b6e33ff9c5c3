"""Two people who credit the same invoice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from billing.models import Invoice
from billing.operations.credit_invoice import CreditNotPossible
from billing.queries.books import check_books
from billing.tests.credited import APRIL_8, balance_of, credit, issued_invoice

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_credits_at_once_never_exceed_the_invoice() -> None:
    """Four times 300.00 of 424.80: one passes; what the others ask for is not left."""
    invoice = issued_invoice()
    start = Barrier(4)

    def ask(_: int) -> str:
        start.wait()
        try:
            return credit(invoice, "300.00").number
        except CreditNotPossible as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(ask, range(4)))

    refused = "Only €124.80 without tax is left of F-2026-00001 to credit."
    assert answers == ["AV-2026-00001", refused, refused, refused]
    assert balance_of(invoice) == Decimal("149.76")


def test_fifty_credits_at_once_have_fifty_contiguous_numbers() -> None:
    invoices = [issued_invoice() for _ in range(5)]
    start = Barrier(5)

    def ask(invoice: Invoice) -> None:
        start.wait()
        try:
            for _ in range(10):
                credit(invoice, "1.00")
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(ask, invoices))

    notes = Invoice.objects.filter(document_kind="credit_note").order_by("number")
    assert [note.number for note in notes] == [f"AV-2026-{n:05d}" for n in range(1, 51)]
    assert {note.issued_on for note in notes} == {APRIL_8}
    assert [check.id for check in check_books() if not check.ok] == []
