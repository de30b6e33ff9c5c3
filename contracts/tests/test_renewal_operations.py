"""Terms that end: renewed, ended, noticed in time or too late, and what the clock does."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.models import Contract, ContractLine
from contracts.operations._ending import ContractNotEndable
from contracts.operations._renewing import RenewalNotPossible
from contracts.operations.end_at_term import end_at_term
from contracts.operations.end_contract import end_contract
from contracts.operations.pass_term import pass_term
from contracts.operations.receive_notice import receive_notice
from contracts.operations.renew_contract import renew_contract
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.withdraw_notice import withdraw_notice
from contracts.terms import last_day_after_notice, passed_term_ids
from contracts.tests.factories import ContractFactory, ContractLineFactory, LineVersionFactory
from contracts.tests.indexing import prices

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = date(2025, 12, 31)
AUTOMATIC, MANUAL = "automatic", "manual"


def line_of(kind: str, **terms: Any) -> ContractLine:
    """Ten at 25.00 from New Year 2025 for a year, notice of 90 days: 2 October at the latest."""
    line: ContractLine = ContractLineFactory.create()
    given = {"term_months": 12, "notice_days": 90, **terms}
    set_renewal_terms(
        contract_id=line.contract_id, renewal_kind=kind, today=date(2025, 6, 1), **given
    )
    line.refresh_from_db()
    return line


def renew(line: ContractLine, **changes: Any) -> None:
    given: dict[str, Any] = {"term_ends_on": NEW_YEARS_EVE, "decided_on": date(2025, 9, 1)}
    renew_contract(contract_id=line.contract_id, **{**given, **changes})


def told(contract_id: int) -> tuple[date | None, date | None, str]:
    contract = Contract.objects.get(pk=contract_id)
    return contract.term_ends_on, contract.last_day_on, contract.end_kind


def decisions(line: ContractLine) -> list[tuple[str, str, str]]:
    rows = line.contract.renewals.order_by("term_ended_on")
    return [(str(one.term_ended_on), one.decision, str(one.decided_on)) for one in rows]


def test_the_term_that_runs_is_counted_from_the_first_day() -> None:
    contract = ContractFactory.create(starts_on=date(2023, 3, 15))

    set_renewal_terms(
        contract_id=contract.pk, renewal_kind=AUTOMATIC, term_months=12, today=date(2025, 6, 1)
    )

    assert told(contract.pk) == (date(2026, 3, 14), None, "")


def test_a_contract_renewed_by_hand_ends_with_its_term_until_it_is() -> None:
    line = line_of(MANUAL)
    before = told(line.contract_id)

    renew(line)

    assert before == (NEW_YEARS_EVE, NEW_YEARS_EVE, "")
    assert told(line.contract_id) == (date(2026, 12, 31), date(2026, 12, 31), "")


def test_a_renewal_raises_the_prices_from_the_new_terms_first_day() -> None:
    line = line_of(AUTOMATIC)
    LineVersionFactory.create(line=line, starts_on=date(2026, 2, 1), quantity=12)
    fixed = ContractLineFactory.create(contract=line.contract, is_indexed=False)

    renew(line, uplift=Decimal(3), note="as agreed by phone")

    assert prices(line)[1:] == [
        ("2026-01-01", "10", "25.75"),  # 25.00 x 1.03
        ("2026-02-01", "12", "25.75"),
    ]
    assert prices(fixed) == [("2025-01-01", "10", "25.00")]
    assert decisions(line) == [("2025-12-31", "renewed", "2025-09-01")]


def test_a_price_below_a_cent_keeps_its_places() -> None:
    line = line_of(AUTOMATIC)
    line.versions.update(unit_price=Decimal("0.0350"))

    renew(line, uplift=Decimal(5))

    assert line.versions.get(starts_on=date(2026, 1, 1)).unit_price == Decimal("0.0368")


def test_two_people_who_renew_at_once_renew_one_term() -> None:
    line = line_of(AUTOMATIC)
    renew(line, uplift=Decimal(3))

    with pytest.raises(RenewalNotPossible, match="renewed already: its term ends on 31 Dec 2026"):
        renew(line, uplift=Decimal(3))

    assert prices(line)[1:] == [("2026-01-01", "10", "25.75")]


def test_a_contract_without_a_term_is_not_renewed() -> None:
    line = ContractLineFactory.create()

    with pytest.raises(RenewalNotPossible, match="has no term: it runs on"):
        renew(line)


def test_a_contract_is_ended_with_its_term_and_renewed_after_all() -> None:
    line = line_of(AUTOMATIC)
    end_at_term(
        contract_id=line.contract_id, decided_on=date(2025, 9, 1), reason="Moves to a competitor"
    )
    ended = told(line.contract_id)

    renew(line)

    assert ended == (NEW_YEARS_EVE, NEW_YEARS_EVE, "not_renewed")
    assert told(line.contract_id) == (date(2026, 12, 31), None, "")
    assert decisions(line) == [("2025-12-31", "renewed", "2025-09-01")]


@pytest.mark.parametrize(
    ("received", "last_day", "terms"),
    [
        (date(2025, 10, 2), NEW_YEARS_EVE, ["ended"]),
        (date(2025, 10, 3), date(2026, 12, 31), ["automatic", "ended"]),
        (date(2026, 11, 1), date(2027, 12, 31), ["automatic", "automatic", "ended"]),
    ],
)
def test_notice_in_time_ends_the_term_and_too_late_leaves_one_more(
    received: date, last_day: date, terms: list[str]
) -> None:
    line = line_of(AUTOMATIC, renewal_uplift=Decimal(2))
    foreseen = last_day_after_notice(line.contract, received)

    receive_notice(contract_id=line.contract_id, received_on=received, reason="Too dear")

    assert foreseen == last_day
    assert told(line.contract_id) == (last_day, last_day, "churned")
    assert [decision for _term, decision, _day in decisions(line)] == terms
    assert line.versions.count() == len(terms)


def test_notice_without_a_term_counts_its_days() -> None:
    line = ContractLineFactory.create(contract__notice_days=30)

    receive_notice(contract_id=line.contract_id, received_on=date(2025, 3, 1), reason="Sold")

    assert told(line.contract_id)[1] == date(2025, 3, 31)


def test_notice_is_received_once_and_withdrawn() -> None:
    line = line_of(AUTOMATIC)
    receive_notice(contract_id=line.contract_id, received_on=date(2025, 9, 1), reason="Too dear")
    with pytest.raises(ContractNotEndable, match="Notice was received on 1 Sept 2025 already"):
        receive_notice(contract_id=line.contract_id, received_on=date(2025, 9, 2), reason="Again")

    withdraw_notice(contract_id=line.contract_id)

    assert told(line.contract_id) == (NEW_YEARS_EVE, None, "")
    assert decisions(line) == []
    with pytest.raises(ContractNotEndable, match="No notice was received"):
        withdraw_notice(contract_id=line.contract_id)


def test_the_clock_renews_each_missed_term_once() -> None:
    line = line_of(AUTOMATIC, renewal_uplift=Decimal(4))
    late = date(2027, 10, 3)
    due = passed_term_ids(late, 10)

    pass_term(contract_id=line.contract_id, today=late)
    again = pass_term(contract_id=line.contract_id, today=late)

    assert (due, again, passed_term_ids(late, 10)) == ([line.contract_id], [], [])
    assert decisions(line) == [
        ("2025-12-31", "automatic", "2025-10-03"),
        ("2026-12-31", "automatic", "2026-10-03"),
        ("2027-12-31", "automatic", "2027-10-03"),
    ]
    assert prices(line)[1:] == [
        ("2026-01-01", "10", "26.00"),  # 25.00 x 1.04
        ("2027-01-01", "10", "27.04"),  # 26.00 x 1.04
        ("2028-01-01", "10", "28.12"),  # 27.04 x 1.04 = 28.1216
    ]


def test_the_clock_leaves_a_contract_alone_through_its_notice_day() -> None:
    line = line_of(AUTOMATIC)

    assert passed_term_ids(date(2025, 10, 2), 10) == []
    assert pass_term(contract_id=line.contract_id, today=date(2025, 10, 2)) == []


def test_a_contract_that_nobody_renewed_has_ended_and_says_so() -> None:
    line = line_of(MANUAL)
    on_its_last_day = passed_term_ids(NEW_YEARS_EVE, 10)

    pass_term(contract_id=line.contract_id, today=date(2026, 1, 1))

    assert on_its_last_day == []
    assert told(line.contract_id) == (NEW_YEARS_EVE, NEW_YEARS_EVE, "not_renewed")
    assert decisions(line) == [("2025-12-31", "ended", "2026-01-01")]
    assert passed_term_ids(date(2026, 6, 1), 10) == []


def test_the_clock_gives_a_contract_renewed_by_hand_its_last_day() -> None:
    contract = ContractFactory.create(
        renewal_kind=MANUAL, term_months=12, term_ends_on=NEW_YEARS_EVE
    )

    pass_term(contract_id=contract.pk, today=date(2025, 6, 1))

    assert told(contract.pk) == (NEW_YEARS_EVE, NEW_YEARS_EVE, "")


def test_a_contract_whose_end_was_decided_is_not_renewed_by_the_clock() -> None:
    line = line_of(AUTOMATIC)
    end_contract(
        contract_id=line.contract_id, last_day_on=date(2026, 3, 31), end_kind="firm", reason="Debt"
    )

    renewed = pass_term(contract_id=line.contract_id, today=date(2027, 1, 1))

    assert (renewed, told(line.contract_id)[1:]) == ([], (date(2026, 3, 31), "firm"))
    with pytest.raises(RenewalNotPossible, match="ends on 31 Mar 2026: let it run on first"):
        renew(line)


def test_other_terms_are_refused_once_the_end_is_decided() -> None:
    line = line_of(AUTOMATIC)
    end_contract(contract_id=line.contract_id, last_day_on=date(2026, 3, 31), reason="Left")

    with pytest.raises(RenewalNotPossible, match="let it run on first"):
        set_renewal_terms(contract_id=line.contract_id, renewal_kind="none", today=date(2025, 6, 1))

    assert told(line.contract_id)[0] == NEW_YEARS_EVE


def test_letting_a_contract_run_on_gives_it_its_term_back() -> None:
    line = line_of(MANUAL)
    end_contract(contract_id=line.contract_id, last_day_on=date(2025, 8, 31), reason="Left")

    end_contract(contract_id=line.contract_id, last_day_on=None)

    assert told(line.contract_id) == (NEW_YEARS_EVE, NEW_YEARS_EVE, "")
