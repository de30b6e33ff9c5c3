"""Documents are handed over to the platform, once each, and people record what became of them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import InternalError
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from billing.models import Invoice, OutboxMessage, OutboxState, PlatformEvent
from billing.operations.deliver_message import deliver_message
from billing.operations.record_platform_status import StatusRefused, record_platform_status
from billing.tasks import deliver_due_messages, hand_over_documents
from billing.tests.credited import MARCH_31, credit, issued_invoice
from clients.models import LegalEntity

pytestmark = pytest.mark.django_db
APRIL_2 = date(2026, 4, 2)


@pytest.fixture(autouse=True)
def drop(tmp_path: Path, settings: Any) -> object:
    """A folder of the test's own, on 8 April 2026."""
    settings.EINVOICE_FOLDER = tmp_path
    with time_machine.travel(datetime(2026, 4, 8, 10, tzinfo=UTC), tick=False):
        yield tmp_path


def switch_on(since: date = MARCH_31) -> None:
    LegalEntity.objects.update(platform="folder", platform_since_on=since)


def work() -> None:
    """Let the workers do what is due, more than once."""
    for _ in range(2):
        hand_over_documents()
        deliver_due_messages()


def laid(drop: Path) -> list[str]:
    return sorted(path.name for path in drop.rglob("*") if path.is_file())


def test_invoices_and_credit_notes_are_laid_into_the_folder_once(drop: Path) -> None:
    credit(issued_invoice(), "50")
    work()
    assert laid(drop) == []
    switch_on()

    work()

    assert laid(drop) == ["AV-2026-00001.pdf", "F-2026-00001.pdf"]
    next(drop.rglob("F-2026-00001.pdf")).unlink()
    work()
    assert laid(drop) == ["AV-2026-00001.pdf"]
    assert not PlatformEvent.objects.exists()


@pytest.mark.parametrize(
    "client",
    [
        {"client__kind": "person"},
        {"client__german": True, "client__invoice_email": "a@b.example"},
    ],
)
def test_who_is_reached_by_no_platform_is_left_out(client: dict[str, Any], drop: Path) -> None:
    issued_invoice(**client)
    switch_on()

    work()

    assert laid(drop) == []


def test_what_was_issued_before_the_day_stays_where_it_is(drop: Path) -> None:
    issued_invoice()
    switch_on(date(2026, 4, 1))

    work()

    assert laid(drop) == []


def test_a_document_that_machines_cannot_read_waits_and_goes_as_cii_once_mended(
    drop: Path, as_accountant: Browser
) -> None:
    invoice = issued_invoice(client__registration_number="", client__vat_number="")
    switch_on()
    paper = invoice.outbox_messages.get(kind="invoice_pdf")
    deliver_message(message_id=paper.pk, now=timezone.now())
    work()
    message = OutboxMessage.objects.get(kind="platform")
    assert message.state == OutboxState.FAILED
    assert "SIREN" in message.last_error
    invoice.client.registration_number = "900000016"
    invoice.client.save()

    as_accountant.post(reverse("billing:outbox-retry"), {"selected": message.pk})
    work()

    assert laid(drop) == ["F-2026-00001.xml"]


def record(invoice: Invoice, status: str, on: date = APRIL_2, reason: str = "") -> PlatformEvent:
    return record_platform_status(
        invoice_id=invoice.pk, status=status, happened_on=on, reason=reason, actor=None
    )


def test_statuses_follow_each_other_and_the_same_twice_changes_nothing() -> None:
    invoice = issued_invoice()

    first = record(invoice, "deposited")
    again = record(invoice, "deposited")
    record(invoice, "cashed")

    assert first == again
    assert [event.status for event in invoice.platform_events.all()] == ["deposited", "cashed"]


@pytest.mark.parametrize(
    ("known", "status", "on", "reason"),
    [
        ([], "cashed", APRIL_2, ""),
        ([], "deposited", date(2026, 3, 30), ""),
        (["deposited"], "rejected", APRIL_2, " "),
        (["deposited"], "cashed", date(2026, 4, 1), ""),
        (["deposited", "refused"], "cashed", APRIL_2, ""),
    ],
)
def test_a_status_that_cannot_be_is_refused(
    known: list[str], status: str, on: date, reason: str
) -> None:
    invoice = issued_invoice()
    for one in known:
        record(invoice, one, reason="Wrong order")

    with pytest.raises(StatusRefused):
        record(invoice, status, on, reason)

    assert [event.status for event in invoice.platform_events.all()] == known


def test_a_status_is_never_changed_or_taken_away() -> None:
    event = record(issued_invoice(), "deposited")

    with pytest.raises(InternalError):
        event.delete()


def test_the_page_shows_statuses_and_takes_one(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    switch_on()
    address = reverse("billing:invoice-platform", args=[invoice.pk])
    typed = {"status": "rejected", "happened_on": "2026-04-02", "reason": ""}

    as_accountant.post(address, {**typed, "status": "deposited"})
    refused = as_accountant.post(address, typed, follow=True)
    shown = as_accountant.post(address, {**typed, "reason": "Unknown SIREN"}, follow=True)

    assert "Say why it was rejected or refused." in refused.content.decode()
    assert "rejected by the platform" in shown.content.decode()
    assert "Unknown SIREN" in shown.content.decode()


def test_programs_record_and_read_statuses(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    address = reverse("api:platform-event-list")
    said = {"invoice": invoice.pk, "status": "deposited", "happened_on": "2026-04-02"}

    answers = [as_accountant.post(address, said) for _ in range(2)]
    refused = as_accountant.post(address, said | {"status": "refused"})

    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert refused.status_code == 409
    [event] = as_accountant.get(address).json()["results"]
    assert (event["status"], event["happened_on"]) == ("deposited", "2026-04-02")
