"""Sending what waits in the outbox: each thing once, each failure kept and tried again."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from billing.low_hours_mail import low_hours_mail
from billing.mailing import invoice_mail
from billing.models import Invoice, OutboxKind, OutboxMessage
from billing.operations._depositing import deposit
from billing.operations._documents import document_of, lock_document
from core.outbox import attempt


@transaction.atomic(durable=True)
def deliver_message(*, message_id: int, now: datetime) -> None:
    """Do what the message asks for, unless it is done or another worker is at it.

    A failure leaves no trace but the message itself, which says what went wrong and waits twice
    as long as the last time.
    """
    attempt(OutboxMessage.objects.all(), message_id, _deliver, now)


def _deliver(message: OutboxMessage) -> None:
    _DELIVERIES[OutboxKind(message.kind)](message)


def _lock(message: OutboxMessage) -> Invoice:
    return lock_document(outbox_messages=message)


def _make_pdf(message: OutboxMessage) -> None:
    document_of(_lock(message))


def _send_invoice(message: OutboxMessage) -> None:
    invoice = _lock(message)
    invoice_mail(invoice, document_of(invoice)).send()


def _hand_over(message: OutboxMessage) -> None:
    invoice = _lock(message)
    deposit(invoice, document_of(invoice))


def _send_warning(message: OutboxMessage) -> None:
    low_hours_mail(message).send()


_DELIVERIES: dict[OutboxKind, Callable[[OutboxMessage], None]] = {
    OutboxKind.INVOICE_PDF: _make_pdf,
    OutboxKind.INVOICE_MAIL: _send_invoice,
    OutboxKind.LOW_HOURS: _send_warning,
    OutboxKind.PLATFORM: _hand_over,
}
