"""The pages about contracts, as people use them."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.tests.factories import ProductFactory, WorkTypeFactory
from clients.tests.factories import ClientFactory
from contracts.models import Contract
from contracts.tests.factories import (
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
    LineVersionFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_today")]
LINE = {"quantity": "12", "unit": "device", "timing": "arrears", "tax_code": "standard"}


@pytest.fixture
def _today() -> object:
    with time_machine.travel(date(2026, 3, 15), tick=False):
        yield


def queries_of(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def new_contract(browser: Browser, **changes: str) -> tuple[int, str]:
    data = {
        "client": str(ClientFactory().pk),
        "number": "K0100",
        "name": "Managed",
        "starts_on": "2026-03-12",
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        **{f"form-0-{name}": value for name, value in LINE.items()},
        "form-0-description": "Care",
        "form-0-unit_price": "24.90",
        **{f"form-1-{name}": value for name, value in LINE.items()},
        "form-1-quantity": "1",
        "form-1-unit": "flat",
        "form-1-timing": "advance",
    }
    answer = browser.post("/contracts/new/", {**data, **changes})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    "url", ["/contracts/", "/contracts/{pk}/", "/contracts/of-client/{client}/"]
)
def test_a_page_costs_the_same_for_one_row_as_for_twenty(url: str, as_accountant: Browser) -> None:
    contract = ContractFactory()
    url = url.format(pk=contract.pk, client=contract.client_id)

    def add() -> None:
        LineVersionFactory(line=ContractLineFactory(contract=contract), starts_on=date(2026, 2, 1))
        ContractLineFactory(contract__client=contract.client)
        ContractLineFactory()

    add()
    as_accountant.get(url)
    for_one = queries_of(as_accountant, url)
    for _number in range(19):
        add()

    assert queries_of(as_accountant, url) == for_one


def test_a_contract_is_written_down_with_lines_and_coverage(as_accountant: Browser) -> None:
    remote = WorkTypeFactory()

    status, _page = new_contract(as_accountant, coverage=str(remote.pk))

    contract = Contract.objects.get(number="K0100")
    line = contract.lines.get()
    assert status == 302
    assert (line.description, line.timing, line.unit) == ("Care", "arrears", "device")
    assert line.versions.get().unit_price == Decimal("24.90")
    assert [rule.work_type for rule in contract.coverage.all()] == [remote]


def test_a_product_fills_in_description_and_price(as_accountant: Browser) -> None:
    product = ProductFactory(recurring=True)
    empty = {"form-0-description": "", "form-0-unit_price": "", "form-0-product": str(product.pk)}

    new_contract(as_accountant, **empty)

    line = Contract.objects.get(number="K0100").lines.get()
    assert (line.description, line.versions.get().unit_price) == (
        "Workstation care", Decimal("24.90"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_day_on": "2026-03-11"}, "The last day comes before the first."),
        ({"form-0-starts_on": "2026-03-01"}, "starts on 12 Mar 2026: a line cannot start before"),
        ({"form-0-description": ""}, "Say what is billed, or choose a product."),
        ({"form-0-unit_price": "-1"}, "greater than or equal to 0"),
        ({"form-0-last_day_on": "2026-03-01", "form-0-starts_on": "2026-03-20"}, "comes before"),
    ],
)
def test_a_contract_that_makes_no_sense_is_refused_with_a_sentence(
    changes: dict[str, str], sentence: str, as_accountant: Browser
) -> None:
    status, page = new_contract(as_accountant, **changes)

    assert (status, Contract.objects.count()) == (422, 0)
    assert sentence in page


def test_another_line_is_offered_without_saving(as_accountant: Browser) -> None:
    status, page = new_contract(as_accountant, more="1")

    assert (status, Contract.objects.count()) == (200, 0)
    assert 'name="form-2-description"' in page
    assert 'name="form-2-quantity" value="1"' in page
    assert ('value="Care"' in page, "is-invalid" in page) == (True, False)


def test_a_contracts_page_shows_each_version_and_todays_value(as_accountant: Browser) -> None:
    line = ContractLineFactory(quantity=10, unit_price=Decimal(25))
    LineVersionFactory(line=line, starts_on=date(2026, 3, 12), quantity=12, unit_price="24.90")
    CoverageRuleFactory(contract=line.contract)

    page = as_accountant.get(line.contract.get_absolute_url()).content.decode()

    assert "€298.80" in page
    assert "1 Jan 2025 – 11 Mar 2026" in page
    assert "from 12 Mar 2026" in page
    assert "Remote" in page


def test_a_line_is_changed_corrected_and_the_change_taken_back(as_accountant: Browser) -> None:
    line = ContractLineFactory()
    new = {"starts_on": "2026-04-01", "quantity": "11", "unit_price": "26"}

    as_accountant.post(f"/contracts/lines/{line.pk}/change/", new)
    version = line.versions.get(starts_on="2026-04-01")
    as_accountant.post(f"/contracts/versions/{version.pk}/correct/", {**new, "quantity": "13"})
    version.refresh_from_db()
    corrected = version.quantity
    as_accountant.post(f"/contracts/versions/{version.pk}/withdraw/")

    assert (corrected, line.versions.count()) == (Decimal(13), 1)


def test_a_refused_change_answers_422_with_the_sentence(as_accountant: Browser) -> None:
    line = ContractLineFactory()
    before = {"starts_on": "2024-12-31", "quantity": "11", "unit_price": "26"}

    answer = as_accountant.post(f"/contracts/lines/{line.pk}/change/", before)

    assert answer.status_code == 422
    assert "This line starts on 1 Jan 2025" in answer.content.decode()
    assert line.versions.count() == 1


def test_a_contract_and_a_line_end_and_run_on(as_accountant: Browser) -> None:
    line = ContractLineFactory()
    page = line.contract.get_absolute_url()

    as_accountant.post(f"/contracts/lines/{line.pk}/end/", {"last_day_on": "2026-05-31"})
    as_accountant.post(
        f"{page}end/",
        {"last_day_on": "2026-06-30", "end_kind": "churned", "reason": "Sold"},
    )
    ended = Contract.objects.get()
    as_accountant.post(f"{page}continue/")

    line.refresh_from_db()
    assert line.last_day_on == date(2026, 5, 31)
    assert (ended.last_day_on, ended.end_reason) == (date(2026, 6, 30), "Sold")
    assert Contract.objects.get().last_day_on is None


def test_coverage_is_edited_and_may_be_emptied(as_accountant: Browser) -> None:
    rule = CoverageRuleFactory()

    as_accountant.post(f"/contracts/{rule.contract_id}/coverage/", {})

    assert not rule.contract.coverage.exists()


def test_a_technician_reads_contracts_and_changes_none(
    technician: User, as_technician: Browser
) -> None:
    line = ContractLineFactory()

    page = as_technician.get(line.contract.get_absolute_url()).content.decode()
    answer = as_technician.get(f"/contracts/lines/{line.pk}/change/")

    assert technician.has_perm("contracts.view_contract")
    assert ("Change from a day on" in page, answer.status_code) == (False, 403)
