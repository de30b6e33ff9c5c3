"""What a line of a plan costs is shown while it is typed, at the quantities that matter."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from contracts.domain.price import Tier
from contracts.line_price import line_price
from contracts.models import PlanLine
from contracts.operations._line_terms import SoldLine
from contracts.tests.factories import PlanLineFactory


def amounts(**terms: Any) -> list[tuple[str, Decimal, Decimal | None]]:
    known: dict[str, Any] = {"description": "Care", "quantity": Decimal(1), **terms}
    rows = line_price(SoldLine(**known), "EUR").rows
    return [(row.quantity, row.amount, row.monthly) for row in rows]


def test_a_price_by_unit_is_shown_at_the_quantity_typed() -> None:
    found = amounts(unit="device", quantity=Decimal(12), unit_price=Decimal("29.90"))

    # 12 x 29.90
    assert found == [("12 devices", Decimal("358.80"), None)]


def test_tiers_are_shown_on_both_sides_of_each_limit() -> None:
    tiers = (Tier(Decimal(10), Decimal(30)), Tier(None, Decimal(25)))

    found = amounts(unit="user", quantity=Decimal(12), pricing="volume", tiers=tiers)

    # up to 10 at 30.00: 300.00; from 11 on all at 25.00: 275.00, and 12 x 25.00
    assert [(quantity, amount) for quantity, amount, _ in found] == [
        ("10 users", Decimal(300)), ("11 users", Decimal(275)), ("12 users", Decimal(300))
    ]  # fmt: skip


def test_what_is_counted_is_shown_at_examples_and_a_longer_rhythm_by_month_too() -> None:
    found = amounts(unit="device", counts="assets", rhythm_months=3, unit_price=Decimal(90))

    # a quarter and a month: 90.00 and 30.00, 900.00 and 300.00, 2,250.00 and 750.00 ...
    assert found == [
        ("1 device", Decimal(90), Decimal(30)),
        ("10 devices", Decimal(900), Decimal(300)),
        ("25 devices", Decimal(2250), Decimal(750)),
        ("50 devices", Decimal(4500), Decimal(1500)),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quantity": "12", "unit_price": "29.90", "unit": "device"}, "€358.80"),
        ({"quantity": "12", "unit_price": "-3"}, "Unit price: Ensure this value"),
    ],
)
def test_the_page_shows_the_price_or_what_is_wrong_and_writes_nothing(
    typed: dict[str, str], said: str, as_manager: Browser
) -> None:
    asked = {"description": "Care", **typed}

    page = as_manager.post(reverse("contracts:plan-line-price"), asked).content.decode()

    assert said in page
    assert not PlanLine.objects.exists()


@pytest.mark.django_db
def test_a_sale_names_the_quantity_it_cannot_read_and_adds_nothing_for_it(
    as_manager: Browser,
) -> None:
    line = PlanLineFactory.create()
    typed = {"number": "K1", f"sold_{line.pk}": "on", f"quantity_{line.pk}": "-2"}

    url = reverse("contracts:plan-sell", args=[line.revision_id])
    page = as_manager.get(url, typed).content.decode()

    assert "“Workstation care”: give a quantity of 0 or more." in page
    assert "€0.00" in page
    assert "€25.00" not in page
