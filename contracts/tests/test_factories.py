"""The contracts made for tests are what the words beside them say."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.tests.factories import ContractLineFactory, CoverageRuleFactory, LineVersionFactory

pytestmark = pytest.mark.django_db


def test_a_line_has_its_first_version_on_its_first_day() -> None:
    line = ContractLineFactory(quantity=12, unit_price=Decimal("24.90"))

    version = line.versions.get()

    assert (version.starts_on, version.quantity) == (date(2025, 1, 1), Decimal(12))
    assert version.unit_price == Decimal("24.90")


def test_further_versions_follow_on_their_own_day() -> None:
    line = ContractLineFactory()
    LineVersionFactory(line=line, starts_on=date(2026, 3, 12), quantity=11)

    assert line.versions.count() == 2


def test_coverage_names_remote_work() -> None:
    assert CoverageRuleFactory().work_type.code == "remote"
