"""The frame of every page: where one is led, what is offered, found, and kept."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory

from accounts.models import User
from clients.tests.factories import ClientFactory, ContactFactory
from psa import navigation
from psa.context_processors import Shell
from psa.middleware import HtmxManners
from psa.views.home import BY_ROLE
from tickets.tests.factories import TicketFactory

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def request_of(person: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    request.resolver_match = None
    return request


def test_home_leads_a_contact_to_the_portal(as_client_contact: Browser) -> None:
    assert as_client_contact.get("/")["Location"] == "/portal/"


def test_home_leads_a_technician_to_their_work(as_technician: Browser) -> None:
    assert as_technician.get("/")["Location"] == "/tickets/mine/"


def test_home_leads_an_accountant_to_the_drafts(as_accountant: Browser) -> None:
    assert as_accountant.get("/")["Location"] == navigation.address("billing:drafts")


def test_home_asks_strangers_to_sign_in(client: Browser, db: None) -> None:
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_every_place_to_be_led_to_exists() -> None:
    assert all(navigation.address(url_name) for _, url_name in BY_ROLE)


@pytest.mark.parametrize(
    "entry", [*navigation.DESK, *navigation.CREATIONS, *navigation.PORTAL, *navigation.ACCOUNT]
)
def test_every_entry_of_the_navigation_exists(entry: navigation.Entry) -> None:
    assert navigation.address(entry.url_name)


def test_a_technician_is_offered_tickets_but_no_billing_runs(technician: User) -> None:
    offered = [
        str(link.label)
        for group in Shell(request_of(technician)).navigation
        for link in group.items
    ]

    assert "Tickets" in offered
    assert "Runs" not in offered


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/tickets/", "Tickets"),
        ("/tickets/12/", "Tickets"),
        ("/clients/7/edit/", "Clients"),
        ("/clients/contacts/7/", "Contacts"),
        ("/nowhere/", None),
    ],
)
def test_a_page_belongs_to_one_entry_of_the_navigation(
    administrator: User, path: str, current: str | None
) -> None:
    request = request_of(administrator)
    request.path = path

    marked = [
        str(link.label)
        for group in Shell(request).navigation
        for link in group.items
        if link.is_current
    ]

    assert marked == ([current] if current else [])


def test_search_finds_a_client_its_contact_and_its_ticket(as_technician: Browser) -> None:
    company = ClientFactory.create(name="Zebulon Industries")
    ContactFactory.create(client=company, first_name="Léa", last_name="Zebulon")
    TicketFactory.create(client=company, subject="Zebulon's server is down")

    page = as_technician.get("/search/", {"q": "zebulon"})

    kinds = [(str(found.group.label), len(found.hits)) for found in page.context["results"].found]
    assert kinds == [("Tickets", 1), ("Clients", 1), ("Contacts", 1)]


def test_search_shows_nobody_what_their_role_does_not(
    as_technician: Browser, technician: User
) -> None:
    technician.groups.clear()

    assert as_technician.get("/search/", {"q": "zebulon"}).status_code == 403


def test_search_is_not_for_contacts(as_client_contact: Browser) -> None:
    assert as_client_contact.get("/search/", {"q": "alpha"}).status_code == 403


def test_search_answers_the_panel_with_results_alone(as_technician: Browser) -> None:
    ClientFactory.create(name="Zebulon Industries")

    answer = as_technician.get("/search/", {"q": "zebulon"}, headers={"HX-Request": "true"})

    assert "<mark>Zebulon</mark> Industries" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_one_letter_is_too_short_to_search(as_technician: Browser) -> None:
    assert "at least two letters" in as_technician.get("/search/", {"q": "z"}).content.decode()


def test_the_chosen_language_is_kept_and_used(as_technician: Browser, technician: User) -> None:
    answer = as_technician.post("/language/", {"language": "fr", "next": "/search/"})

    technician.refresh_from_db()
    assert (answer["Location"], technician.language) == ("/search/", "fr")
    assert '<html lang="fr"' in as_technician.get("/search/").content.decode()


def test_choosing_a_language_leads_to_no_other_site(as_technician: Browser) -> None:
    answer = as_technician.post("/language/", {"language": "fr", "next": "https://evil.example/"})

    assert answer["Location"] == "/"


def test_an_unknown_language_is_refused(as_technician: Browser, technician: User) -> None:
    assert as_technician.post("/language/", {"language": "xx"}).status_code == 400
    technician.refresh_from_db()
    assert technician.language == "en"


def test_the_chosen_appearance_is_kept(as_technician: Browser, technician: User) -> None:
    as_technician.post("/appearance/", {"theme": "dark"})

    technician.refresh_from_db()
    assert technician.theme == "dark"
    assert 'data-theme-choice="dark"' in as_technician.get("/search/").content.decode()


def test_a_lost_session_sends_htmx_to_the_sign_in_page(client: Browser, db: None) -> None:
    answer = client.get("/search/?q=x", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith("/accounts/login/")


def test_waiting_messages_travel_with_a_fragment(as_technician: Browser) -> None:
    request = as_technician.get("/search/", headers={"HX-Request": "true"}).wsgi_request

    def view(asked: HttpRequest) -> HttpResponse:
        messages.success(asked, "Saved & sent.")
        return HttpResponse("<p>ok</p>")

    answer = HtmxManners(view)(request).content.decode()

    assert answer.startswith("<p>ok</p>")
    assert 'hx-swap-oob="true"' in answer
    assert "Saved &amp; sent." in answer


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    listed = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text().split("\n")
    written = {
        name
        for page in TEMPLATES.rglob("*.html")
        for name in re.findall(r'(?:<c-icon name|\bicon)="([a-z0-9-]+)"', page.read_text())
    }

    assert written - set(listed) == set()


def test_every_icon_of_the_navigation_is_in_the_sprite() -> None:
    listed = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text().split("\n")
    entries = (*navigation.DESK, *navigation.CREATIONS, *navigation.PORTAL, *navigation.ACCOUNT)

    assert {entry.icon for entry in entries} - set(listed) == set()


def test_every_component_says_what_it_takes() -> None:
    silent = [
        page.name
        for page in (TEMPLATES / "cotton").glob("*.html")
        if not page.read_text().startswith("{% comment %}\n")
    ]

    assert silent == []
