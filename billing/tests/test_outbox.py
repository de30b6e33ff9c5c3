"""What leaves the house after an invoice is issued."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail

from billing.models import Invoice, InvoiceDocument, OutboxMessage, OutboxState
from billing.operations.deliver_message import deliver_message
from billing.operations.issue_invoices import issue_invoices
from billing.operations.retry_messages import retry_messages
from billing.tests.factories import DraftFactory
from clients.tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def messages_of(**fields: object) -> tuple[OutboxMessage, OutboxMessage]:
    """Issue an invoice and return its messages: the file, then the mail."""
    draft = DraftFactory(client__language="en", **fields)
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    pdf, letter = draft.outbox_messages.order_by("-kind")
    return pdf, letter


def deliver(message: OutboxMessage, now: datetime = NOW) -> OutboxMessage:
    deliver_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    return message


def test_the_file_is_made_once_and_its_checksum_kept() -> None:
    pdf, letter = messages_of(client__invoice_email="invoices@client.example")

    for message in (pdf, letter, pdf, letter):
        deliver(message)

    document = InvoiceDocument.objects.get()
    with document.file.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-1.7")
    assert document.sha256 == sha256(content).hexdigest()
    assert len(mail.outbox) == 1


def test_the_mail_says_what_to_pay_until_when_and_brings_the_file() -> None:
    _pdf, letter = messages_of(client__invoice_email="invoices@client.example")

    deliver(letter)

    [sent] = mail.outbox
    assert sent.to == ["invoices@client.example"]
    assert sent.subject == "Invoice F-2026-00001 from Dépann'Info Services"
    assert "our invoice F-2026-00001 of €509.76." in sent.body
    assert "It is due on 30 Apr 2026." in sent.body
    [(name, _content, kind)] = sent.attachments
    assert (name, kind) == ("F-2026-00001.pdf", "application/pdf")
    assert letter.state == OutboxState.DONE


def test_without_an_address_for_invoices_the_contacts_who_see_everything_receive_it() -> None:
    _pdf, letter = messages_of()
    client = letter.client
    ContactFactory(client=client, email="boss@client.example", sees_everything=True)
    ContactFactory(client=client, email="desk@client.example", sees_tickets=True)

    deliver(letter)

    assert mail.outbox[0].to == ["boss@client.example"]


def test_a_client_without_any_address_fails_at_once_and_says_so() -> None:
    _pdf, letter = messages_of(client__name="Silent SAS")

    deliver(letter)

    assert letter.state == OutboxState.FAILED
    assert letter.last_error == "Silent SAS has no e-mail address for invoices."


def test_a_failure_is_kept_and_tried_again_after_twice_the_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _pdf, letter = messages_of(client__invoice_email="invoices@client.example")

    def fail(_: object) -> int:
        raise SMTPServerDisconnected("the mail server hung up")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    deliver(letter)
    assert (letter.state, letter.attempts) == (OutboxState.WAITING, 1)
    assert letter.due_at == NOW + timedelta(minutes=1)
    deliver(letter)
    assert letter.due_at == NOW + timedelta(minutes=2)
    assert letter.last_error == "the mail server hung up"


def test_the_tenth_failure_is_the_last_until_a_person_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pdf, _letter = messages_of()
    OutboxMessage.objects.filter(pk=pdf.pk).update(attempts=9)

    def fail(_: Invoice) -> bytes:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("billing.operations._documents.pdf_of", fail)
        assert deliver(pdf).state == OutboxState.FAILED

    assert retry_messages(message_ids=[pdf.pk], now=NOW) == 1
    assert deliver(pdf).state == OutboxState.DONE


def test_what_is_done_is_not_tried_again() -> None:
    pdf, _letter = messages_of()
    deliver(pdf)

    assert retry_messages(message_ids=[pdf.pk], now=NOW) == 0
