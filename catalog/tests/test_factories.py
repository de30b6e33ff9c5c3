"""The goods made for tests are what the words beside them say."""

from decimal import Decimal

import pytest

from catalog.models import Rate
from catalog.tests.factories import (
    ClientRateFactory,
    FirmRateCardFactory,
    ProductFactory,
    TaxRateFactory,
)

pytestmark = pytest.mark.django_db


def test_the_firms_card_is_made_once_with_two_rates() -> None:
    card = FirmRateCardFactory()

    assert FirmRateCardFactory() == card
    assert list(
        Rate.objects.values_list(
            "work_type__code", "hourly_rate", "minimum_minutes", "step_minutes"
        )
    ) == [("remote", Decimal("84.0000"), 15, 15), ("onsite", Decimal("96.0000"), 30, 15)]


def test_a_clients_rate_leaves_the_rounding_to_the_firm() -> None:
    rate = ClientRateFactory()

    assert (rate.hourly_rate, rate.minimum_minutes) == (Decimal("76.0000"), None)
    assert rate.rate_card.client is not None


def test_products_and_taxes_pass_their_models_checks() -> None:
    for made in (ProductFactory(flat_rate=True), ProductFactory(recurring=True), TaxRateFactory()):
        made.full_clean()
