"""Purchase orders and the schedule, as accountants and programs keep them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import BillingSchedule, Charge
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from clients.models import Client, PurchaseOrder
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def order() -> PurchaseOrder:
    """1,000.00 for the year, of which 424.80 are invoiced and as much is drafted."""
    client = ClientFactory.create(name="Usual SAS")
    found = PurchaseOrder.objects.create(
        client=client, number="4500012", starts_on=date(2026, 1, 1),
        last_day_on=date(2026, 12, 31), limit_amount=Decimal(1000),
    )  # fmt: skip
    first, _second = DraftFactory(client=client), DraftFactory(client=client)
    Charge.objects.update(purchase_order=found)
    issue_invoices(invoice_ids=[first.pk], issued_on=date(2026, 4, 1), actor=None)
    return found


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content
    return " ".join(answer.content.decode().split()).replace("&#x27;", "'")


def typed(client: Client, **fields: str) -> dict[str, Any]:
    return {"client": client.pk, "number": "4500013", "limit_amount": "5000", **fields}


def test_the_list_says_what_is_left_of_each_order(
    order: PurchaseOrder, as_accountant: Browser
) -> None:
    page = text(as_accountant.get(reverse("billing:orders"), {"q": "usual"}))

    # 1,000.00 - 424.80 - 424.80
    assert "€1,000.00" in page
    assert "€150.40" in page


def test_an_order_opens_to_the_invoices_it_pays_for(
    order: PurchaseOrder, as_accountant: Browser
) -> None:
    page = text(as_accountant.get(reverse("billing:order", args=[order.pk])))

    assert "F-2026-00001" in page
    assert "€424.80" in page


def test_an_order_is_entered_and_changed(as_accountant: Browser) -> None:
    client = ClientFactory.create()

    made = text(as_accountant.post(reverse("billing:order-create"), typed(client), follow=True))
    order = PurchaseOrder.objects.get()
    url = reverse("billing:order-edit", args=[order.pk])
    as_accountant.post(url, {"number": "4500013-B", "is_closed": "on"})

    assert "4500013" in made
    order.refresh_from_db()
    assert (order.number, order.is_closed, order.client) == ("4500013-B", True, client)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"number": ""}, "This field is required."),
        ({"limit_amount": "a lot"}, "Enter a number."),
        (
            {"starts_on": "2026-04-01", "last_day_on": "2026-03-31"},
            "The last day comes before the first.",
        ),
        ({"client": "999999"}, "Select a valid choice."),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    wrong: dict[str, str], message: str, as_accountant: Browser
) -> None:
    sent = typed(ClientFactory.create(), notes="From the buyer") | wrong

    page = text(as_accountant.post(reverse("billing:order-create"), sent), 422)

    assert message in page
    assert "From the buyer" in page
    assert not PurchaseOrder.objects.exists()


def test_a_client_has_a_number_once(order: PurchaseOrder, as_accountant: Browser) -> None:
    sent = typed(order.client, number="4500012")

    page = text(as_accountant.post(reverse("billing:order-create"), sent), 422)

    assert "The client already has an order with this number." in page
    assert PurchaseOrder.objects.count() == 1


def test_programs_enter_read_and_change_orders(
    order: PurchaseOrder, as_accountant: Browser
) -> None:
    path = "/api/v1/purchase-orders/"

    twice = as_accountant.post(path, typed(order.client, number="4500012"), content_type=JSON)
    read = as_accountant.get(f"{path}{order.pk}/").json()
    raised = as_accountant.patch(
        f"{path}{order.pk}/", {"limit_amount": "2000"}, content_type=JSON
    ).json()

    assert twice.status_code == 400
    assert (read["issued"], read["drafted"], read["left"]) == ("424.80", "424.80", "150.40")
    assert raised["limit_amount"] == "2000.00"


def test_the_schedule_is_set_and_says_what_comes_next(as_accountant: Browser) -> None:
    ClientFactory.create(billing_day=15)
    ClientFactory.create()
    sent = {"is_on": "on", "day": "31", "hour": "6"}

    page = text(as_accountant.post(reverse("billing:schedule"), sent, follow=True))

    assert "The schedule was saved." in page
    assert "15 Apr 2026" in page
    assert "30 Apr 2026" in page
    assert BillingSchedule.objects.get().done_through_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"day": "32"}, "A day of the month is from 1 to 31."),
        ({"hour": "24"}, "An hour is from 0 to 23."),
        ({"day": "first"}, "Enter a whole number."),
        ({"hour": ""}, "This field is required."),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused_in_words(
    wrong: dict[str, str], message: str, as_accountant: Browser
) -> None:
    sent = {"is_on": "on", "day": "1", "hour": "6"} | wrong

    page = text(as_accountant.post(reverse("billing:schedule"), sent), 422)

    assert message in page
    assert f'value="{next(iter(wrong.values()))}"' in page or "" in wrong.values()
    assert not BillingSchedule.objects.exists()


def test_programs_read_and_set_the_schedule(as_accountant: Browser) -> None:
    path = "/api/v1/billing-runs/schedule/"

    before = as_accountant.get(path).json()
    wrong = as_accountant.put(path, {"is_on": True, "day": 40, "hour": 6}, content_type=JSON)
    after = as_accountant.put(path, {"is_on": True, "day": 5, "hour": 7}, content_type=JSON).json()

    assert (before["is_on"], before["day"]) == (False, 1)
    assert wrong.status_code == 400
    assert (after["is_on"], after["day"], after["hour"]) == (True, 5, 7)
