"""Holding back drafts and clients."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice, Outcome, RunOutcome
from billing.operations.hold_drafts import hold_drafts
from billing.operations.issue_invoices import issue_invoices
from billing.operations.park_client import park_client
from billing.operations.redraft import ClientHeld, redraft
from billing.operations.release_client import release_client
from billing.operations.release_drafts import release_drafts
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from clients.models import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_due() -> Client:
    """A client who owes 364.99 net."""
    open_firm()
    return busy_client()


def refusals() -> list[str]:
    drafts = list(Invoice.objects.values_list("pk", flat=True))
    issuing = issue_invoices(invoice_ids=drafts, issued_on=APRIL, actor=None)
    return [refusal.reason for refusal in issuing.refused]


def test_a_draft_on_hold_is_not_issued_until_released(client_due: Client, accountant: User) -> None:
    bill()
    draft = Invoice.objects.get()

    assert hold_drafts(invoice_ids=[draft.pk], reason="Price disputed", actor=accountant) == 1

    assert ["Price disputed" in reason for reason in refusals()] == [True]
    assert release_drafts(invoice_ids=[draft.pk]) == 1
    assert refusals() == []


def test_a_refreshed_draft_stays_on_hold(client_due: Client) -> None:
    bill()
    hold_drafts(invoice_ids=[Invoice.objects.get().pk], reason="Price disputed", actor=None)

    fresh = redraft(invoice_id=Invoice.objects.get().pk)

    assert fresh is not None
    assert fresh.held_reason == "Price disputed"


def test_a_parked_client_is_left_out_with_the_reason(client_due: Client) -> None:
    park_client(client_id=client_due.pk, reason="Insolvent", actor=None)

    bill()

    outcome = RunOutcome.objects.get()
    assert outcome.outcome == Outcome.HELD
    assert "Insolvent" in outcome.reason
    assert not Invoice.objects.exists()


def test_drafts_of_a_parked_client_are_neither_issued_nor_refreshed(client_due: Client) -> None:
    bill()
    park_client(client_id=client_due.pk, reason="Insolvent", actor=None)

    assert ["Insolvent" in reason for reason in refusals()] == [True]
    with pytest.raises(ClientHeld, match="Insolvent"):
        redraft(invoice_id=Invoice.objects.get().pk)


def test_a_released_client_is_billed_again(client_due: Client) -> None:
    park_client(client_id=client_due.pk, reason="Insolvent", actor=None)
    park_client(client_id=client_due.pk, reason="Being wound up", actor=None)

    assert release_client(client_id=client_due.pk, actor=None)

    bill()
    assert Invoice.objects.count() == 1
    assert client_due.billing_holds.get().reason == "Being wound up"


def test_why_a_client_is_held_is_told_in_the_readers_language(
    client_due: Client, as_accountant: Browser
) -> None:
    """The firm writes French; the accountant reads English, on the page and by program."""
    type(client_due).objects.update(country="")

    run = bill()

    assert "manque" in run.outcomes.get().reason
    page = as_accountant.get(reverse("billing:run", args=[run.pk])).content.decode()
    assert "country is missing, so the tax is not known." in page
    [told] = as_accountant.get("/api/v1/run-outcomes/").json()["results"]
    assert told["reason"] == "The client's country is missing, so the tax is not known."
