"""What clients say about the help they got: by one click and one button, never by a link alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.tests.factories import ClientFactory
from tickets.mail_tokens import rating_token
from tickets.models import Rating, Ticket
from tickets.queries.ratings import by_client, by_technician, in_all
from tickets.tests.factories import RatingFactory, TicketFactory

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def closed() -> Ticket:
    made: Ticket = TicketFactory.create(closed=True, client__language="en")
    return made


def link(ticket: Ticket) -> str:
    return reverse("tickets:rate", args=[rating_token(ticket.pk, None)])


def test_following_the_link_records_nothing(client: Browser, closed: Ticket) -> None:
    response = client.get(link(closed) + "?score=3")

    assert response.status_code == 200
    assert 'value="3" ' in response.content.decode()
    assert not Rating.objects.exists()


def test_one_button_records_the_word_and_a_later_word_counts(
    client: Browser, closed: Ticket, technician: User
) -> None:
    Ticket.objects.update(assignee=technician)
    client.post(link(closed), {"score": "3"})
    client.post(link(closed), {"score": "1", "comment": "It broke again."})

    rating = Rating.objects.get()
    assert (rating.score, rating.comment) == (1, "It broke again.")
    assert (rating.technician, rating.channel) == (technician, "mail")


def test_a_second_click_begins_with_what_was_said_before(client: Browser, closed: Ticket) -> None:
    client.post(link(closed), {"score": "1", "comment": "It broke again."})

    page = client.get(link(closed) + "?score=3")

    form = page.context["form"]
    assert (form["score"].value(), form["comment"].value()) == ("3", "It broke again.")
    assert "It broke again.</textarea>" in page.content.decode()


def test_a_forged_link_rates_nothing(client: Browser, closed: Ticket) -> None:
    forged = reverse("tickets:rate", args=[rating_token(closed.pk, None)[:-3] + "abc"])

    assert client.post(forged, {"score": "3"}).status_code == 404
    assert not Rating.objects.exists()


def test_an_open_ticket_is_not_rated(client: Browser) -> None:
    response = client.post(link(TicketFactory.create()), {"score": "3"})

    assert response.status_code == 422
    assert not Rating.objects.exists()


def test_no_word_at_all_is_asked_for_again(client: Browser, closed: Ticket) -> None:
    assert client.post(link(closed), {"score": "9"}).status_code == 422
    assert not Rating.objects.exists()


def test_a_client_rates_in_the_portal(as_client_contact: Browser, client_contact: User) -> None:
    company = client_contact.contact.client
    ticket = TicketFactory.create(closed=True, client=company)

    as_client_contact.post(reverse("portal:ticket-rate", args=[ticket.pk]), {"score": "2"})

    rating = Rating.objects.get()
    assert (rating.score, rating.contact, rating.channel) == (2, client_contact.contact, "portal")


def test_words_are_counted_per_technician_and_client(technician: User) -> None:
    acme = ClientFactory.create(name="Acme")
    for score in (3, 3, 1):
        RatingFactory.create(score=score, technician=technician, ticket__client=acme)
    RatingFactory.create(score=2, ticket__client=ClientFactory.create(name="Beta"))

    everything = in_all(Rating.objects.all())
    clients = by_client(Rating.objects.all())
    people = by_technician(Rating.objects.all())

    assert (everything.good, everything.fair, everything.bad) == (2, 1, 1)
    assert everything.share_good == Decimal(50)
    assert [(one.name, one.count, one.share_good) for one in clients] == [
        ("Acme", 3, Decimal(67)),
        ("Beta", 1, Decimal(0)),
    ]
    assert [one.count for one in people] == [3, 1]


def test_the_report_shows_the_days_that_were_asked_for(as_technician: Browser) -> None:
    RatingFactory.create(comment="Very quick", given_at=datetime(2026, 3, 21, 9, tzinfo=UTC))
    RatingFactory.create(comment="Too slow", given_at=datetime(2026, 4, 2, 9, tzinfo=UTC))

    url = reverse("tickets:ratings") + "?first=2026-03-01&last=2026-03-31"
    page = as_technician.get(url).content.decode()

    assert "Very quick" in page
    assert "Too slow" not in page
    assert "100 %" in page


def test_a_clients_page_shows_what_it_said(as_technician: Browser) -> None:
    rating = RatingFactory.create(comment="Very quick")

    url = reverse("tickets:ratings-of-client", args=[rating.ticket.client_id])

    assert "Very quick" in as_technician.get(url).content.decode()
