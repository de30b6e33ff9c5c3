"""The pages on which terms, pauses and ends of contracts are decided, as people use them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import PurchaseOrder
from contracts.models import Contract, ContractLine, ContractPause
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.tests.factories import ContractLineFactory, LineVersionFactory
from contracts.tests.indexing import five_percent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel(date(2025, 9, 15), tick=False):
        yield


@pytest.fixture
def line() -> ContractLine:
    """Ten at 25.00, a year from New Year 2025, renews by itself unless notice by 2 October."""
    found: ContractLine = ContractLineFactory.create()
    set_renewal_terms(
        contract_id=found.contract_id,
        renewal_kind="automatic",
        term_months=12,
        notice_days=90,
        today=date(2025, 9, 15),
    )
    return found


def contract_of(line: ContractLine) -> Contract:
    return Contract.objects.get(pk=line.contract_id)


def test_a_contract_is_renewed_with_an_increase(as_accountant: Browser, line: ContractLine) -> None:
    data = {"renew-term_ends_on": "2025-12-31", "renew-uplift": "3", "renew-note": "by phone"}

    as_accountant.post(f"/contracts/{line.contract_id}/renewal/renew/", data)

    assert contract_of(line).term_ends_on == date(2026, 12, 31)
    assert line.versions.get(starts_on=date(2026, 1, 1)).unit_price == Decimal("25.75")
    assert contract_of(line).renewals.get().note == "by phone"


def test_a_renewal_that_came_too_late_says_so_and_changes_nothing(
    as_accountant: Browser, line: ContractLine
) -> None:
    data = {"renew-term_ends_on": "2024-12-31"}

    answer = as_accountant.post(f"/contracts/{line.contract_id}/renewal/renew/", data)

    assert answer.status_code == 422
    assert "has been renewed already: its term ends on 31 Dec 2025" in answer.content.decode()
    assert contract_of(line).term_ends_on == date(2025, 12, 31)


def test_the_page_tells_what_notice_today_would_mean(
    as_accountant: Browser, line: ContractLine
) -> None:
    page = as_accountant.get(f"/contracts/{line.contract_id}/renewal/").content.decode()

    assert "Notice received on 15 Sept 2025 would end the contract on 31 Dec 2025." in page
    assert "Another term through 31 Dec 2026." in page


def test_notice_is_taken_down_and_withdrawn(as_accountant: Browser, line: ContractLine) -> None:
    url = f"/contracts/{line.contract_id}/notice/"
    data = {
        "notice-received_on": "2025-09-12", "notice-end_kind": "churned", "notice-reason": "Dear",
    }  # fmt: skip

    as_accountant.post(url, data)
    noticed = contract_of(line)
    as_accountant.post(f"{url}withdraw/")

    assert (noticed.last_day_on, noticed.end_kind) == (date(2025, 12, 31), "churned")
    assert (contract_of(line).last_day_on, contract_of(line).end_kind) == (None, "")


def test_notice_without_a_reason_is_refused(as_accountant: Browser, line: ContractLine) -> None:
    data = {"notice-received_on": "2025-09-12", "notice-end_kind": "churned"}

    answer = as_accountant.post(f"/contracts/{line.contract_id}/notice/", data)

    assert (answer.status_code, contract_of(line).notice_received_on) == (422, None)
    assert 'value="2025-09-12"' in answer.content.decode()


def test_a_contract_ends_with_its_term(as_accountant: Browser, line: ContractLine) -> None:
    data = {"end-end_kind": "firm", "end-reason": "Debts"}

    as_accountant.post(f"/contracts/{line.contract_id}/renewal/end/", data)

    ended = contract_of(line)
    assert (ended.last_day_on, ended.end_kind) == (date(2025, 12, 31), "firm")


def test_other_terms_are_agreed(as_accountant: Browser, line: ContractLine) -> None:
    data = {
        "renewal_kind": "manual",
        "term_months": "24",
        "notice_days": "0",
        "renewal_uplift": "0",
    }

    as_accountant.post(f"/contracts/{line.contract_id}/renewal/terms/", data)
    refused = as_accountant.post(
        f"/contracts/{line.contract_id}/renewal/terms/", {**data, "term_months": ""}
    )

    changed = contract_of(line)
    assert (changed.term_months, changed.term_ends_on) == (24, date(2026, 12, 31))
    assert changed.last_day_on == date(2026, 12, 31)
    assert refused.status_code == 422
    assert "A contract that renews needs a term." in refused.content.decode()


def test_a_contract_is_paused_resumed_and_the_pause_taken_back(
    as_accountant: Browser, line: ContractLine
) -> None:
    url = f"/contracts/{line.contract_id}/pause/"
    as_accountant.post(url, {"starts_on": "2025-09-01", "reason": "Works closed"})
    pause = ContractPause.objects.get()
    taken = as_accountant.post(url, {"starts_on": "2025-10-01", "reason": "Again"})

    as_accountant.post(f"/contracts/pauses/{pause.pk}/resume/", {"resumes_on": "2025-09-20"})
    pause.refresh_from_db()
    as_accountant.post(f"/contracts/pauses/{pause.pk}/withdraw/")

    assert (taken.status_code, pause.last_day_on) == (422, date(2025, 9, 19))
    assert "already rests from 1 Sept 2025: change that pause" in taken.content.decode()
    assert not ContractPause.objects.exists()


def test_a_pause_gets_other_days(as_accountant: Browser, line: ContractLine) -> None:
    pause = ContractPause.objects.create(
        contract=line.contract, starts_on=date(2025, 11, 1), reason="Closed"
    )
    data = {"starts_on": "2025-11-01", "last_day_on": "2025-11-30", "reason": "Closed"}

    as_accountant.post(f"/contracts/pauses/{pause.pk}/", data)

    pause.refresh_from_db()
    assert pause.last_day_on == date(2025, 11, 30)


def test_the_end_of_the_last_contract_offers_to_mark_the_client_as_lost(
    as_accountant: Browser, line: ContractLine
) -> None:
    data = {"last_day_on": "2025-10-31", "end_kind": "churned", "reason": "Sold"}
    as_accountant.post(f"/contracts/{line.contract_id}/end/", data)

    alone = as_accountant.get(f"/contracts/{line.contract_id}/terms/").content.decode()
    ContractLineFactory.create(contract__client=line.contract.client)
    with_another = as_accountant.get(f"/contracts/{line.contract_id}/terms/").content.decode()

    assert f"/clients/{line.contract.client_id}/lose/" in alone
    assert "last contract" not in with_another


def test_an_end_needs_its_kind(as_accountant: Browser, line: ContractLine) -> None:
    data = {"last_day_on": "2025-10-31", "reason": "Sold"}

    answer = as_accountant.post(f"/contracts/{line.contract_id}/end/", data)

    assert (answer.status_code, contract_of(line).last_day_on) == (422, None)


def test_ended_contracts_are_counted_by_reason_with_what_they_were_worth(
    as_accountant: Browser, line: ContractLine
) -> None:
    LineVersionFactory.create(line=line, starts_on=date(2025, 7, 1), quantity=12)
    Contract.objects.update(last_day_on=date(2025, 8, 31), end_kind="churned", end_reason="Dear")
    ContractLineFactory.create(
        contract__last_day_on=date(2025, 3, 31), contract__end_kind="firm", contract__end_reason="D"
    )

    page = as_accountant.get("/contracts/ended/?since=2025-06-01").content.decode()

    assert "The client left" in page
    assert "€300.00" in page  # 12 x 25.00 on its last day
    assert "Ended by the firm" not in page


def test_decisions_stand_by_month_each_with_its_action(
    as_accountant: Browser, line: ContractLine
) -> None:
    five_percent(line.contract)
    LineVersionFactory.create(line=line, starts_on=date(2025, 11, 1), quantity=14)
    PurchaseOrder.objects.create(
        client=line.contract.client, number="PO-7", last_day_on=date(2025, 12, 15)
    )

    page = as_accountant.get("/contracts/decisions/").content.decode()

    assert "Renewal of Managed workstations" in page
    assert "renews by itself unless notice is given by then" in page
    assert "2 Oct 2025" in page
    assert "Price increase of Managed workstations" in page
    assert "Purchase order PO-7 expires" in page
    assert "14 × €25.00" in page
    assert "1 to decide now" in page


def test_decisions_are_narrowed_by_kind_and_account_manager(
    as_accountant: Browser, line: ContractLine
) -> None:
    five_percent(line.contract)

    page = as_accountant.get("/contracts/decisions/?kind=increase").content.decode()

    assert "Price increase of Managed workstations" in page
    assert "Renewal of" not in page


def test_a_term_of_a_huge_figure_is_refused_beside_its_field(
    as_accountant: Browser, line: ContractLine
) -> None:
    terms = {"renewal_kind": "automatic", "term_months": "9" * 20, "notice_days": "9" * 20}

    page = as_accountant.post(f"/contracts/{line.contract_id}/renewal/terms/", terms)

    assert page.status_code == 422
    assert "less than or equal to 600" in page.content.decode()
    assert contract_of(line).term_months == 12
