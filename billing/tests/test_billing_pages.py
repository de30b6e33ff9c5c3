"""Billing's pages, as an accountant uses them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from billing.models import BillingRun, Invoice, OutboxMessage, Payment
from billing.operations.deliver_message import deliver_message
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import Client
from tickets.models import TimeEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 10, tzinfo=UTC)
APRIL = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        open_firm()
        yield


def issued(*drafts: Invoice) -> list[Invoice]:
    ids = [draft.pk for draft in drafts]
    return issue_invoices(invoice_ids=ids, issued_on=APRIL, actor=None).issued


def text_of(browser: Browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_run_is_started_in_the_browser_and_the_same_one_is_found_again(
    as_accountant: Browser,
) -> None:
    first = as_accountant.post(reverse("billing:run-create"), {"as_of_on": "2026-04-01"})
    busy_client()
    run = BillingRun.objects.get()
    BillingRun.objects.update(state="running")
    second = as_accountant.post(reverse("billing:run-create"), {"as_of_on": "2026-04-01"})

    assert first.headers["Location"] == second.headers["Location"] == f"/billing/runs/{run.pk}/"


def test_the_progress_of_a_run_asks_again_until_it_is_finished(as_accountant: Browser) -> None:
    busy_client(name="Busy SAS")
    run = bill()
    url = reverse("billing:run", args=[run.pk])
    headers = {"HX-Request": "true", "HX-Target": "run-progress"}

    BillingRun.objects.update(state="running")
    while_running = as_accountant.get(url, headers=headers).content.decode()
    BillingRun.objects.update(state="finished")
    when_done = as_accountant.get(url, headers=headers).content.decode()

    assert 'hx-trigger="every 1s"' in while_running
    assert "every 1s" not in when_done
    assert 'hx-target="#listing-outcomes"' in when_done
    assert 'id="listing-outcomes"' in text_of(as_accountant, url)
    assert "Busy SAS" in text_of(as_accountant, url)


def test_the_inbox_adds_up_drafts_whatever_number_of_lines_they_have(
    as_accountant: Browser,
) -> None:
    DraftFactory()
    DraftFactory()

    page = text_of(as_accountant, reverse("billing:drafts"))

    assert "€1,019.52" in page
    assert "Issue all 2" in page


def test_selected_drafts_are_shown_once_more_before_they_are_issued(
    as_accountant: Browser,
) -> None:
    first, second = DraftFactory(client__name="First SAS"), DraftFactory()

    asked = as_accountant.post(reverse("billing:drafts-issue"), {"selected": [first.pk]})

    assert "Issue one draft" in asked.content.decode()
    assert "This would be the client's first invoice." in asked.content.decode().replace(
        "&#x27;", "'"
    )
    assert Invoice.objects.drafts().count() == 2
    assert second.pk


def test_all_drafts_are_issued_together(as_accountant: Browser) -> None:
    DraftFactory()
    DraftFactory()

    answer = as_accountant.post(
        reverse("billing:drafts-issue"), {"all": "1", "issued_on": "2026-04-01"}, follow=True
    )

    assert "2 invoices were issued: F-2026-00001 to F-2026-00002." in answer.content.decode()


def test_a_date_to_come_is_refused(as_accountant: Browser) -> None:
    draft = DraftFactory()

    answer = as_accountant.post(
        reverse("billing:drafts-issue"), {"selected": [draft.pk], "issued_on": "2026-04-02"}
    )

    assert answer.status_code == 422
    assert "An invoice cannot be dated after today, 1 Apr 2026." in answer.content.decode()
    assert Invoice.objects.drafts().exists()


def test_a_refused_draft_is_named_with_its_reason_and_the_others_are_issued(
    as_accountant: Browser,
) -> None:
    stale, _fresh = DraftFactory(client__name="Stale SAS"), DraftFactory()
    TimeEntry.objects.filter(claims__charge__invoice=stale).update(minutes=120)

    answer = as_accountant.post(
        reverse("billing:drafts-issue"), {"all": "1", "issued_on": "2026-04-01"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Stale SAS" in page
    assert "changed after this draft was made; refresh the draft." in page
    assert Invoice.objects.issued().count() == 1


def test_a_draft_says_what_is_odd_about_it(as_accountant: Browser) -> None:
    client = busy_client(name="Usual SAS", invoice_email="a@client.example")
    issued(*(DraftFactory(client=client) for _ in range(3)))
    small = bill().invoices.get()
    Client.objects.update(street="")
    TimeEntry.objects.filter(claims__charge__invoice=small).update(minutes=61)

    page = text_of(as_accountant, small.get_absolute_url()).replace("&#x27;", "'")

    assert "What it rests on changed after this draft was made" in page
    assert "Usual SAS lacks what an invoice must say: street." in page
    assert "first invoice" not in page


def test_a_draft_far_from_the_usual_is_flagged(as_accountant: Browser) -> None:
    client = busy_client()
    issued(*(DraftFactory(client=client) for _ in range(3)))
    DraftFactory(client=client, net=Decimal(850), tax=Decimal(170), total=Decimal(1020))

    page = text_of(as_accountant, reverse("billing:drafts"))

    assert "unusually high" in page
    assert "More than twice the usual €424.80 of the last 3 invoices." in page


def test_a_refreshed_draft_follows_the_work_as_it_is_now(as_accountant: Browser) -> None:
    busy_client()
    draft = bill().invoices.get()
    TimeEntry.objects.update(minutes=61)

    answer = as_accountant.post(reverse("billing:draft-refresh", args=[draft.pk]), follow=True)

    assert "The draft was made afresh" in answer.content.decode()
    assert Invoice.objects.get().net == Decimal("406.99")


def test_a_discarded_draft_sets_its_work_free(as_accountant: Browser) -> None:
    busy_client()
    draft = bill().invoices.get()

    as_accountant.post(reverse("billing:draft-discard", args=[draft.pk]))

    assert not Invoice.objects.exists()
    assert "37 min" in text_of(as_accountant, reverse("billing:unbilled"))


def test_each_line_opens_to_who_did_what_when_and_to_its_arithmetic(
    as_accountant: Browser,
) -> None:
    busy_client()
    draft = bill().invoices.get()
    entry = TimeEntry.objects.get()
    TimeEntry.objects.update(note="Replaced the disk.")

    page = text_of(as_accountant, draft.get_absolute_url())

    assert str(entry.technician) in page
    assert "Replaced the disk." in page
    assert "37 min worked, 45 min billed (steps of 15), €84.00/h Remote" in page
    assert "12 × €24.90" in page


def test_the_file_is_handed_out_once_it_is_made(as_accountant: Browser) -> None:
    [invoice] = issued(DraftFactory())
    url = reverse("billing:invoice-pdf", args=[invoice.pk])

    assert as_accountant.get(url).status_code == 202
    for message in OutboxMessage.objects.filter(kind="invoice_pdf"):
        deliver_message(message_id=message.pk, now=NOON)
    answer = as_accountant.get(url)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="F-2026-00001.pdf"'
    assert b"".join(answer).startswith(b"%PDF")


def test_a_draft_is_previewed_with_a_stamp(as_accountant: Browser) -> None:
    draft = DraftFactory()

    answer = as_accountant.get(reverse("billing:invoice-pdf", args=[draft.pk]))

    assert answer.content.startswith(b"%PDF")


def test_the_payment_of_an_invoice_is_recorded_on_its_page(as_accountant: Browser) -> None:
    [invoice] = issued(DraftFactory())
    form = {"amount": "500.00", "received_on": "2026-04-01", "method": "transfer"}

    answer = as_accountant.post(
        reverse("billing:invoice-pay", args=[invoice.pk]), form, follow=True
    )

    page = answer.content.decode()
    assert "paid in part" in page
    assert "€9.76" in page


def test_a_payment_without_shares_pays_the_oldest_invoices_first(
    as_accountant: Browser, accountant: User
) -> None:
    client = busy_client()
    first, second = issued(DraftFactory(client=client), DraftFactory(client=client))
    form = {
        "client": client.pk,
        "amount": "600.00",
        "received_on": "2026-04-01",
        "method": "cheque",
    }

    as_accountant.post(reverse("billing:payment-create"), form)

    payment = Payment.objects.get()
    assert payment.recorded_by == accountant
    assert dict(payment.allocations.values_list("invoice", "amount")) == {
        first.pk: Decimal("509.76"),
        second.pk: Decimal("90.24"),
    }


def test_more_than_an_invoice_asks_for_is_refused_in_words(as_accountant: Browser) -> None:
    client = busy_client()
    [invoice] = issued(DraftFactory(client=client))
    form = {
        "client": client.pk,
        "amount": "600.00",
        "received_on": "2026-04-01",
        "method": "cheque",
        f"invoice_{invoice.pk}": "600.00",
    }

    answer = as_accountant.post(reverse("billing:payment-create"), form)

    assert answer.status_code == 422
    assert "F-2026-00001 asks for €509.76" in answer.content.decode()


@pytest.mark.parametrize("name", ["drafts", "invoices", "payments", "outbox", "runs", "unbilled"])
def test_a_list_costs_the_same_for_one_row_as_for_many(as_accountant: Browser, name: str) -> None:
    counts = []
    for size in (1, 4):
        for _ in range(size):
            busy_client()
            bill()
            issued(DraftFactory())
            DraftFactory()
            busy_client()
        as_accountant.get(reverse(f"billing:{name}"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_accountant.get(reverse(f"billing:{name}"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_invoices_page_costs_the_same_however_many_lines_it_has(
    as_accountant: Browser,
) -> None:
    counts = []
    for extra in (0, 5):
        client = busy_client()
        ticket = client.tickets.get()
        for _ in range(extra):
            entry = TimeEntry.objects.filter(ticket=ticket)[0]
            entry.pk = None
            entry.save()
        draft = bill().invoices.get(client=client)
        with CaptureQueriesContext(connection) as queries:
            as_accountant.get(draft.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_list_offers_the_clients_to_choose_from_only_while_they_are_few(
    as_accountant: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = busy_client(name="Busy SAS")
    busy_client(name="Quiet SAS")
    issued(*Invoice.objects.filter(run=bill()))
    url = f"{reverse('billing:invoices')}?client={client.pk}"

    monkeypatch.setattr("billing.lists.MOST_CHOICES", 2)
    few = text_of(as_accountant, url)
    monkeypatch.setattr("billing.lists.MOST_CHOICES", 1)
    many = text_of(as_accountant, url)

    assert few.count("Quiet SAS") == 1  # as a choice
    assert "Quiet SAS" not in many
    assert "Busy SAS" in many
