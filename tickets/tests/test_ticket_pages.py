"""The list of tickets and a ticket's page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import ContactFactory
from contracts.tests.factories import CoverageRuleFactory
from tickets.models import Ticket, TicketStatus
from tickets.tests.conftest import NOW
from tickets.tests.factories import (
    FlatRateItemFactory,
    NoteFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

HTMX = {"HX-Request": "true"}


def page(ticket: Ticket, name: str = "ticket", *more: object) -> str:
    return reverse(f"tickets:{name}", args=[ticket.pk, *more])


def subjects(browser: Browser, query: str = "") -> list[str]:
    rows = browser.get(reverse("tickets:tickets") + query).context["listing"].rows
    return [row.subject for row in rows]


@pytest.fixture
def desk(firm: object, technician: User) -> None:
    """Tickets of mine, of nobody, of a colleague, and a closed one."""
    colleague = UserFactory.create(role="technician")
    TicketFactory.create(subject="mine", assignee=technician, opened_at=NOW - timedelta(days=2))
    TicketFactory.create(subject="older", assignee=technician, opened_at=NOW - timedelta(days=9))
    TicketFactory.create(subject="urgent", priority="1_urgent", opened_at=NOW)
    TicketFactory.create(subject="colleague's", assignee=colleague)
    TicketFactory.create(subject="done", assignee=technician, closed=True)


@pytest.mark.usefixtures("desk")
def test_the_desk_shows_mine_and_unassigned_by_urgency_and_age(as_technician: Browser) -> None:
    assert subjects(as_technician) == ["urgent", "older", "mine"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?scope=unassigned", {"urgent"}),
        ("?scope=closed", {"done"}),
        ("?scope=all", {"mine", "older", "urgent", "colleague's", "done"}),
        ("?q=colleague", {"colleague's"}),
        ("?priority=1_urgent", {"urgent"}),
        ("?billing_mode=free", set()),
    ],
)
def test_filters_in_the_address_narrow_the_list(
    as_technician: Browser, query: str, found: set[str]
) -> None:
    assert set(subjects(as_technician, query)) == found


def test_a_clients_tickets_are_listed_open_and_closed(
    as_technician: Browser, ticket: Ticket
) -> None:
    TicketFactory.create(client=ticket.client, subject="done", closed=True)
    TicketFactory.create(subject="another client's")

    listed = subjects(as_technician, f"?client={ticket.client_id}")
    fragment = as_technician.get(reverse("tickets:of-client", args=[ticket.client_id]))

    assert set(listed) == {"done", "Laptop does not start"}
    assert "done" in fragment.content.decode()
    assert "another client" not in fragment.content.decode()


def test_the_list_costs_the_same_for_one_ticket_as_for_twenty(
    as_technician: Browser, firm: object
) -> None:
    url = reverse("tickets:tickets") + "?scope=all"
    TicketFactory.create()
    as_technician.get(url)
    few = _queries_of(as_technician, url)

    TicketFactory.create_batch(19)

    assert _queries_of(as_technician, url) == few


def test_a_tickets_page_costs_the_same_for_one_event_as_for_twenty(
    as_technician: Browser, ticket: Ticket
) -> None:
    _add_events(ticket)
    as_technician.get(page(ticket))
    few = _queries_of(as_technician, page(ticket))

    for _ in range(19):
        _add_events(ticket)

    assert _queries_of(as_technician, page(ticket)) == few


def test_the_page_shows_what_happened_and_what_is_covered(
    as_technician: Browser, ticket: Ticket
) -> None:
    NoteFactory.create(ticket=ticket, body="Ask for the old disk", is_public=False)
    TimeEntryFactory.create(ticket=ticket, minutes=75)
    PartUsedFactory.create(ticket=ticket, description="Memory 16 GB")
    CoverageRuleFactory.create(contract__client=ticket.client, contract__name="Infogérance")

    shown = as_technician.get(page(ticket)).content.decode()

    for text in ("Ask for the old disk", "1 h 15 · Remote", "Memory 16 GB", "Infogérance"):
        assert text in shown


def test_one_property_changes_without_the_others(as_technician: Browser, ticket: Ticket) -> None:
    contact = ContactFactory.create(client=ticket.client)

    as_technician.post(page(ticket, "ticket-set", "contact"), {"contact": contact.pk})
    as_technician.post(page(ticket, "ticket-set", "priority"), {"priority": "2_high"})

    ticket.refresh_from_db()
    assert (ticket.contact, ticket.priority) == (contact, "2_high")


def test_a_contact_of_another_client_cannot_be_chosen(
    as_technician: Browser, ticket: Ticket
) -> None:
    stranger = ContactFactory.create()

    answer = as_technician.post(
        page(ticket, "ticket-set", "contact"), {"contact": stranger.pk}, headers=HTMX
    )

    ticket.refresh_from_db()
    assert (answer.status_code, ticket.contact) == (422, None)


def test_a_property_that_does_not_exist_is_not_found(
    as_technician: Browser, ticket: Ticket
) -> None:
    answer = as_technician.post(page(ticket, "ticket-set", "number"), {"number": "T1"})

    assert answer.status_code == 404


def test_status_take_and_assign(
    as_dispatcher: Browser, dispatcher: User, technician: User, ticket: Ticket
) -> None:
    closed = TicketStatus.objects.get(code="closed")

    as_dispatcher.post(page(ticket, "ticket-take"))
    ticket.refresh_from_db()
    taken_by = ticket.assignee
    as_dispatcher.post(page(ticket, "ticket-assign"), {"assignee": technician.pk})
    as_dispatcher.post(page(ticket, "ticket-status"), {"status": closed.pk})

    ticket.refresh_from_db()
    assert (taken_by, ticket.assignee, ticket.is_closed) == (dispatcher, technician, True)


def test_several_tickets_are_taken_assigned_and_closed_at_once(
    as_dispatcher: Browser, dispatcher: User, technician: User, firm: object
) -> None:
    chosen = [ticket.pk for ticket in TicketFactory.create_batch(3)]
    untouched = TicketFactory.create()

    as_dispatcher.post(reverse("tickets:tickets-take"), {"selected": chosen[:1]})
    asked = as_dispatcher.post(reverse("tickets:tickets-assign"), {"selected": chosen[1:]})
    as_dispatcher.post(
        reverse("tickets:tickets-assign"), {"selected": chosen[1:], "assignee": technician.pk}
    )
    as_dispatcher.post(reverse("tickets:tickets-close"), {"selected": chosen})

    found = Ticket.objects.filter(pk__in=chosen).order_by("pk")
    untouched.refresh_from_db()
    assert asked.status_code == 200
    assert [one.assignee for one in found] == [dispatcher, technician, technician]
    assert [one.is_closed for one in (*found, untouched)] == [True, True, True, False]


def _add_events(ticket: Ticket) -> None:
    for factory in (NoteFactory, TimeEntryFactory, PartUsedFactory, FlatRateItemFactory):
        factory.create(ticket=ticket)
    ticket.status_changes.create(to_status=ticket.status, changed_at=NOW)


def _queries_of(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)
