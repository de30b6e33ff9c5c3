"""Mails kept in the app."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client as Browser
from django.urls import reverse

from core.models import KeptMail
from psa.mail import PRIVATE

pytestmark = pytest.mark.django_db


def send(headers: dict[str, str] | None = None) -> KeptMail:
    mail = EmailMessage(
        "Hello", "Text", "firm@firm.example", ["a@client.example"], cc=["b@client.example"]
    )
    mail.extra_headers.update(headers or {})
    mail.attach("invoice.pdf", b"12345", "application/pdf")
    get_connection("psa.mail.KeptMailBackend").send_messages([mail])
    return KeptMail.objects.get()


def test_a_mail_is_kept_with_its_readers_and_attachments() -> None:
    kept = send()

    assert (kept.subject, kept.body, kept.sender) == ("Hello", "Text", "firm@firm.example")
    assert kept.recipients == "a@client.example, b@client.example"
    assert kept.attachments == [{"name": "invoice.pdf", "type": "application/pdf", "size": 5}]
    assert not kept.is_private


def test_a_mail_with_a_secret_link_is_private() -> None:
    assert send(headers={PRIVATE: "yes"}).is_private


def test_only_administrators_read_mails_with_secret_links(
    as_accountant: Browser, as_administrator: Browser
) -> None:
    secret = send(headers={PRIVATE: "yes"})
    url = reverse("mail", args=[secret.pk])

    assert as_accountant.get(url).status_code == 404
    assert "Hello" not in as_accountant.get(reverse("mails")).content.decode()
    assert as_administrator.get(url).status_code == 200
