"""Several who cancel, bill, pay and credit the same invoice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from billing.models import Cancellation, Claim, Invoice
from billing.operations._crediting import CreditNotPossible
from billing.operations.cancel_invoice import AlreadyCancelled
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.queries.credit import credit_of
from billing.tests.cancelled import APRIL_8, billed, cancel, faults, issue
from billing.tests.credited import balance_of, credit
from billing.tests.firm import bill

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Any) -> list[object]:
    """Do all of it at the same moment, each on its own connection; return what came of each."""
    start = Barrier(len(works))

    def one(work: Any) -> object:
        start.wait()
        try:
            return work()
        except (AlreadyCancelled, CreditNotPossible, PaymentRefused) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def live_minutes() -> int | None:
    claims = Claim.objects.filter(released_at=None, time_entry__isnull=False)
    return sum(claim.minutes or 0 for claim in claims)


def test_of_four_who_cancel_at_once_one_does() -> None:
    invoice = billed()

    came = at_once(*[lambda: cancel(invoice, again=True)] * 4)

    assert came.count(AlreadyCancelled) == 3
    assert Cancellation.objects.count() == 1
    assert Invoice.objects.filter(document_kind="credit_note").count() == 1
    assert Invoice.objects.drafts().get().total == Decimal("437.99")
    assert (live_minutes(), faults()) == (37, {})


@pytest.mark.parametrize("again", [True, False])
def test_a_run_and_a_cancel_at_once_bill_the_evidence_once(*, again: bool) -> None:
    invoice = billed()

    at_once(bill, lambda: cancel(invoice, again=again), bill)
    bill()

    assert Invoice.objects.drafts().get().total == Decimal("437.99")
    issue(Invoice.objects.drafts().get(), APRIL_8)
    assert (live_minutes(), faults()) == (37, {})


def test_a_credit_and_a_cancel_at_once_take_back_what_was_asked_and_no_more() -> None:
    invoice = billed()

    at_once(lambda: credit(invoice, "100.00"), lambda: cancel(invoice))

    notes = Invoice.objects.filter(document_kind="credit_note")
    assert sum(note.total for note in notes) == Decimal("437.99")
    assert (balance_of(invoice), faults()) == (Decimal(0), {})


def test_what_is_paid_while_it_is_cancelled_is_the_clients_credit_or_was_refused() -> None:
    invoice = billed()

    def pay() -> object:
        return record_payment(
            client_id=invoice.client_id, receipt=Receipt(APRIL_8, Decimal(400)),
            allocations={invoice.pk: Decimal(400)}, actor=None,
        )  # fmt: skip

    came = at_once(pay, lambda: cancel(invoice))

    credit_left = credit_of(invoice.client_id).get("EUR", Decimal(0))
    assert credit_left == (0 if PaymentRefused in came else Decimal(400))
    assert (balance_of(invoice), faults()) == (Decimal(0), {})
