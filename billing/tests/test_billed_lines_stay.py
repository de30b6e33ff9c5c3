"""What a line's billed periods rest on stays; the rest of it may change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.models import Claim
from billing.tests.factories import DraftFactory
from contracts.models import ContractLine
from contracts.operations._line_terms import LineNotAcceptable, NewLine
from contracts.operations.change_line_terms import LineBilled, change_line_terms
from contracts.operations.withdraw_line import withdraw_line

pytestmark = pytest.mark.django_db(transaction=True)
SAME = NewLine(
    description="Workstation care", quantity=Decimal(10), unit="device", unit_price=Decimal(25)
)


@pytest.fixture
def billed() -> ContractLine:
    """A line of which one month is on a draft."""
    draft = DraftFactory()
    claim = Claim.objects.get(charge__invoice=draft, contract_line__isnull=False)
    assert claim.contract_line is not None
    return claim.contract_line


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rhythm_months": 3}, "rhythm_months"),
        ({"anchor": "anniversary"}, "anchor"),
        ({"pricing": "package"}, "pricing"),
        ({"timing": "arrears"}, "timing"),
        ({"counts": "assets"}, "counts"),
    ],
)
def test_rhythm_periods_pricing_and_counting_stay(
    change: dict[str, object], field: str, billed: ContractLine
) -> None:
    with pytest.raises(LineBilled, match="End the line and add a new one") as refusal:
        change_line_terms(line_id=billed.pk, line=replace(SAME, **change))  # type: ignore[arg-type]  # named as the value names them

    before = getattr(billed, field)
    billed.refresh_from_db()
    assert (refusal.value.field, getattr(billed, field)) == (field, before)


def test_words_tax_and_place_may_change_and_the_price_does_not(billed: ContractLine) -> None:
    changed = replace(SAME, description="Care", tax_code="reduced", unit_price=Decimal(99))
    before = billed.versions.get().unit_price

    change_line_terms(line_id=billed.pk, line=changed)

    billed.refresh_from_db()
    assert (billed.description, billed.tax_code) == ("Care", "reduced")
    assert billed.versions.get().unit_price == before


def test_a_line_billed_in_advance_is_not_taken_back(billed: ContractLine) -> None:
    with pytest.raises(LineNotAcceptable, match="has begun or is billed"):
        withdraw_line(line_id=billed.pk, today=date(2024, 12, 1))

    assert ContractLine.objects.filter(pk=billed.pk).exists()
