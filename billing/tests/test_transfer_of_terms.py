"""Terms and months of a contract that goes on at another client are counted as before."""

from datetime import date
from typing import Any

import pytest

from billing.domain.buckets import granted_in
from billing.queries.contract_lines import lines_of
from billing.queries.hours import allowance_rows, allowance_value
from clients.tests.factories import ClientFactory
from contracts.models import Contract
from contracts.operations.pass_term import pass_term
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.transfer_contract import transfer_contract
from contracts.tests.factories import AllowanceFactory, ContractFactory, ContractLineFactory
from core.periods import nth_period

pytestmark = pytest.mark.django_db


def moved(contract: Contract, first_day: date, number: str = "K9000") -> Contract:
    return transfer_contract(
        contract_id=contract.pk, client_id=ClientFactory().pk, first_day=first_day, number=number
    )


def renewing(starts_on: date, today: date, **terms: Any) -> Contract:
    contract = ContractFactory.create(starts_on=starts_on)
    return set_renewal_terms(
        contract_id=contract.pk, renewal_kind="automatic", today=today, **terms
    )


def ends_of(contract: Contract) -> list[str]:
    return [str(one.next_term_ends_on) for one in contract.renewals.order_by("term_ended_on")]


def test_terms_from_the_31st_keep_their_day_though_the_contract_goes_on_elsewhere() -> None:
    """From 31 August by the month; transferred twice, on 10 October and on 15 November."""
    contract = renewing(date(2026, 8, 31), date(2026, 10, 9), term_months=1)
    there = moved(contract, date(2026, 10, 10))

    pass_term(contract_id=there.pk, today=date(2026, 11, 14))
    further = moved(there, date(2026, 11, 15), "K9001")
    pass_term(contract_id=further.pk, today=date(2027, 1, 31))

    assert ends_of(there) == ["2026-11-29"]
    assert ends_of(further) == ["2026-12-30", "2027-01-30", "2027-02-27"]


def test_a_leap_day_comes_back_after_a_transfer() -> None:
    """The third year ends on 27 February 2027, the fourth on the 28th, before the leap day."""
    contract = renewing(date(2024, 2, 29), date(2026, 6, 1), term_months=12)
    there = moved(contract, date(2026, 7, 1))

    pass_term(contract_id=there.pk, today=date(2027, 3, 1))

    assert ends_of(there) == ["2028-02-28"]


def test_terms_after_an_end_agreed_by_hand_are_counted_from_the_day_after_it() -> None:
    """Through 30 January by hand: from the 31st on, and a short month moves none after it."""
    contract = renewing(
        date(2026, 1, 15), date(2026, 1, 20), term_months=1, term_ends_on=date(2026, 1, 30)
    )

    pass_term(contract_id=contract.pk, today=date(2026, 4, 15))

    assert ends_of(contract) == ["2026-02-27", "2026-03-30", "2026-04-29"]


def test_hours_by_the_month_of_the_contract_keep_their_months_and_share_that_of_the_day() -> None:
    """Ten hours from the 16th to the 15th: 1 to 15 April are 600 x 15 / 31 = 290.3 of 600."""
    contract = ContractFactory.create(starts_on=date(2026, 1, 16))
    AllowanceFactory.create(contract=contract, anchor="anniversary")

    there = moved(contract, date(2026, 4, 1))

    hours = allowance_value(allowance_rows().get(contract=there))
    april, may = nth_period(hours.anchor, 2), nth_period(hours.anchor, 3)
    assert (april.start, april.end) == (date(2026, 3, 16), date(2026, 4, 16))
    assert (granted_in(april, hours), granted_in(may, hours)) == (290, 600)


def test_a_line_added_there_has_the_periods_of_the_contract() -> None:
    contract = ContractFactory.create(starts_on=date(2026, 1, 31))
    there = moved(contract, date(2026, 4, 10))

    ContractLineFactory.create(contract=there, anchor="anniversary")

    (line,) = lines_of([there.client_id])[there.client_id]
    assert line.rhythm.anchor == date(2026, 1, 31)
