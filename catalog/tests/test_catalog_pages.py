"""The pages of the catalog, as people use them."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from catalog.models import Product, RateCard, TaxRate, WorkType
from catalog.tests.factories import (
    ClientRateCardFactory,
    ClientRateFactory,
    FirmRateCardFactory,
    ProductFactory,
    TaxRateFactory,
    WorkTypeFactory,
)
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db(transaction=True)


def queries_of(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def test_lists_cost_the_same_for_one_row_as_for_twenty(as_accountant: Browser) -> None:
    urls = ["/catalog/", "/catalog/work-types/", "/catalog/rate-cards/", "/catalog/tax-rates/"]

    def add(number: int) -> None:
        for n in range(number):
            ProductFactory()
            rate = ClientRateFactory(work_type=WorkTypeFactory(code=f"w{number}-{n}"))
            TaxRateFactory(
                starts_on=rate.starts_on, country=f"{number % 9}{n % 9}", tax_code="zero"
            )

    add(1)
    for url in urls:
        as_accountant.get(url)
    for_one = [queries_of(as_accountant, url) for url in urls]
    add(12)

    assert [queries_of(as_accountant, url) for url in urls] == for_one


def test_costs_are_for_those_who_may_see_them(
    as_technician: Browser, as_accountant: Browser
) -> None:
    product = ProductFactory(cost=Decimal("31.00"))

    for_technician = as_technician.get("/catalog/").content.decode()
    exported = b"".join(as_technician.get("/catalog/?export=csv")).decode()
    for_accountant = as_accountant.get("/catalog/").content.decode()
    form = as_accountant.get(product.get_absolute_url()).content.decode()

    assert ("€31.00" in for_technician, "31.00" in exported) == (False, False)
    assert ("€31.00" in for_accountant, 'name="cost"' in form) == (True, True)


def test_a_product_is_added_and_taken_off_sale(as_accountant: Browser) -> None:
    data = {"code": "VIRUS", "name": "Virus removal", "kind": "flat_rate", "price": "149"}
    more = {"tax_code": "standard", "is_active": "on"}

    as_accountant.post("/catalog/new/", {**data, **more})
    product = Product.objects.get(code="VIRUS")
    as_accountant.post(product.get_absolute_url(), {**data, "tax_code": "standard"})

    product.refresh_from_db()
    assert (product.price, product.is_active) == (Decimal(149), False)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("price", "-1", "A price cannot be negative."),
        ("cost", "-1", "A cost cannot be negative."),
        ("code", "ram", "This code is taken."),
    ],
)
def test_a_wrong_product_is_refused(
    field: str, value: str, sentence: str, as_accountant: Browser
) -> None:
    ProductFactory(code="RAM")
    data = {"code": "SSD", "name": "Disk", "kind": "part", "price": "1", "tax_code": "standard"}

    answer = as_accountant.post("/catalog/new/", {**data, field: value})

    assert (answer.status_code, Product.objects.count()) == (422, 1)
    assert sentence in answer.content.decode()


def test_a_work_type_is_added(as_accountant: Browser) -> None:
    data = {"code": "travel", "name": "Travel", "tax_code": "standard", "position": "3"}

    as_accountant.post("/catalog/work-types/new/", data)

    assert WorkType.objects.get().name == "Travel"


def test_a_work_type_names_another_for_the_hours_outside_but_never_itself(
    as_accountant: Browser,
) -> None:
    remote, night = WorkTypeFactory(), WorkTypeFactory(code="night", name="Night")
    data = {"code": "remote", "name": "Remote", "tax_code": "standard", "position": "1"}
    page, api = f"/catalog/work-types/{remote.pk}/edit/", f"/api/v1/work-types/{remote.pk}/"

    as_accountant.post(page, {**data, "after_hours_type": night.pk})
    itself = as_accountant.post(page, {**data, "after_hours_type": remote.pk})
    by_program = as_accountant.patch(
        api, {"after_hours_type": remote.pk}, content_type="application/json"
    )

    remote.refresh_from_db()
    assert (remote.after_hours_type, itself.status_code) == (night, 422)
    assert "Name another work type" in by_program.json()["error"]["fields"]["after_hours_type"][0]


def test_a_client_gets_a_card_and_a_rate_of_their_own(as_accountant: Browser) -> None:
    FirmRateCardFactory()
    client = ClientFactory()
    remote = WorkType.objects.get(code="remote")

    made = as_accountant.post("/catalog/rate-cards/new/", {"client": client.pk, "name": "Own"})
    card = RateCard.objects.get(client=client)
    as_accountant.post(
        made["Location"],
        {"work_type": remote.pk, "hourly_rate": "76", "starts_on": "2026-04-01"},
    )

    rate = card.rates.get()
    assert made["Location"] == f"/catalog/rate-cards/{card.pk}/rates/new/"
    assert (rate.hourly_rate, rate.minimum_minutes, rate.last_day_on) == (Decimal(76), None, None)


def test_the_firm_has_one_card(as_accountant: Browser) -> None:
    FirmRateCardFactory()

    answer = as_accountant.post("/catalog/rate-cards/new/", {"client": "", "name": "Second"})

    assert (answer.status_code, RateCard.objects.count()) == (422, 1)


@time_machine.travel(date(2026, 3, 15), tick=False)
def test_a_card_tells_what_holds_now_and_what_is_to_come(as_accountant: Browser) -> None:
    rate = ClientRateFactory(last_day_on=date(2026, 3, 31))
    ClientRateFactory(
        rate_card=rate.rate_card, work_type=rate.work_type, starts_on=date(2026, 4, 1),
        hourly_rate=80,
    )  # fmt: skip

    page = as_accountant.get(rate.rate_card.get_absolute_url()).content.decode()
    part = as_accountant.get(f"/catalog/of-client/{rate.rate_card.client_id}/").content.decode()

    assert ("now" in page, "to come" in page, "as the firm" in page) == (True, True, True)
    assert ("€76.00" in part, "€80.00" in part) == (True, True)


def test_a_clients_rate_ends_and_the_firms_never_does(as_accountant: Browser) -> None:
    rate = ClientRateFactory()
    firm_rate = FirmRateCardFactory().rates.first()

    as_accountant.post(f"/catalog/rates/{rate.pk}/end/", {"last_day_on": "2026-03-31"})
    answer = as_accountant.post(
        f"/catalog/rates/{firm_rate.pk}/end/", {"last_day_on": "2026-03-31"}
    )

    rate.refresh_from_db()
    assert (rate.last_day_on, answer.status_code) == (date(2026, 3, 31), 404)


def test_a_tax_rate_is_entered_from_a_day_on(as_accountant: Browser) -> None:
    TaxRateFactory(rate=Decimal("19.60"))

    as_accountant.post(
        "/catalog/tax-rates/new/",
        {"country": "FR", "tax_code": "standard", "rate": "20", "starts_on": "2026-01-01"},
    )

    found = TaxRate.objects.order_by("starts_on").values_list("rate", "last_day_on")
    assert list(found) == [(Decimal("19.60"), date(2025, 12, 31)), (Decimal(20), None)]


def test_a_technician_reads_rates_and_changes_none(as_technician: Browser) -> None:
    card = ClientRateCardFactory()

    assert as_technician.get(card.get_absolute_url()).status_code == 200
    assert as_technician.get(f"/catalog/rate-cards/{card.pk}/rates/new/").status_code == 403
    assert as_technician.get("/catalog/tax-rates/").status_code == 403
