"""Reminders, promises, notes and calls on the desk and through the API.

Alpha owes 509.76 since 30 April 2026; on 20 May that is 20 days, of which the firm level is due.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from clients.tests.factories import ClientFactory
from collecting.models import (
    CollectingTerms,
    ContactNote,
    PaymentPromise,
    ReminderHold,
    ReminderNotice,
    ReminderPlan,
)
from collecting.operations.remind_client import remind_client
from collecting.tasks import deliver_due_mails
from collecting.tests.dunned import late_invoice, pay, usual_plan

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 5, 20, 8, tzinfo=UTC)
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def invoice(client_contact: User) -> Invoice:
    return late_invoice(client_contact.contact.client)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_plan_is_written_with_its_days_and_words(as_accountant: Browser) -> None:
    form = {
        "name": "Patient",
        "is_default": "on",
        "grace_days": 3,
        "days_between": 10,
        "smallest_amount": "25",
        "days_1": 7,
        "days_2": "",
        "days_3": 45,
        "words_1_fr": "Un petit rappel.",
    }
    asked = as_accountant.get(reverse("collecting:plan-create"))
    answer = as_accountant.post(reverse("collecting:plan-create"), form)
    unordered = form | {"name": "Hasty", "days_3": 7}
    again = as_accountant.post(reverse("collecting:plan-create"), unordered)

    assert (asked.status_code, answer.status_code, again.status_code) == (200, 302, 422)
    assert "Each level must be due later than the one before." in words(again)
    plan = ReminderPlan.objects.get()
    assert list(plan.steps.values_list("level", "days")) == [(1, 7), (3, 45)]
    assert plan.words.get().words == "Un petit rappel."
    shown = as_accountant.get(reverse("collecting:plan-edit", args=[plan.pk]))
    assert "Un petit rappel." in words(shown)


def test_a_plan_that_is_for_every_client_takes_that_from_the_other(
    as_accountant: Browser,
) -> None:
    first = usual_plan()
    form = {"name": "Hasty", "is_default": "on", "grace_days": 0, "days_between": 1}
    money = {"smallest_amount": "0", "days_1": 1}
    answer = as_accountant.post(reverse("collecting:plan-create"), form | money)
    sent = {"name": "Third", "is_default": True, "steps": [{"level": 3, "days": 60}]}
    by_program = as_accountant.post("/api/v1/reminder-plans/", sent, JSON)

    assert (answer.status_code, by_program.status_code) == (302, 201)
    assert ReminderPlan.objects.get(is_default=True).name == "Third"
    assert not ReminderPlan.objects.get(pk=first.pk).is_default


def test_the_preview_says_what_would_go_and_what_not_and_writes_nothing(
    as_accountant: Browser, invoice: Invoice
) -> None:
    usual_plan()
    held = late_invoice(ClientFactory.create(name="Beta"))
    address = reverse("collecting:invoice-hold", args=[held.pk])
    answer = as_accountant.post(address, {"reason": "Waits for parts"})

    page = words(as_accountant.get(reverse("collecting:preview")))

    assert answer.headers["Location"] == held.get_absolute_url()
    going, staying = page.split("Overdue, and not reminded today")
    assert invoice.number in going
    assert "€509.76" in going
    assert held.number in staying
    assert "reminders are on hold" in staying
    assert not ReminderNotice.objects.exists()


def test_a_reminder_is_sent_now_and_its_page_says_what_it_asks_for(
    as_accountant: Browser, invoice: Invoice
) -> None:
    usual_plan()
    address = reverse("collecting:client-remind", args=[invoice.client_id])
    first, second = as_accountant.post(address), as_accountant.post(address)

    notice = ReminderNotice.objects.get()
    assert first.headers["Location"] == notice.get_absolute_url()
    assert second.headers["Location"] == reverse("collecting:client", args=[invoice.client_id])
    assert "€509.76" in words(as_accountant.get(notice.get_absolute_url()))
    of_invoice = as_accountant.get(reverse("collecting:of-invoice", args=[invoice.pk]))
    assert "Firm" in words(of_invoice)
    assert as_accountant.get(reverse("collecting:reminders")).status_code == 200


def test_what_is_agreed_with_a_client_is_kept_and_shown(
    as_accountant: Browser, invoice: Invoice
) -> None:
    def send(name: str, **data: object) -> int:
        address = reverse(f"collecting:client-{name}", args=[invoice.client_id])
        return as_accountant.post(address, data).status_code

    plan = usual_plan(is_default=False)
    codes = [
        send("promise", amount="200", pay_by_on="2026-05-27", note="By transfer"),
        send("promise", amount="200", pay_by_on="2026-05-19"),
        send("hold", reason="Talks with the owner", last_day_on="2026-05-30"),
        send("hold", reason="Again"),
        send("terms", plan=plan.pk, gets_reminders="on", next_contact_on="2026-06-01"),
        send("note", body="Spoke to Anne", next_contact_on="2026-05-28"),
        send("note", body=" "),
    ]

    assert codes == [302, 422, 302, 422, 302, 302, 422]
    terms = CollectingTerms.objects.get()
    assert (terms.plan, terms.next_contact_on) == (plan, date(2026, 5, 28))
    assert PaymentPromise.objects.get().amount == Decimal(200)
    page = words(as_accountant.get(reverse("collecting:client", args=[invoice.client_id])))
    for said in ("Spoke to Anne", "Talks with the owner", "€200.00", "By transfer"):
        assert said in page


def test_the_heaviest_debt_is_called_first_and_who_agreed_on_a_day_last(
    as_accountant: Browser, invoice: Invoice
) -> None:
    """Beta owes twice as much as Alpha, Gamma half of it; Beta is to be called in June."""
    beta, gamma = ClientFactory.create(name="Beta"), ClientFactory.create(name="Gamma")
    late_invoice(beta)
    late_invoice(beta)
    pay(late_invoice(gamma), "254.88", date(2026, 5, 2))
    CollectingTerms.objects.create(client=beta, next_contact_on=date(2026, 6, 1))

    rows = as_accountant.get("/api/v1/calls/").json()

    names = [invoice.client_id, gamma.pk, beta.pk]
    assert [row["client"] for row in rows] == names
    assert [row["owed"] for row in rows] == ["509.76", "254.88", "1019.52"]
    assert rows[0]["weight"] == "10195.20"
    page = words(as_accountant.get(reverse("collecting:calls")))
    assert "2 clients to call" in page


def test_a_broken_promise_shows_on_the_list_of_calls(
    as_accountant: Browser, invoice: Invoice
) -> None:
    new = {"client": invoice.client_id, "amount": "500.00", "pay_by_on": "2026-05-22"}
    made = as_accountant.post("/api/v1/payment-promises/", new, JSON)

    with time_machine.travel(datetime(2026, 5, 23, 8, tzinfo=UTC), tick=False):
        [read] = as_accountant.get("/api/v1/payment-promises/").json()["results"]
        page = words(as_accountant.get(reverse("collecting:calls")))

    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert (read["state"], read["paid"]) == ("broken", "0.00")
    assert "broken" in page


def test_programs_write_plans_hold_note_and_remind(
    as_accountant: Browser, invoice: Invoice
) -> None:
    plan = {
        "name": "Usual",
        "is_default": True,
        "steps": [{"level": 1, "days": 5}, {"level": 2, "days": 15}],
        "words": [{"level": 1, "language": "fr", "words": "Bonjour."}],
    }
    one = {"client": invoice.client_id}

    def post(noun: str, data: Any) -> Any:
        return as_accountant.post(f"/api/v1/{noun}/", data, JSON)

    written = post("reminder-plans", plan)
    preview = as_accountant.get("/api/v1/reminders/preview/").json()
    sent = post("reminders", one)
    twice = post("reminders", one)
    noted = post("contact-notes", one | {"body": "Called"})
    held = post("reminder-holds", one | {"reason": "Talks"})
    lifted = as_accountant.post(f"/api/v1/reminder-holds/{held.json()['id']}/lift/")
    agreed = post("collecting-terms", one | {"gets_reminders": False})

    answers = [written, sent, twice, noted, held, lifted, agreed]
    assert [answer.status_code for answer in answers] == [201, 201, 409, 201, 201, 200, 201]
    assert preview[0]["level"] == 2
    assert preview[0]["invoices"][0]["amount"] == "509.76"
    assert sent.json()["lines"][0]["level"] == 2
    assert ReminderHold.objects.get().lifted_at is not None
    assert ContactNote.objects.get().body == "Called"


def test_a_mail_that_found_nobody_shows_on_the_reminder(
    as_accountant: Browser, invoice: Invoice
) -> None:
    usual_plan()
    invoice.client.contacts.update(portal_scope="")
    type(invoice.client).objects.filter(pk=invoice.client_id).update(invoice_email="")
    notice = remind_client(client_id=invoice.client_id, now=NOW)
    assert notice is not None

    deliver_due_mails()

    page = words(as_accountant.get(notice.get_absolute_url()))
    assert "Alpha SAS has no e-mail address for invoices." in page
