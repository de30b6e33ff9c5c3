"""Two people who collect or book the same at one moment, on connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from billing.models import Payment
from payments.models import DebitBatch, DirectDebit
from payments.operations.book_debits import book_debits
from payments.operations.make_batch import DebitRefused
from payments.tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, deed: Callable[[], object]) -> list[str]:
    """Do it so many times at one moment; return the refusals."""
    start = Barrier(count)

    def do(_place: int) -> str:
        start.wait()
        try:
            deed()
        except DebitRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(count) as pool:
        return [refusal for refusal in pool.map(do, range(count)) if refusal]


def test_an_invoice_is_in_one_of_many_batches_made_at_once() -> None:
    invoice = cast.owed()

    refusals = at_once(6, lambda: cast.collect(invoice))

    assert len(refusals) == 5
    assert DirectDebit.objects.live().filter(invoice=invoice).count() == 1
    assert DebitBatch.objects.count() == 1


def test_batches_of_different_invoices_made_at_once_have_different_numbers() -> None:
    invoices = [cast.owed() for _ in range(4)]
    waiting = iter(invoices)

    refusals = at_once(4, lambda: cast.collect(next(waiting)))

    assert refusals == []
    ends = sorted(batch.reference[-5:] for batch in DebitBatch.objects.all())
    assert ends == ["00001", "00002", "00003", "00004"]


def test_a_batch_that_many_book_at_once_is_booked_once() -> None:
    batch = cast.sent(cast.owed(), cast.owed())

    refusals = at_once(5, lambda: book_debits(batch_id=batch.pk, booked_on=cast.DUE, actor=None))

    assert len(refusals) == 4
    assert Payment.objects.count() == 2
