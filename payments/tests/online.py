"""A firm that is paid online, and what Stripe tells it, made for tests."""

import json
from typing import Any

from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from billing.models import Invoice
from billing.tests.credited import issued_invoice
from clients.models import LegalEntity
from core.secret_box import seal
from payments.models import OnlinePayment, StripeAccount
from payments.operations.ask_checkout import ask_checkout
from payments.tests.cast import NOW
from payments.tests.stripe_server import KEY, SECRET, message, signed

COMPLETED = "checkout.session.completed"
SUCCEEDED = "checkout.session.async_payment_succeeded"


def account() -> StripeAccount:
    """Let the firm's clients pay online."""
    keys = {
        "is_on": True,
        "key_sealed": seal(KEY),
        "webhook_secret_sealed": seal(SECRET),
    }
    entity = LegalEntity.objects.current()
    return StripeAccount.objects.update_or_create(legal_entity=entity, defaults=keys)[0]


def asked(invoice: Invoice | None = None) -> OnlinePayment:
    """Return what a client went to pay: 509.76 unless another invoice is named."""
    found = invoice or issued_invoice()
    account()
    return ask_checkout(invoice_id=found.pk, actor=None, now=NOW)


def page_of(online: OnlinePayment, status: str = "paid", **fields: Any) -> dict[str, Any]:
    """Return the payment page as Stripe writes it."""
    return {
        "id": "cs_test_1",
        "object": "checkout.session",
        "client_reference_id": str(online.key),
        "payment_intent": f"pi_{online.pk}",
        "payment_status": status,
        "amount_total": 50976,
        "currency": "eur",
        **fields,
    }


def tell(body: dict[str, Any] | bytes, *, header: str | None = None) -> int:
    """Send a message to the webhook as Stripe does; return the status of the answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = reverse("online:webhook", args=[LegalEntity.objects.current().pk])
    signature = signed(content, int(timezone.now().timestamp())) if header is None else header
    answer = Browser(enforce_csrf_checks=True).post(
        url, content, "application/json", headers={"Stripe-Signature": signature}
    )
    return answer.status_code


def told_paid(online: OnlinePayment, number: int = 1, **fields: Any) -> int:
    """Have Stripe tell that a page was paid."""
    return tell(message(COMPLETED, page_of(online, **fields), number))


def refund_of(online: OnlinePayment, minor: int, **fields: Any) -> dict[str, Any]:
    """Return a refund as Stripe writes it."""
    return {
        "id": "re_1",
        "object": "refund",
        "amount": minor,
        "currency": "eur",
        "payment_intent": f"pi_{online.pk}",
        "status": "succeeded",
        **fields,
    }


def dispute_of(online: OnlinePayment, status: str, minor: int = 50976) -> dict[str, Any]:
    """Return a dispute as Stripe writes it, to be answered by 20 April 2026."""
    return {
        "id": "dp_1",
        "object": "dispute",
        "amount": minor,
        "currency": "eur",
        "payment_intent": f"pi_{online.pk}",
        "status": status,
        "evidence_details": {"due_by": 1776686400},
    }
