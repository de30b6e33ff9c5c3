"""The parties made for tests are parties the forms would accept."""

import pytest
from stdnum.eu import vat
from stdnum.fr import siren

from clients.models import LegalEntity
from clients.tests.factories import (
    AssetFactory,
    ClientFactory,
    ContactFactory,
    LegalEntityFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


def test_every_client_has_valid_numbers_of_its_own() -> None:
    first, second = ClientFactory.create_batch(2)

    assert siren.is_valid(first.registration_number)
    assert vat.is_valid(first.vat_number)
    assert first.registration_number != second.registration_number


def test_the_firm_is_made_once_and_is_the_current_one() -> None:
    firm = LegalEntityFactory()

    assert LegalEntityFactory() == firm
    assert LegalEntity.objects.current() == firm


def test_sites_contacts_and_assets_pass_their_models_checks() -> None:
    for made in (SiteFactory(), ContactFactory(), AssetFactory(), ClientFactory(german=True)):
        made.full_clean()
