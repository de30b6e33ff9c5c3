"""The pages about price indexes and increases, as people use them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from contracts.models import ContractLine, Indexation, IndexationClause, IndexBase, IndexTable
from contracts.operations.apply_indexation import apply_indexation
from contracts.tests.factories import ContractLineFactory, LineVersionFactory
from contracts.tests.indexing import NEW_YEAR, five_percent, index_of, prices, with_index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
OCTOBER = date(2025, 10, 1)
CLAUSE = {"kind": "percent", "percent": "5", "is_compound": "on", "first_on": "2026-01-01",
          "every_months": "12", "decimals": "2", "lag_months": "0"}  # fmt: skip


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel(date(2026, 1, 15), tick=False):
        yield


@pytest.fixture
def line() -> ContractLine:
    """A flat price of 1,000.00 since 2025."""
    found: ContractLine = ContractLineFactory.create(quantity=1, unit_price=Decimal(1000))
    return found


def test_values_are_pasted_and_corrected(as_administrator: Browser) -> None:
    index = index_of({OCTOBER: "114.00"})

    answer = as_administrator.post(
        f"/contracts/indexes/{index.pk}/values/", {"text": "2025-10;114.25\n11/2025 114,40"}
    )

    assert answer.status_code == 302
    assert list(index.values.order_by("month_on").values_list("value", flat=True)) == [
        Decimal("114.25"), Decimal("114.40"),
    ]  # fmt: skip


def test_values_come_from_a_file(as_administrator: Browser) -> None:
    index = index_of({})
    file = SimpleUploadedFile("cpi.csv", "Mois;Valeur\n2025-10;114,25\n".encode("cp1252"))

    as_administrator.post(f"/contracts/indexes/{index.pk}/values/", {"file": file})

    assert index.values.get().value == Decimal("114.25")


def test_one_wrong_line_saves_nothing_and_keeps_what_was_pasted(as_administrator: Browser) -> None:
    index = index_of({})

    answer = as_administrator.post(
        f"/contracts/indexes/{index.pk}/values/", {"text": "2025-10;114.25\n2025-11;n/a"}
    )

    page = answer.content.decode()
    assert (answer.status_code, index.values.count()) == (422, 0)
    assert "Line 2, “2025-11;n/a”: no value above nothing" in page
    assert "2025-10;114.25" in page


def test_an_index_is_added_and_renamed(as_administrator: Browser) -> None:
    as_administrator.post("/contracts/indexes/new/", {"name": "Syntec"})
    index = IndexTable.objects.get()

    as_administrator.post(f"/contracts/indexes/{index.pk}/edit/", {"name": "SYNTEC", "source": "F"})

    index.refresh_from_db()
    assert (index.name, index.source) == ("SYNTEC", "F")


def test_a_clause_is_agreed_and_takes_its_base_value_from_the_index(
    as_accountant: Browser, line: ContractLine
) -> None:
    index = index_of({date(2024, 10, 1): "105.65"})
    data = {**CLAUSE, "kind": "index", "table": str(index.pk), "base_month_on": "2024-10-15"}

    as_accountant.post(f"/contracts/{line.contract_id}/increases/new/", data)

    clause = IndexationClause.objects.get()
    assert (clause.base_month_on, clause.base_value) == (date(2024, 10, 1), Decimal("105.65"))
    assert clause.percent is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"percent": ""}, "Say by how many percent prices rise."),
        ({"kind": "index"}, "Choose an index."),
        ({"every_months": "0"}, "Steps are at least a month apart."),
    ],
)
def test_a_clause_by_halves_is_refused(
    changes: dict[str, str], sentence: str, as_accountant: Browser, line: ContractLine
) -> None:
    answer = as_accountant.post(
        f"/contracts/{line.contract_id}/increases/new/", {**CLAUSE, **changes}
    )

    assert (answer.status_code, IndexationClause.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_the_work_list_shows_the_arithmetic(as_accountant: Browser, line: ContractLine) -> None:
    with_index(line.contract, index_of({OCTOBER: "114.25"}))

    page = as_accountant.get("/contracts/increases/").content.decode()

    assert "1,000.00 × 114.25 / 105.65 = 1,081.40" in page
    assert "+€81.40" in page


def test_the_work_list_says_which_value_is_missing(
    as_accountant: Browser, line: ContractLine
) -> None:
    with_index(line.contract, index_of({}))

    page = as_accountant.get("/contracts/increases/").content.decode()

    assert "Consumer prices has no value for October 2025 yet." in page
    assert "not yet possible" in page


def test_ticked_steps_are_applied_and_a_refused_one_says_why(
    as_accountant: Browser, line: ContractLine
) -> None:
    clause = five_percent(line.contract)
    blocked = with_index(ContractLineFactory.create().contract, index_of({}))
    data = {"act": "apply", "step": [f"{clause.pk}:2026-01-01", f"{blocked.pk}:2026-01-01"]}

    page = as_accountant.post("/contracts/increases/decide/", data, follow=True).content.decode()

    assert prices(line)[1:] == [("2026-01-01", "1", "1050.00")]
    assert "1 increase applied." in page
    assert "cannot be worked out yet" in page
    assert Indexation.objects.count() == 1


def test_a_step_is_left_out_and_that_is_taken_back(
    as_accountant: Browser, line: ContractLine
) -> None:
    clause = five_percent(line.contract)
    data = {"act": "leave_out", "step": f"{clause.pk}:2026-01-01"}

    as_accountant.post("/contracts/increases/decide/", data)
    step = Indexation.objects.get()
    as_accountant.post(f"/contracts/increases/{step.pk}/undo/")

    assert (step.is_applied, line.versions.count()) == (False, 1)
    assert not Indexation.objects.exists()


def test_nothing_ticked_and_steps_of_nobody_change_nothing(
    as_accountant: Browser, line: ContractLine
) -> None:
    five_percent(line.contract)

    page = as_accountant.post(
        "/contracts/increases/decide/", {"act": "apply", "step": "999:2026-01-01"}, follow=True
    )
    none = as_accountant.post("/contracts/increases/decide/", {"act": "apply"}, follow=True)

    assert page.status_code == 200
    assert "Tick the increases first." in none.content.decode()
    assert line.versions.count() == 1


def test_a_contracts_page_of_increases_tells_what_was_decided(
    as_accountant: Browser, line: ContractLine
) -> None:
    clause = five_percent(line.contract)
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    page = as_accountant.get(f"/contracts/{line.contract_id}/increases/").content.decode()

    assert "€1,000.00 → €1,050.00" in page


def test_the_base_that_suggests_itself_is_the_changed_price_at_the_step_before(
    as_accountant: Browser, line: ContractLine
) -> None:
    clause = with_index(line.contract, index_of({date(2025, 10, 1): "114.25"}))
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    LineVersionFactory.create(
        line=line, starts_on=date(2026, 1, 10), quantity=1, unit_price=Decimal(900)
    )
    url = f"/contracts/increases/clauses/{clause.pk}/base/{line.pk}/"

    page = as_accountant.get(url).content.decode()
    as_accountant.post(url, {"starts_on": "2026-01-10", "month_on": "2025-10-01"})

    assert 'value="2026-01-10"' in page
    assert 'value="114.25"' in page
    base = IndexBase.objects.get()
    assert (base.line, base.value) == (line, Decimal("114.25"))


@pytest.mark.parametrize("url", ["/contracts/increases/", "/contracts/decisions/"])
def test_the_lists_cost_the_same_for_one_contract_as_for_ten(
    url: str, as_accountant: Browser, line: ContractLine
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_accountant.get(url).status_code == 200
        return len(captured)

    five_percent(line.contract, first_on=date(2026, 1, 1))
    as_accountant.get(url)
    for_one = queries()
    for _number in range(9):
        five_percent(ContractLineFactory.create().contract, first_on=date(2026, 1, 1))

    assert queries() == for_one


def test_a_clause_that_never_ends_is_listed_through_the_last_day_there_is(
    line: ContractLine, as_accountant: Browser
) -> None:
    five_percent(line.contract, every_months=32000)

    page = as_accountant.get("/contracts/increases/?until=9999-12-31")

    assert page.status_code == 200
    assert "1,050.00" in page.content.decode()


def test_a_clause_typed_with_a_huge_figure_is_refused_in_words(
    line: ContractLine, as_accountant: Browser
) -> None:
    clause = five_percent(line.contract)

    page = as_accountant.post(
        f"/contracts/increases/clauses/{clause.pk}/", {**CLAUSE, "every_months": "9" * 20}
    )

    assert page.status_code == 422
    assert "less than or equal to 32767" in page.content.decode()
