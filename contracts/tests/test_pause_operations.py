"""Days on which a contract rests."""

from datetime import date

import pytest

from contracts.models import Contract, ContractPause
from contracts.operations._pauses import PauseNotPossible
from contracts.operations.change_pause import change_pause
from contracts.operations.pause_contract import pause_contract
from contracts.operations.resume_contract import resume_contract
from contracts.operations.withdraw_pause import withdraw_pause
from contracts.tests.factories import ContractFactory

pytestmark = pytest.mark.django_db
JULY = (date(2026, 7, 1), date(2026, 7, 31))


@pytest.fixture
def contract() -> Contract:
    """Since New Year 2025, through 2026."""
    found: Contract = ContractFactory.create(last_day_on=date(2026, 12, 31))
    return found


def pause(contract: Contract, first: date, last: date | None) -> ContractPause:
    return pause_contract(
        contract_id=contract.pk, starts_on=first, last_day_on=last, reason="Works closed"
    )


def days() -> list[tuple[date, date | None]]:
    return list(ContractPause.objects.values_list("starts_on", "last_day_on"))


def test_a_pause_ahead_is_written_down(contract: Contract) -> None:
    pause(contract, *JULY)

    assert days() == [JULY]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2026, 8, 2), date(2026, 8, 1), "The last day comes before the first"),
        (date(2024, 12, 31), None, "not in force on 31 Dec 2024"),
        (date(2027, 1, 1), None, "not in force on 1 Jan 2027"),
        (date(2026, 7, 31), None, "already rests 1 – 31 Jul 2026: change that pause"),
        (date(2026, 6, 1), None, "already rests 1 – 31 Jul 2026: change that pause"),
    ],
)
def test_days_out_of_order_outside_or_taken_are_refused(
    contract: Contract, first: date, last: date | None, sentence: str
) -> None:
    pause(contract, *JULY)

    with pytest.raises(PauseNotPossible, match=sentence):
        pause(contract, first, last)

    assert days() == [JULY]


def test_two_pauses_may_touch(contract: Contract) -> None:
    pause(contract, *JULY)

    pause(contract, date(2026, 8, 1), None)

    assert days() == [JULY, (date(2026, 8, 1), None)]


def test_a_pause_is_lengthened_and_its_own_days_are_no_overlap(contract: Contract) -> None:
    found = pause(contract, *JULY)

    change_pause(
        pause_id=found.pk, starts_on=JULY[0], last_day_on=date(2026, 8, 15), reason="Longer"
    )

    assert days() == [(date(2026, 7, 1), date(2026, 8, 15))]


def test_an_open_pause_ends_the_day_before_the_contract_resumes(contract: Contract) -> None:
    found = pause(contract, JULY[0], None)

    resume_contract(pause_id=found.pk, resumes_on=date(2026, 9, 1))

    assert days() == [(date(2026, 7, 1), date(2026, 8, 31))]


@pytest.mark.parametrize(
    ("resumes", "sentence"),
    [
        (date(2026, 7, 1), "begins on 1 Jul 2026: take it back instead"),
        (date(2026, 8, 1), "ends on 31 Jul 2026 by itself"),
    ],
)
def test_a_contract_resumes_within_its_pause_only(
    contract: Contract, resumes: date, sentence: str
) -> None:
    found = pause(contract, *JULY)

    with pytest.raises(PauseNotPossible, match=sentence):
        resume_contract(pause_id=found.pk, resumes_on=resumes)

    assert days() == [JULY]


def test_a_pause_is_taken_back(contract: Contract) -> None:
    found = pause(contract, *JULY)

    withdraw_pause(pause_id=found.pk)

    assert days() == []
