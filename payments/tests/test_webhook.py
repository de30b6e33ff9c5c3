"""What Stripe tells: each thing booked once, in whatever order it comes, and nothing silently."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from billing.models import Allocation, Payment, Refund, Reversal
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import MARCH_31, balance_of, credit, issued_invoice
from payments.models import CheckoutState, EventState, OnlinePayment, StripeEvent
from payments.tests.online import (
    COMPLETED,
    SUCCEEDED,
    account,
    asked,
    dispute_of,
    page_of,
    refund_of,
    tell,
    told_paid,
)
from payments.tests.stripe_server import message, signed

pytestmark = pytest.mark.django_db
FAILED, EXPIRED = "checkout.session.async_payment_failed", "checkout.session.expired"


def state_of(online: OnlinePayment) -> str:
    return str(OnlinePayment.objects.get(pk=online.pk).state)


def queued() -> list[str]:
    return list(StripeEvent.objects.queued().values_list("said", flat=True))


def test_what_is_told_five_times_is_booked_once() -> None:
    online = asked()

    answers = {told_paid(online) for _time in range(5)}
    told_paid(online, number=2)  # the same in another message

    payment = Payment.objects.get()
    assert answers == {200}
    assert (payment.amount, payment.currency, payment.method) == (
        Decimal("509.76"),
        "EUR",
        "online",
    )
    assert (payment.received_on, payment.reference) == (date(2026, 4, 8), f"pi_{online.pk}")
    assert balance_of(online.invoice) == 0
    assert state_of(online) == CheckoutState.PAID
    assert StripeEvent.objects.count() == 2


def test_a_message_needs_the_right_and_a_fresh_signature() -> None:
    online = asked()
    body = json.dumps(message(COMPLETED, page_of(online))).encode()
    now = int(timezone.now().timestamp())

    refused = [
        tell(body, header=""),
        tell(body, header=signed(body, now, "whsec_other")),
        tell(body, header=signed(body + b" ", now)),
        tell(body, header=signed(body, now - 301)),
        tell(body, header="t=x,v1=y"),
    ]

    assert refused == [400] * 5
    assert not Payment.objects.exists()
    assert not StripeEvent.objects.exists()
    assert tell(body, header=signed(body, now - 290)) == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"object": "event"}', b"\xff", b"nothing"])
def test_what_is_no_message_is_refused_even_when_signed(body: bytes) -> None:
    issued_invoice()
    account()

    assert tell(body) == 400
    assert not StripeEvent.objects.exists()


def test_without_keys_there_is_no_such_address() -> None:
    online = asked()
    account_of = online.account
    account_of.is_on, account_of.webhook_secret_sealed = False, ""
    account_of.save()

    assert told_paid(online) == 404


def test_what_was_asked_before_still_comes_in_when_clients_may_pay_no_more() -> None:
    online = asked()
    online.account.is_on = False
    online.account.save()

    assert told_paid(online) == 200
    assert state_of(online) == CheckoutState.PAID


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"amount_total": 50975}, "509,75"),
        ({"amount_total": 60000}, "600,00"),
        ({"currency": "usd"}, "509,76\u00a0$US"),
        ({"currency": "jpy"}, "50\u202f976"),
    ],
)
def test_another_amount_or_currency_is_never_booked_silently(
    fields: dict[str, Any], said: str
) -> None:
    online = asked()

    assert told_paid(online, **fields) == 200

    [reason] = queued()
    assert "509,76\u00a0€" in reason
    assert said in reason
    assert not Payment.objects.exists()
    assert state_of(online) == CheckoutState.QUEUED


def test_a_delayed_payment_is_on_its_way_then_booked_or_failed() -> None:
    late, lost = asked(), asked(issued_invoice())

    for number, online in enumerate((late, lost)):
        tell(message(COMPLETED, page_of(online, "unpaid"), number))
    assert {state_of(late), state_of(lost)} == {CheckoutState.PROCESSING}
    assert not Payment.objects.exists()
    tell(message(SUCCEEDED, page_of(late), 11))
    tell(message(FAILED, page_of(lost, "unpaid"), 12))

    assert (state_of(late), state_of(lost)) == (CheckoutState.PAID, CheckoutState.FAILED)
    assert Payment.objects.get().amount == Decimal("509.76")


def test_what_comes_in_the_wrong_order_ends_the_same() -> None:
    online = asked()
    credit(online.invoice, "50")

    tell(message("refund.created", refund_of(online, 6000), 1))
    tell(message(SUCCEEDED, page_of(online), 2))
    tell(message(COMPLETED, page_of(online, "unpaid"), 3))
    tell(message(EXPIRED, page_of(online, "unpaid"), 4))

    assert state_of(online) == CheckoutState.PAID
    assert Refund.objects.get().amount == Decimal("60.00")
    assert list(StripeEvent.objects.exclude(state=EventState.DONE)) == []


def test_money_for_an_invoice_paid_meanwhile_is_the_clients_credit() -> None:
    online = asked()
    record_payment(
        client_id=online.invoice.client_id,
        receipt=Receipt(MARCH_31, Decimal("500.00")),
        allocations={online.invoice_id: Decimal("500.00")},
        actor=None,
    )

    told_paid(online)

    came = Payment.objects.get(method="online")
    assert came.amount == Decimal("509.76")
    assert Allocation.objects.get(payment=came).amount == Decimal("9.76")
    assert balance_of(online.invoice) == 0


def test_money_for_an_invoice_credited_meanwhile_is_all_credit() -> None:
    online = asked()
    credit(online.invoice)

    told_paid(online)

    assert Payment.objects.with_rest().get().rest == Decimal("509.76")  # type: ignore[attr-defined]


def test_a_refund_out_of_credit_is_booked_and_one_that_still_pays_waits_for_a_person() -> None:
    online = asked()
    told_paid(online)

    tell(message("refund.created", refund_of(online, 6000), 2))

    [reason] = queued()
    assert "60,00" in reason
    assert not Refund.objects.exists()
    credit(online.invoice, "50")
    tell(message("refund.updated", refund_of(online, 6000), 3))
    tell(message("refund.updated", refund_of(online, 6000), 4))
    refund = Refund.objects.get()
    assert (refund.amount, refund.reference, refund.method) == (Decimal("60.00"), "re_1", "online")


def test_a_refund_that_is_pending_books_nothing() -> None:
    online = asked()
    told_paid(online)

    tell(message("refund.created", refund_of(online, 6000, status="pending"), 2))

    assert not Refund.objects.exists()
    assert queued() == []


def test_a_dispute_is_shown_and_when_it_is_lost_the_invoice_is_open_again() -> None:
    online = asked()
    told_paid(online)

    tell(message("charge.dispute.created", dispute_of(online, "needs_response"), 2))
    [reason] = queued()
    tell(message("charge.dispute.closed", dispute_of(online, "lost"), 3))

    assert "20 avr." in reason
    assert Reversal.objects.get().payment == Payment.objects.get()
    assert balance_of(online.invoice) == Decimal("509.76")
    assert queued() == []


def test_a_dispute_that_is_won_changes_nothing_and_a_part_of_one_is_for_a_person() -> None:
    won, part = asked(), asked(issued_invoice())
    for number, online in enumerate((won, part)):
        told_paid(online, number)

    tell(message("charge.dispute.closed", dispute_of(won, "won"), 11))
    tell(message("charge.dispute.closed", dispute_of(part, "lost", 1000), 12))

    assert not Reversal.objects.exists()
    assert len(queued()) == 1


def test_what_is_not_ours_is_left_alone_and_an_unknown_payment_is_shown() -> None:
    online = asked()
    shop = page_of(online) | {"client_reference_id": "order 17"}
    unknown = page_of(online) | {"client_reference_id": "00000000-0000-4000-8000-000000000000"}

    tell(message(COMPLETED, shop, 1))
    assert queued() == []
    tell(message(COMPLETED, unknown, 2))

    assert len(queued()) == 1
    assert not Payment.objects.exists()


def test_a_message_of_real_money_is_not_booked_by_test_keys() -> None:
    online = asked()

    tell(message(COMPLETED, page_of(online), livemode=True))

    assert len(queued()) == 1
    assert not Payment.objects.exists()
