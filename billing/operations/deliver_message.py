"""Sending what waits in the outbox: each thing once, each failure kept and tried again."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from billing.low_hours_mail import low_hours_mail
from billing.mailing import NoRecipient, invoice_mail
from billing.models import Invoice, InvoiceDocument, OutboxKind, OutboxMessage, OutboxState
from billing.paper import render_pdf

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


@transaction.atomic(durable=True)
def deliver_message(*, message_id: int, now: datetime) -> None:
    """Do what the message asks for, unless it is done or another worker is at it.

    A failure leaves no trace but the message itself, which says what went wrong and waits twice
    as long as the last time.
    """
    waiting = OutboxMessage.objects.filter(pk=message_id, state=OutboxState.WAITING)
    message = waiting.select_for_update(skip_locked=True).first()
    if message is None:
        return
    message.attempts += 1
    try:
        with transaction.atomic():
            _DELIVERIES[OutboxKind(message.kind)](message)
    except Exception as error:  # noqa: BLE001  (whatever fails is kept with the message)
        _keep_failure(message, error, now)
    else:
        message.state, message.done_at, message.last_error = OutboxState.DONE, now, ""
    message.save(update_fields=["state", "attempts", "due_at", "done_at", "last_error"])


def _lock(message: OutboxMessage) -> Invoice:
    """Lock the message's invoice, so that its file is made by one worker only."""
    invoices = Invoice.objects.select_for_update(no_key=True, of=("self",))
    return invoices.select_related("client", "legal_entity").get(outbox_messages=message)


def _document_of(invoice: Invoice) -> InvoiceDocument:
    """Return the invoice's file, made now if it is not there yet."""
    document = invoice.documents.filter(kind="pdf").first()
    if document:
        return document
    pdf = render_pdf(invoice)
    document = InvoiceDocument(invoice=invoice, kind="pdf", sha256=sha256(pdf).hexdigest())
    document.file.save(f"{invoice.number}-{invoice.hash[:12]}.pdf", ContentFile(pdf), save=False)
    document.save()
    return document


def _make_pdf(message: OutboxMessage) -> None:
    _document_of(_lock(message))


def _send_invoice(message: OutboxMessage) -> None:
    invoice = _lock(message)
    invoice_mail(invoice, _document_of(invoice)).send()


def _send_warning(message: OutboxMessage) -> None:
    low_hours_mail(message).send()


_DELIVERIES: dict[OutboxKind, Callable[[OutboxMessage], None]] = {
    OutboxKind.INVOICE_PDF: _make_pdf,
    OutboxKind.INVOICE_MAIL: _send_invoice,
    OutboxKind.LOW_HOURS: _send_warning,
}


def _keep_failure(message: OutboxMessage, error: Exception, now: datetime) -> None:
    is_hopeless = isinstance(error, NoRecipient) or message.attempts >= MOST_ATTEMPTS
    message.state = OutboxState.FAILED if is_hopeless else OutboxState.WAITING
    message.last_error = str(error) or type(error).__name__
    pause: timedelta = FIRST_PAUSE * 2 ** (message.attempts - 1)
    message.due_at = now + min(pause, LONGEST_PAUSE)
    log.warning("%s was not delivered: %s", message.key, message.last_error)
