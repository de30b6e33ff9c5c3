"""Two people who use the same money at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from billing.models import Allocation, Invoice, Payment, Refund, Reversal
from billing.operations.allocate_credit import allocate_credit
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.release_allocation import release_allocation
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.queries.books import check_books
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 5, 4)


def open_invoice() -> Invoice:
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


def receive(invoice: Invoice, amount: str, share: str = "") -> Payment:
    return record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(DAY, Decimal(amount)),
        allocations={invoice.pk: Decimal(share)} if share else {},
        actor=None,
    )


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do all of it at one moment; return the refusals."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> str:
        start.wait()
        try:
            deed()
        except PaymentRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [refusal for refusal in pool.map(do, deeds) if refusal]


def sound() -> bool:
    return all(check.ok for check in check_books())


def test_credit_goes_back_once() -> None:
    invoice = open_invoice()
    receive(invoice, "100.00")

    def back() -> None:
        payout = Payout(DAY, Decimal("60.00"))
        refund_credit(client_id=invoice.client_id, payout=payout, actor=None)

    refusals = at_once(back, back, back, back)

    assert Refund.objects.count() == 1
    assert len(refusals) == 3
    assert sound()


def test_credit_is_paid_back_or_used_but_not_both() -> None:
    invoice = open_invoice()
    receive(invoice, "100.00")
    share = {invoice.pk: Decimal("80.00")}

    refusals = at_once(
        lambda: refund_credit(
            client_id=invoice.client_id, payout=Payout(DAY, Decimal("80.00")), actor=None
        ),
        lambda: allocate_credit(client_id=invoice.client_id, allocations=share, actor=None),
    )

    assert len(refusals) == 1
    assert Allocation.objects.count() == 1
    assert sound()


def test_an_allocation_is_released_once_though_its_payment_bounces_meanwhile() -> None:
    invoice = open_invoice()
    payment = receive(invoice, "509.76", "509.76")
    allocation = payment.allocations.get()

    at_once(
        lambda: release_allocation(allocation_id=allocation.pk, note="", actor=None),
        lambda: release_allocation(allocation_id=allocation.pk, note="", actor=None),
        lambda: reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(DAY), actor=None),
    )

    assert Allocation.objects.filter(releases=allocation).count() == 1
    assert Reversal.objects.count() == 1
    assert sound()


def test_the_same_payment_sent_by_two_clicks_is_recorded_once() -> None:
    invoice = open_invoice()

    refusals = at_once(*[lambda: receive(invoice, "100.00")] * 3)

    assert Payment.objects.count() == 1
    assert len(refusals) == 2
    assert sound()
