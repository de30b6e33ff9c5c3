"""Messages and clients that come at one moment, on connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from billing.models import Payment
from payments.domain.told import read
from payments.models import OnlinePayment, StripeEvent
from payments.operations.ask_checkout import ask_checkout
from payments.operations.take_event import take_event
from payments.tests import online
from payments.tests.cast import NOW
from payments.tests.stripe_server import message

pytestmark = pytest.mark.django_db(transaction=True)
Found = TypeVar("Found")


def at_once(deeds: list[Callable[[], Found]]) -> list[Found]:
    """Do all at one moment."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Found]) -> Found:
        start.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_five_workers_who_are_told_the_same_book_it_once() -> None:
    asked = online.asked()
    page = online.page_of(asked)
    one, other = message(online.COMPLETED, page, 1), message(online.SUCCEEDED, page, 2)
    account_id = asked.account_id

    at_once(
        [
            lambda body=body: take_event(account_id=account_id, told=read(body), body=body)  # type: ignore[misc]
            for body in (one, one, one, other, other)
        ]
    )

    assert Payment.objects.count() == 1
    assert StripeEvent.objects.count() == 2


def test_two_people_who_pay_the_same_invoice_are_sent_to_the_same_page() -> None:
    asked = online.asked()
    invoice_id = asked.invoice_id
    OnlinePayment.objects.all().delete()

    both = at_once(
        [lambda: ask_checkout(invoice_id=invoice_id, actor=None, now=NOW) for _person in range(2)]
    )

    assert both[0] == both[1]
    assert OnlinePayment.objects.count() == 1
