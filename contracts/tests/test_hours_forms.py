"""Typing hours, and the pages on which hours are agreed and blocks are sold."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from catalog.tests.factories import ProductFactory, WorkTypeFactory
from clients.forms import chooser
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.forms.blocks import BlockForm, quantity_of
from contracts.forms.hours import first_of_next_month, minutes_of, typed_hours
from contracts.models import Allowance, Contract, PrepaidBlock
from contracts.tests.factories import AllowanceFactory, ContractFactory, PrepaidBlockFactory

TODAY = date(2026, 3, 15)
in_database = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("10", 600), ("10 h", 600), ("7.5", 450), ("7,5", 450), ("7:30", 450), ("7 h 30", 450),
        ("7h30", 450), ("0:05", 5), ("0.33", 20), ("0", 0),
    ],
)  # fmt: skip
def test_hours_are_typed_as_people_say_them(typed: str, minutes: int) -> None:
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize("typed", ["", "ten", "-1", "7:75", "1e99", "nan", "10001", "1:2:3"])
def test_what_is_not_a_number_of_hours_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="7:30"):
        minutes_of(typed)


def test_minutes_are_written_as_they_would_be_typed() -> None:
    assert [typed_hours(n) for n in (600, 450, 5, 0, None)] == ["10", "7:30", "0:05", "0", ""]


@pytest.mark.parametrize(
    ("typed", "unit", "quantity"),
    [("7:30", "minutes", "450"), ("450,50", "money", "450.50"), ("5", "incidents", "5")],
)
def test_a_quantity_is_read_in_its_unit(typed: str, unit: str, quantity: str) -> None:
    assert quantity_of(typed, unit) == Decimal(quantity)


@pytest.mark.parametrize("typed", ["five", "-5", "NaN", "Infinity", "1e12"])
def test_a_quantity_that_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="number"):
        quantity_of(typed, "money")


def test_a_change_is_proposed_for_the_first_of_the_next_month() -> None:
    assert first_of_next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert first_of_next_month(date(2026, 3, 1)) == date(2026, 4, 1)


ALLOWANCE = {
    "name": "Support hours",
    "minutes": "7:30",
    "starts_on": "2026-03-01",
    "rollover": "oldest_first",
    "cap_minutes": "15",
    "age_months": "2",
    "overage_rate": "95.00",
    "low_balance_minutes": "1",
}


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(starts_on=date(2026, 1, 1))
    return made


@in_database
def test_hours_are_agreed_on_a_page(contract: Contract, as_accountant: Browser) -> None:
    remote = WorkTypeFactory.create()

    answer = as_accountant.post(
        f"/contracts/{contract.pk}/hours/new/", {**ALLOWANCE, "work_types": [remote.pk]}
    )

    assert answer.headers["Location"] == contract.get_absolute_url()
    made = Allowance.objects.get()
    assert (made.minutes, made.cap_minutes, made.age_months) == (450, 900, 2)
    assert (made.overage_rate, made.low_balance_minutes) == (Decimal(95), 60)
    assert list(made.work_types.all()) == [remote]


@in_database
def test_what_cannot_be_agreed_is_said_beside_the_field_and_nothing_is_lost(
    contract: Contract, as_accountant: Browser
) -> None:
    url = f"/contracts/{contract.pk}/hours/new/"

    too_early = as_accountant.post(url, {**ALLOWANCE, "starts_on": "2025-12-31"})
    not_hours = as_accountant.post(url, {**ALLOWANCE, "minutes": "a lot"})

    assert (too_early.status_code, not_hours.status_code) == (422, 422)
    assert too_early.context["form"].errors["starts_on"] == [
        f"Contract {contract.number} starts on 1 Jan 2026: its hours cannot begin before."
    ]
    assert not_hours.context["form"].errors["minutes"] == ["Give hours as 10, 7.5 or 7:30."]
    assert 'value="a lot"' in not_hours.content.decode()
    assert not Allowance.objects.exists()


@in_database
def test_hours_change_from_a_month_on_and_the_page_shows_what_holds(
    contract: Contract, as_accountant: Browser
) -> None:
    old = AllowanceFactory.create(contract=contract, minutes=450)
    url = f"/contracts/hours/{old.pk}/change/"

    shown = as_accountant.get(url).content.decode()
    as_accountant.post(url, {**ALLOWANCE, "minutes": "12", "starts_on": "2026-04-01"})

    assert 'value="7:30"' in shown
    assert 'value="2026-04-01"' in shown
    rows = Allowance.objects.order_by("starts_on").values_list("minutes", "last_day_on")
    assert list(rows) == [(450, date(2026, 3, 31)), (720, None)]


@in_database
def test_hours_are_renamed_ended_and_removed(contract: Contract, as_accountant: Browser) -> None:
    one = AllowanceFactory.create(contract=contract)
    url = f"/contracts/hours/{one.pk}"

    as_accountant.post(f"{url}/edit/", {"name": "Remote hours", "low_balance_minutes": "2"})
    as_accountant.post(f"{url}/end/", {"last_day_on": "2026-06-30"})

    one.refresh_from_db()
    assert (one.name, one.low_balance_minutes) == ("Remote hours", 120)
    assert one.last_day_on == date(2026, 6, 30)
    as_accountant.post(f"{url}/remove/")
    assert not Allowance.objects.exists()


@in_database
def test_weights_are_set_row_by_row_and_taken_away_by_emptying_them(
    contract: Contract, as_accountant: Browser
) -> None:
    remote = WorkTypeFactory.create()
    url = f"/contracts/{contract.pk}/hours/weights/"
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-1-factor": ""}

    as_accountant.post(url, {**rows, "form-0-work_type": remote.pk, "form-0-factor": "1.5"})
    shown = as_accountant.get(url).content.decode()
    refused = as_accountant.post(url, {**rows, "form-0-factor": "-1"})

    weights = contract.draw_weights.values_list("work_type", "work_role", "factor")
    assert list(weights) == [(remote.pk, None, Decimal("1.50"))]
    assert 'value="1.50"' in shown
    assert refused.status_code == 422
    as_accountant.post(url, {**rows, "form-0-factor": ""})
    assert not contract.draw_weights.exists()


BLOCK = {
    "unit": "minutes",
    "quantity": "10",
    "price": "950",
    "name": "10 hours",
    "sold_on": "2026-03-15",
    "last_day_on": "2027-03-14",
    "low_balance": "2",
    "tops_up": "on",
}


@pytest.fixture
def client() -> Client:
    made: Client = ClientFactory.create()
    return made


@in_database
def test_a_block_is_sold_on_a_page(client: Client, as_accountant: Browser) -> None:
    answer = as_accountant.post("/contracts/blocks/new/", {**BLOCK, "client": client.pk})

    sold = PrepaidBlock.objects.get()
    assert answer.headers["Location"] == sold.get_absolute_url()
    assert (sold.quantity, sold.price, sold.low_balance) == (600, 950, 120)
    assert (sold.starts_on, sold.last_day_on, sold.tops_up) == (TODAY, date(2027, 3, 14), True)


@in_database
def test_a_product_fills_in_name_and_price(client: Client, as_accountant: Browser) -> None:
    product = ProductFactory.create(name="Support block", price=Decimal("475.0000"))
    given = {**BLOCK, "client": client.pk, "product": product.pk, "name": "", "price": ""}

    as_accountant.post("/contracts/blocks/new/", given)

    sold = PrepaidBlock.objects.get()
    assert (sold.name, sold.price, sold.product) == ("Support block", Decimal(475), product)


@in_database
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"price": ""}, "price"),
        ({"quantity": "many"}, "quantity"),
        ({"low_balance": "10"}, "low_balance"),
        ({"low_balance": ""}, "low_balance"),
        ({"last_day_on": "2026-03-14"}, "last_day_on"),
        ({"client": ""}, "client"),
    ],
)
def test_a_sale_that_makes_no_sense_is_refused_beside_its_field(
    client: Client, as_accountant: Browser, changes: dict[str, str], field: str
) -> None:
    given = {**BLOCK, "client": client.pk, **changes}

    answer = as_accountant.post("/contracts/blocks/new/", given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not PrepaidBlock.objects.exists()


@in_database
def test_the_sale_begins_with_the_contract_it_was_opened_for(
    contract: Contract, as_accountant: Browser
) -> None:
    page = as_accountant.get("/contracts/blocks/new/", {"contract": contract.pk})

    form = page.context["form"]
    assert (form["contract"].value(), form["client"].value()) == (contract.pk, contract.client_id)


@in_database
def test_the_warning_of_a_block_changes_and_its_sale_is_taken_back(
    as_accountant: Browser,
) -> None:
    block = PrepaidBlockFactory.create()
    url = f"/contracts/blocks/{block.pk}"

    too_high = as_accountant.post(f"{url}/edit/", {"low_balance": "10"})
    as_accountant.post(f"{url}/edit/", {"low_balance": "1:30", "tops_up": "on"})
    as_accountant.post(f"{url}/cancel/")

    assert too_high.status_code == 422
    block.refresh_from_db()
    assert (block.low_balance, block.tops_up, block.cancelled_on) == (90, True, TODAY)


@pytest.mark.django_db
def test_among_many_contracts_one_is_typed_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chooser, "FEW", 0)
    contract = ContractFactory.create(number="K4711")
    initial = {"client": contract.client_id, "contract": contract.pk}
    form = BlockForm(clients=Client.objects.all(), initial=initial)
    typed = {
        "client": contract.client.code, "contract": "k4711", "name": "Ten hours", "unit": "minutes",
        "quantity": "10", "price": "900", "tax_code": "standard", "sold_on": "2026-03-01",
    }  # fmt: skip

    sold = BlockForm(typed, clients=Client.objects.all())
    unknown = BlockForm({**typed, "contract": "K9"}, clients=Client.objects.all())

    assert 'value="K4711"' in str(form["contract"])
    assert f'<option value="{contract.pk}"' not in str(form)
    assert sold.is_valid(), sold.errors
    assert sold.new_block().contract_id == contract.pk
    assert unknown.errors["contract"] == ["No contract has this number."]
