"""The pages about the parties, as people use them."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from clients.models import Client, Site
from clients.tests.factories import (
    AssetFactory,
    ClientFactory,
    ContactFactory,
    LegalEntityFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


def queries_of(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", ["/clients/", "/clients/contacts/", "/clients/assets/"])
def test_a_list_costs_the_same_for_one_row_as_for_twenty(url: str, as_dispatcher: Browser) -> None:
    def add(number: int) -> None:
        for client in ClientFactory.create_batch(number):
            contact = ContactFactory(client=client, site=SiteFactory(client=client))
            AssetFactory(client=client, contact=contact, site=contact.site)

    add(1)
    as_dispatcher.get(url)
    for_one = queries_of(as_dispatcher, url)
    add(19)

    assert queries_of(as_dispatcher, url) == for_one


def test_a_clients_page_costs_the_same_for_one_contact_as_for_twenty(
    as_dispatcher: Browser,
) -> None:
    client = ClientFactory()
    AssetFactory(client=client, contact=ContactFactory(client=client))
    as_dispatcher.get(client.get_absolute_url())
    for_one = queries_of(as_dispatcher, client.get_absolute_url())
    for _number in range(19):
        AssetFactory(client=client, contact=ContactFactory(client=client))

    assert queries_of(as_dispatcher, client.get_absolute_url()) == for_one


def test_the_list_is_searched_filtered_and_exported(as_dispatcher: Browser) -> None:
    ClientFactory(name="Boulangerie", code="B1", city="Lyon")
    ClientFactory(name="Garage", code="G1", lost=True)
    ClientFactory(name="=HYPERLINK(1)", code="X1", german=True)

    found = as_dispatcher.get("/clients/?q=boul+lyon").content.decode()
    lost = as_dispatcher.get("/clients/?state=lost").content.decode()
    exported = as_dispatcher.get("/clients/?export=csv&country=DE")

    rows = list(csv.reader(StringIO(b"".join(exported).decode("utf-8-sig"))))
    assert ("Boulangerie" in found, "Garage" in found) == (True, False)
    assert ("Garage" in lost, "Boulangerie" in lost) == (True, False)
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)"]


def test_a_client_is_added_with_the_next_code(as_dispatcher: Browser) -> None:
    LegalEntityFactory()
    ClientFactory(code="C041")
    page = as_dispatcher.get("/clients/new/").content.decode()
    data = {"code": "C042", "name": "Neuf", "country": "FR", "currency": "EUR", "language": "fr"}

    answer = as_dispatcher.post("/clients/new/", {**data, "payment_days": "30"})

    assert 'value="C042"' in page
    assert answer["Location"] == Client.objects.get(code="C042").get_absolute_url()


def test_a_refused_form_answers_422_and_saves_nothing(as_dispatcher: Browser) -> None:
    client = ClientFactory(name="Before")

    answer = as_dispatcher.post(f"/clients/{client.pk}/edit/", {"name": ""})

    client.refresh_from_db()
    assert (answer.status_code, client.name) == (422, "Before")


def test_a_client_is_lost_and_found_again(as_dispatcher: Browser) -> None:
    client = ClientFactory()

    as_dispatcher.post(
        f"/clients/{client.pk}/lose/", {"lost_on": "2026-03-31", "lost_reason": "Moved"}
    )
    lost = as_dispatcher.get(client.get_absolute_url()).content.decode()
    as_dispatcher.post(f"/clients/{client.pk}/regain/")

    client.refresh_from_db()
    assert "Lost on 31 Mar 2026: Moved" in lost
    assert (client.is_lost, client.lost_reason) == (False, "")


def test_a_clients_page_offers_what_its_reader_may_see(
    as_technician: Browser, as_accountant: Browser
) -> None:
    client = ClientFactory()

    for_technician = as_technician.get(client.get_absolute_url()).content.decode()
    for_accountant = as_accountant.get(client.get_absolute_url()).content.decode()

    assert f"/tickets/of-client/{client.pk}/" in for_technician
    assert f"/billing/invoices/of-client/{client.pk}/" not in for_technician
    assert f"/billing/invoices/of-client/{client.pk}/" in for_accountant
    assert "Mark as lost" not in for_technician


def test_sites_and_assets_are_added_changed_and_deleted(as_administrator: Browser) -> None:
    client = ClientFactory()
    place = {"name": "Atelier", "country": "FR", "time_zone": "Europe/Paris"}

    as_administrator.post(f"/clients/{client.pk}/sites/new/", place)
    site = Site.objects.get(client=client)
    as_administrator.post(f"/clients/sites/{site.pk}/edit/", {**place, "name": "Boutique"})
    as_administrator.post(
        f"/clients/{client.pk}/assets/new/", {"name": "PC-1", "kind": "laptop", "site": site.pk}
    )
    as_administrator.post(f"/clients/sites/{site.pk}/delete/")

    asset = client.assets.get()
    assert (asset.name, asset.site, client.sites.count()) == ("PC-1", None, 0)


def test_a_technician_adds_contacts_but_opens_no_portal(as_technician: Browser) -> None:
    client = ClientFactory()

    as_technician.post(
        f"/clients/{client.pk}/contacts/new/", {"last_name": "Roux", "email": "r@example.org"}
    )
    contact = client.contacts.get()
    answer = as_technician.post(f"/clients/contacts/{contact.pk}/portal/", {"scope": "tickets"})

    contact.refresh_from_db()
    assert (answer.status_code, contact.portal_scope) == (403, "")


@pytest.mark.django_db(transaction=True)
def test_the_portal_is_opened_and_closed_from_the_contacts_page(as_dispatcher: Browser) -> None:
    LegalEntityFactory()
    contact = ContactFactory()
    page = f"/clients/contacts/{contact.pk}/"

    as_dispatcher.post(f"{page}portal/", {"scope": "tickets"})
    opened = as_dispatcher.get(page).content.decode()
    as_dispatcher.post(f"{page}portal/revoke/")
    refused = as_dispatcher.post(f"{page}portal/invite/", follow=True).content.decode()

    contact.refresh_from_db()
    assert f"Signs in as <strong>{contact.email}</strong> and sees: tickets." in opened
    assert contact.portal_scope == ""
    assert "Give the contact access to the portal first." in refused


def test_only_who_may_change_the_firm_sees_its_settings(
    as_accountant: Browser, as_administrator: Browser
) -> None:
    LegalEntityFactory()

    assert as_accountant.get("/clients/firm/").status_code == 403
    assert "Dépann&#x27;Info" in as_administrator.get("/clients/firm/").content.decode()
