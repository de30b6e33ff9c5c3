"""Pages of the desk cost as many queries for fifty rows as for five; long lists lose nothing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from core.listing import sources
from core.listing.columns import Column
from core.listing.sources import QuerySource
from tickets.models import ReadMark, Ticket
from tickets.queries.unread import with_unread
from tickets.tests.factories import NoteFactory, TicketFactory

pytestmark = pytest.mark.django_db
FIELDS = ["number", "subject", "client__name"]
NUMBER = Column[Ticket]("number", "Number", sort="number")


def found(words: str) -> list[str]:
    source = QuerySource(Ticket.objects.all())
    source.search(words, FIELDS)
    source.order(NUMBER, descending=False)
    return [ticket.subject for ticket in source.slice(0, 50)]


@pytest.fixture
def three_tickets(firm: LegalEntity) -> None:
    moreau = ClientFactory.create(name="Menuiserie Moreau")
    TicketFactory.create(number="T1", subject="Printer offline", client=moreau)
    TicketFactory.create(number="T2", subject="Screen of Moreau's laptop")
    TicketFactory.create(number="T3", subject="Printer jams")


WORDS = [
    ("moreau", ["Printer offline", "Screen of Moreau's laptop"]),
    ("printer moreau", ["Printer offline"]),
    ("PRINTER", ["Printer offline", "Printer jams"]),
    ("t3", ["Printer jams"]),
    ("nobody", []),
]


@pytest.mark.usefixtures("three_tickets")
@pytest.mark.parametrize(("words", "subjects"), WORDS)
def test_a_word_is_found_in_the_ticket_or_in_its_client(words: str, subjects: list[str]) -> None:
    assert found(words) == subjects


@pytest.mark.usefixtures("three_tickets")
@pytest.mark.parametrize(("words", "subjects"), WORDS)
def test_the_same_is_found_where_very_many_clients_hold_the_word(
    words: str, subjects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "RELATED_AT_MOST", 0)

    assert found(words) == subjects


@pytest.mark.usefixtures("firm")
def test_a_page_far_in_holds_the_rows_that_follow_the_page_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "MANY", 4)
    for n in range(9):
        TicketFactory.create(number=f"T{n}")
    source = QuerySource(Ticket.objects.select_related("client"))
    source.order(NUMBER, descending=True)

    assert [row.number for row in source.slice(2, 5)] == ["T6", "T5", "T4"]
    assert [row.number for row in source.slice(5, 8)] == ["T3", "T2", "T1"]
    assert source.count() == 9
    assert [row.number for row in source.slice(0, 2)] == ["T8", "T7"]


def test_counting_a_list_does_not_ask_for_each_row_whether_it_is_read(technician: User) -> None:
    TicketFactory.create_batch(3)
    source = QuerySource(with_unread(Ticket.objects.all(), technician, 0))

    with CaptureQueriesContext(connection) as captured:
        count = source.count()

    assert count == 3
    assert [ReadMark._meta.db_table in one["sql"] for one in captured] == [False]


def test_rows_chosen_by_what_is_said_of_them_are_counted_once_each(firm: LegalEntity) -> None:
    for notes in (0, 1, 2, 3):
        NoteFactory.create_batch(notes, ticket=TicketFactory.create())
    talked_of = Ticket.objects.annotate(talk=Count("notes")).filter(talk__gte=2).order_by("talk")

    assert QuerySource(talked_of).count() == 2


def cost(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(address)
    assert answer.status_code == 200
    return len(captured)


@pytest.fixture
def desk_with(technician: User) -> Callable[[int], None]:
    """Fill the desk up to so many tickets of the technician's, all of different clients."""

    def fill(count: int) -> None:
        for n in range(Ticket.objects.count(), count):
            ticket = TicketFactory.create(assignee=technician, subject=f"Printer {n}")
            NoteFactory.create(ticket=ticket, body="The printer is offline")

    return fill


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize(
    "address",
    [
        reverse("tickets:tickets"),
        reverse("tickets:tickets") + "?scope=all&sort=-opened_at",
        reverse("tickets:tickets") + "?scope=all&q=printer",
        reverse("tickets:my-work"),
        reverse("tickets:tickets") + "?scope=open&layout=board",
        reverse("search") + "?q=printer",
    ],
)
def test_fifty_tickets_cost_the_queries_of_five(
    address: str, as_technician: Browser, desk_with: Callable[[int], None]
) -> None:
    desk_with(5)
    cost(as_technician, address)  # the first visit writes down where the reading begins
    five = cost(as_technician, address)
    desk_with(50)

    assert cost(as_technician, address) == five


@pytest.mark.usefixtures("firm")
def test_fifty_notes_cost_the_queries_of_five(as_technician: Browser, technician: User) -> None:
    ticket = TicketFactory.create()
    NoteFactory.create_batch(5, ticket=ticket, author=technician)
    cost(as_technician, ticket.get_absolute_url())  # the first visit is kept as read
    five = cost(as_technician, ticket.get_absolute_url())
    NoteFactory.create_batch(45, ticket=ticket, author=technician)

    assert cost(as_technician, ticket.get_absolute_url()) == five
