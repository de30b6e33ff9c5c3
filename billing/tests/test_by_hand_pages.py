"""Invoices by hand in the browser and through the API."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.by_hand import Written
from billing.models import HandLine, Invoice
from billing.operations.draft_by_hand import draft_by_hand
from billing.paper import paper_of
from billing.tests.cancelled import issue
from billing.tests.firm import APRIL, open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
NEW = reverse("billing:invoice-create")


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 4, 8, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client_of_firm() -> Client:
    open_firm()
    client: Client = ClientFactory.create(name="Atelier Martin")
    return client


def typed(client: Client, **fields: str) -> dict[str, str]:
    """Return what the page posts: a visit at 40.00, two rows left empty."""
    return {
        "client": str(client.pk),
        "reason": "Anna, by phone",
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "0",
        "form-0-description": "Visit",
        "form-0-unit_price": "40",
    } | fields


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def drafted(client: Client) -> Invoice:
    line = Written(Decimal(1), APRIL, description="Visit", unit_price=Decimal(40))
    return draft_by_hand(
        client_id=client.pk, lines=[line], reason="Anna, by phone", as_of_on=APRIL, actor=None
    )


def test_the_page_makes_a_draft_of_today(as_accountant: Browser, client_of_firm: Client) -> None:
    answer = as_accountant.post(NEW, typed(client_of_firm))

    draft = Invoice.objects.get()
    assert answer["Location"] == draft.get_absolute_url()
    assert (str(draft.total), str(draft.as_of_on)) == ("48.00", "2026-04-08")
    assert str(HandLine.objects.get().starts_on) == "2026-04-08"


def test_a_faulty_line_loses_nothing_that_was_typed(
    as_accountant: Browser, client_of_firm: Client
) -> None:
    fields = {"form-1-description": "Cable, not priced"}

    answer = as_accountant.post(NEW, typed(client_of_firm, **fields))

    assert answer.status_code == 422
    assert "Choose a product or type the price." in words(answer)
    assert 'value="Cable, not priced"' in words(answer)
    assert Invoice.objects.count() == 0


def test_another_line_keeps_what_was_typed_and_judges_nothing(
    as_accountant: Browser, client_of_firm: Client
) -> None:
    answer = as_accountant.post(NEW, typed(client_of_firm, reason="", more="1"))

    assert answer.status_code == 200
    assert 'name="form-3-description"' in words(answer)
    assert 'value="Visit"' in words(answer)
    assert "invalid-feedback" not in words(answer)


def test_the_clients_page_leads_to_it(as_accountant: Browser, client_of_firm: Client) -> None:
    page = words(as_accountant.get(client_of_firm.get_absolute_url()))
    address = reverse("billing:invoice-create-for", args=[client_of_firm.pk])

    assert f'href="{address}"' in page
    assert f'value="{client_of_firm.pk}" selected' in words(as_accountant.get(address))


def test_a_line_is_changed_and_removed_on_its_draft(
    as_accountant: Browser, client_of_firm: Client
) -> None:
    draft = drafted(client_of_firm)
    line = HandLine.objects.get()
    page = words(as_accountant.get(draft.get_absolute_url()))
    changed = {"description": "Visit", "unit_price": "50", "quantity": "2", "tax_code": "standard"}

    as_accountant.post(reverse("billing:hand-line", args=[line.pk]), changed)
    draft.refresh_from_db()
    net = draft.net
    as_accountant.post(reverse("billing:hand-line-remove", args=[line.pk]))

    assert "Anna, by phone" in page
    assert str(net) == "100.00"
    assert HandLine.objects.count() == 0


def test_the_client_reads_the_line_and_not_why_it_was_written(client_of_firm: Client) -> None:
    paper = json.dumps(paper_of(issue(drafted(client_of_firm))), default=str)

    assert "Visit" in paper
    assert "Anna" not in paper


def test_the_portal_shows_the_line_and_not_why_it_was_written(
    as_client_contact: Browser, client_contact: Any
) -> None:
    open_firm()
    invoice = issue(drafted(client_contact.contact.client))

    page = words(as_client_contact.get(reverse("portal:invoice", args=[invoice.pk])))

    assert "Visit" in page
    assert "Anna" not in page


def test_programs_write_add_change_and_remove(
    as_accountant: Browser, client_of_firm: Client
) -> None:
    def send(method: str, address: str, values: dict[str, Any]) -> Any:
        call = getattr(as_accountant, method)
        return call(address, json.dumps(values), content_type="application/json")

    visit = {"description": "Visit", "unit_price": "40"}
    every = reverse("api:hand-line-list")
    made = send(
        "post", every, {"client": client_of_firm.pk, "reason": "Anna", "lines": [visit]}
    ).json()
    added = send("post", every, {"invoice": made["id"], "reason": "Anna", "lines": [visit]}).json()
    one = reverse("api:hand-line-detail", args=[HandLine.objects.latest("pk").pk])
    changed = send("patch", one, {"quantity": "3"}).json()
    removed = as_accountant.delete(one)

    assert (made["net"], added["net"]) == ("40.00", "80.00")
    assert (changed["quantity"], changed["unit_price"]) == ("3.0000", "40.0000")
    assert (removed.status_code, str(Invoice.objects.get().net)) == (204, "40.00")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": "Anna", "lines": [{"description": "Visit", "unit_price": "4"}]}, "client"),
        ({"client": 0, "reason": "Anna", "lines": []}, "lines"),
    ],
)
def test_programs_are_told_which_field_is_wrong(
    as_accountant: Browser, client_of_firm: Client, values: dict[str, Any], field: str
) -> None:
    answer = as_accountant.post(
        reverse("api:hand-line-list"), json.dumps(values), content_type="application/json"
    )

    assert answer.status_code == 400
    assert field in answer.content.decode()
    assert Invoice.objects.count() == 0
