"""The forms about the parties: what they take and what they say otherwise."""

from datetime import date
from typing import Any

import pytest

from clients.forms.client import ClientForm, ClientLostForm
from clients.forms.firm import FirmForm
from clients.forms.places import AssetForm, ContactForm, SiteForm
from clients.models import LegalEntity
from clients.tests.factories import (
    AssetFactory,
    ClientFactory,
    ContactFactory,
    LegalEntityFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
BAKERY = {
    "code": "C001",
    "name": "Boulangerie Çelik",
    "registration_number": "951 633 494",
    "vat_number": "FR83 951 633 494",
    "country": "FR",
    "currency": "EUR",
    "language": "fr",
    "payment_days": "45",
}


def firm_data(**changes: str) -> dict[str, Any]:
    entity = LegalEntityFactory()
    data = {name: getattr(entity, name) or "" for name in FirmForm.base_fields}
    return {**data, "share_capital": "10000", **changes}


def test_a_client_is_saved_with_numbers_in_their_plain_form() -> None:
    form = ClientForm(BAKERY)

    client = form.save()

    assert (client.registration_number, client.vat_number) == ("951633494", "FR83951633494")
    assert client.payment_days == 45


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("vat_number", "FR83951633495", "do not add up"),
        ("vat_number", "FR66999000011", "belongs to the SIREN 999000011, not to 951633494"),
        ("registration_number", "951633495", "do not add up"),
        ("country", "ZZ", "not one of the available choices"),
        ("currency", "EURO", "amounts are kept with two decimals at most"),
        ("currency", "KWD", "KWD cannot be used: amounts are kept with two decimals at most"),
        ("payment_days", "400", "less than or equal to 365"),
        ("invoice_email", "office@", "valid email"),
        ("name", "", "required"),
    ],
)
def test_a_wrong_value_is_explained_beside_its_field(field: str, value: str, sentence: str) -> None:
    form = ClientForm({**BAKERY, field: value})

    assert not form.is_valid()
    assert sentence in form.errors[field][0]


def test_a_code_in_other_letters_is_still_taken() -> None:
    ClientFactory(code="c001")

    form = ClientForm(BAKERY)

    assert form.errors["code"] == ["Another client has this code."]


def test_a_client_cannot_be_lost_before_they_came_nor_without_a_reason() -> None:
    client = ClientFactory(client_since_on=date(2024, 1, 1))

    form = ClientLostForm({"lost_on": "2023-12-31", "lost_reason": ""}, instance=client)

    assert form.errors["lost_on"] == ["The client only came on 1 Jan 2024."]
    assert "lost_reason" in form.errors


def test_contacts_sites_and_assets_choose_among_their_own_client() -> None:
    foreign = SiteFactory()
    client = ClientFactory()
    contact = ContactForm({"last_name": "Roux", "site": foreign.pk}, client=client)
    asset = AssetForm(
        {"name": "PC", "kind": "laptop", "contact": ContactFactory().pk}, client=client
    )

    assert "site" in contact.errors
    assert "contact" in asset.errors


def test_two_contacts_or_sites_of_a_client_cannot_be_confused() -> None:
    contact = ContactFactory(email="zoe@example.org")
    site = SiteFactory(name="Atelier")
    another = ContactForm({"last_name": "Roux", "email": "ZOE@example.org"}, client=contact.client)
    same_name = SiteForm(
        {"name": "ATELIER", "country": "FR", "time_zone": "Europe/Paris"}, client=site.client
    )

    assert another.errors["email"] == ["Another contact of this client has this address."]
    assert same_name.errors["name"] == ["This client already has a site of this name."]


def test_an_asset_is_looked_after_from_first_to_last_day() -> None:
    asset = AssetFactory()
    data = {"name": "PC", "kind": "laptop"}
    days = {"covered_since_on": "2026-02-01", "covered_until_on": "2026-01-31"}

    form = AssetForm({**data, **days}, instance=asset, client=asset.client)

    assert form.errors["covered_until_on"] == ["The last day comes before the first."]


def test_the_firms_bank_is_found_from_its_iban() -> None:
    form = FirmForm(
        firm_data(iban="FR14 2004 1010 0505 0001 3M02 606", bic=""),
        instance=LegalEntity.objects.current(),
    )

    firm = form.save()

    assert (firm.iban, firm.bic) == ("FR1420041010050500013M02606", "PSSTFRPP")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("iban", "FR1420041010050500013M02607", "not a valid IBAN"),
        ("bic", "PSST", "8 or 11 letters"),
        ("invoice_prefix", "F/26", "Letters and digits only"),
        ("vat_number", "", "prints its VAT number"),
        ("vat_number", "FR66999000012", "do not add up"),
        ("time_zone", "Paris", "not one of the available choices"),
    ],
)
def test_wrong_settings_of_the_firm_are_explained(field: str, value: str, sentence: str) -> None:
    form = FirmForm(firm_data(**{field: value}), instance=LegalEntity.objects.current())

    assert sentence in form.errors[field][0]


def test_a_small_business_needs_no_vat_number() -> None:
    data = firm_data(vat_number="", is_small_business="on")

    assert FirmForm(data, instance=LegalEntity.objects.current()).is_valid()


def test_how_a_client_is_billed_is_set_on_its_form() -> None:
    typed = {
        **BAKERY, "invoice_grouping": "site", "billing_day": "15", "requires_purchase_order": "on",
        "low_hours_readers": "both",
    }  # fmt: skip

    form = ClientForm(typed)

    assert form.is_valid(), form.errors
    client = form.save()
    assert (client.invoice_grouping, client.billing_day) == ("site", 15)
    assert (client.requires_purchase_order, client.low_hours_readers) == (True, "both")
