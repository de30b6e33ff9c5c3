"""The firm of the cases, and the proof after each of them that its books are whole."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from accounts.tests.factories import UserFactory
from billing.queries.books import check_books
from catalog.models import RateCard
from catalog.tests.factories import FirmRateCardFactory, RateFactory, TaxRateFactory
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory, LegalEntityFactory
from contracts.models import Contract
from tests.cases.story import Story


@pytest.fixture
def firm() -> LegalEntity:
    """The firm in Paris; its rates are for the cases to say."""
    TaxRateFactory.create()
    found: LegalEntity = LegalEntityFactory.create()
    return found


@pytest.fixture
def card(firm: LegalEntity) -> RateCard:
    """The firm's card: 120.00 an hour, remote or on site, each minute as it is."""
    found: RateCard = FirmRateCardFactory.create(rates=False)
    terms = {"hourly_rate": Decimal(120), "minimum_minutes": None, "step_minutes": None}
    RateFactory.create(rate_card=found, work_type__code="remote", **terms)
    RateFactory.create(rate_card=found, work_type__on_site=True, **terms)
    return found


@pytest.fixture
def story(card: RateCard) -> Iterator[Story]:
    """A client and a technician; whatever happens to them, the books hold afterwards."""
    yield Story(ClientFactory.create(), UserFactory.create(role="dispatcher"))
    assert [f"{one.id}: {one.first}" for one in check_books() if not one.ok] == []


@pytest.fixture
def contract(story: Story) -> Contract:
    """A contract of the client's from New Year 2026 on."""
    return story.sign(date(2026, 1, 1))
