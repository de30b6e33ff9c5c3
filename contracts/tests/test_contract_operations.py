"""What may be done to a contract, and what is refused with which sentence."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.tests.factories import WorkTypeFactory
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, LineVersion
from contracts.operations._line_rules import LineNotAcceptable, NewLine
from contracts.operations.add_line import add_line
from contracts.operations.change_line import change_line
from contracts.operations.correct_version import correct_version
from contracts.operations.create_contract import ContractNotAcceptable, create_contract
from contracts.operations.end_contract import ContractNotEndable, end_contract
from contracts.operations.end_line import end_line
from contracts.operations.set_coverage import set_coverage
from contracts.operations.withdraw_version import withdraw_version
from contracts.tests.factories import (
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
    LineVersionFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
CARE = NewLine(description="Care", quantity=Decimal(12), unit_price=Decimal("24.90"))


def versions_of(line: ContractLine) -> list[tuple[date, Decimal, Decimal]]:
    return list(line.versions.values_list("starts_on", "quantity", "unit_price"))


def test_a_new_contract_has_its_lines_first_versions_and_coverage() -> None:
    remote = WorkTypeFactory()

    contract = create_contract(
        client_id=ClientFactory().pk,
        number="K0100",
        name="Managed",
        starts_on=date(2026, 3, 12),
        lines=[CARE],
        covered_work_type_ids=[remote.pk, remote.pk],
    )

    line = contract.lines.get()
    assert line.starts_on == date(2026, 3, 12)
    assert versions_of(line) == [(date(2026, 3, 12), Decimal(12), Decimal("24.90"))]
    assert [rule.work_type for rule in contract.coverage.all()] == [remote]


def test_a_number_that_is_taken_is_refused() -> None:
    taken = ContractFactory(number="K0100")

    with pytest.raises(ContractNotAcceptable, match="already a contract with the number K0100"):
        create_contract(
            client_id=taken.client_id, number="K0100", name="B", starts_on=date(2026, 1, 1)
        )

    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2024, 12, 31), None, "starts on 1 Jan 2025: a line cannot start before"),
        (date(2025, 6, 1), date(2026, 1, 1), "ends on 31 Dec 2025: a line cannot run longer"),
        (date(2026, 1, 1), None, "ends on 31 Dec 2025: a line cannot run longer"),
        (date(2025, 6, 1), date(2025, 5, 31), "comes before the first"),
    ],
)
def test_a_line_outside_its_contract_is_refused(
    first: date, last: date | None, sentence: str
) -> None:
    contract = ContractFactory(last_day_on=date(2025, 12, 31))
    line = NewLine(
        description="Backup",
        quantity=Decimal(1),
        unit_price=Decimal(9),
        starts_on=first,
        last_day_on=last,
    )

    with pytest.raises(LineNotAcceptable, match=sentence):
        add_line(contract_id=contract.pk, line=line)

    assert not contract.lines.exists()


def test_a_change_is_a_new_version_and_leaves_the_old_one() -> None:
    line = ContractLineFactory(quantity=10, unit_price=Decimal(25))

    change_line(
        line_id=line.pk,
        starts_on=date(2026, 3, 12),
        quantity=Decimal(12),
        unit_price=Decimal(26),
    )

    assert versions_of(line) == [
        (date(2025, 1, 1), Decimal(10), Decimal(25)),
        (date(2026, 3, 12), Decimal(12), Decimal(26)),
    ]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2024, 12, 31), "starts on 1 Jan 2025: nothing can change before"),
        (date(2025, 1, 1), "already has a price from 1 Jan 2025"),
        (date(2026, 1, 1), "ends on 31 Dec 2025: nothing can change after"),
    ],
)
def test_a_change_on_an_impossible_day_is_refused(day: date, sentence: str) -> None:
    line = ContractLineFactory(contract__last_day_on=date(2025, 12, 31))

    with pytest.raises(LineNotAcceptable, match=sentence):
        change_line(line_id=line.pk, starts_on=day, quantity=Decimal(1), unit_price=Decimal(1))

    assert LineVersion.objects.count() == 1


def test_a_wrong_price_is_corrected_in_place() -> None:
    line = ContractLineFactory()

    correct_version(
        version_id=line.versions.get().pk,
        starts_on=date(2025, 1, 1),
        quantity=Decimal(11),
        unit_price=Decimal("24.50"),
    )

    assert versions_of(line) == [(date(2025, 1, 1), Decimal(11), Decimal("24.50"))]


def test_a_line_never_loses_the_price_of_its_first_day() -> None:
    first = ContractLineFactory().versions.get()

    with pytest.raises(LineNotAcceptable, match="needs a price from that day on"):
        correct_version(
            version_id=first.pk,
            starts_on=date(2025, 2, 1),
            quantity=Decimal(1),
            unit_price=Decimal(1),
        )
    with pytest.raises(LineNotAcceptable, match="with which the line began"):
        withdraw_version(version_id=first.pk)

    first.refresh_from_db()
    assert first.starts_on == date(2025, 1, 1)


def test_a_change_can_be_taken_back() -> None:
    line = ContractLineFactory()
    later = LineVersionFactory(line=line, starts_on=date(2026, 5, 1), quantity=99)

    withdraw_version(version_id=later.pk)

    assert versions_of(line) == [(date(2025, 1, 1), Decimal(10), Decimal(25))]


def test_ending_a_contract_needs_a_reason_and_a_day_after_the_first() -> None:
    contract = ContractFactory()

    with pytest.raises(ContractNotEndable, match="Say why"):
        end_contract(contract_id=contract.pk, last_day_on=date(2026, 3, 31))
    with pytest.raises(ContractNotEndable, match="it cannot end before"):
        end_contract(contract_id=contract.pk, last_day_on=date(2024, 12, 31), reason="Left")

    contract.refresh_from_db()
    assert contract.last_day_on is None


def test_an_ended_contract_may_run_on_after_all() -> None:
    contract = ContractFactory()

    end_contract(contract_id=contract.pk, last_day_on=date(2026, 3, 31), reason="Left")
    end_contract(contract_id=contract.pk, last_day_on=None)

    contract.refresh_from_db()
    assert (contract.last_day_on, contract.end_reason) == (None, "")


def test_one_line_can_end_before_its_contract() -> None:
    line = ContractLineFactory(contract__last_day_on=date(2026, 12, 31))

    end_line(line_id=line.pk, last_day_on=date(2026, 6, 30))
    with pytest.raises(LineNotAcceptable, match="cannot run longer"):
        end_line(line_id=line.pk, last_day_on=date(2027, 1, 1))

    line.refresh_from_db()
    assert line.last_day_on == date(2026, 6, 30)


def test_coverage_becomes_exactly_what_is_wanted() -> None:
    old = CoverageRuleFactory()
    on_site = WorkTypeFactory(on_site=True)

    set_coverage(contract_id=old.contract_id, work_type_ids=[on_site.pk])

    assert [rule.work_type for rule in old.contract.coverage.all()] == [on_site]
