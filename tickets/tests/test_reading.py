"""What is unread, and lists that say when something changed."""

from concurrent.futures import ThreadPoolExecutor

import pghistory
import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import LegalEntityFactory
from tests.plugins.cast import SignIn
from tickets.models import ReadingStart, ReadMark, Ticket, TicketStatus
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.mark_read import mark_read
from tickets.operations.mark_unread import mark_unread
from tickets.operations.read_all import read_all
from tickets.operations.write_note import write_note
from tickets.queries.unread import latest_news, with_unread
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

LIST = "/tickets/?scope=all"


def unread(user: User) -> set[str]:
    start = ReadingStart.objects.filter(person=user).values_list("number", flat=True).first() or 0
    rows = with_unread(Ticket.objects.all(), user, start)
    return {one.subject for one in rows if one.is_unread}  # type: ignore[attr-defined]  # annotated


@pytest.fixture
def seen(ticket: Ticket, technician: User) -> Ticket:
    """A ticket that the technician has read."""
    ticket.refresh_from_db()
    read_all(actor=technician, number=0)
    mark_read(ticket_id=ticket.pk, number=ticket.news_number, actor=technician)
    return ticket


def test_a_ticket_that_a_colleague_answers_is_unread_again(
    seen: Ticket, technician: User, dispatcher: User
) -> None:
    assert unread(technician) == set()

    write_note(ticket_id=seen.pk, body="Done?", is_public=False, actor=dispatcher, now=NOW)

    assert unread(technician) == {seen.subject}


def test_a_change_of_status_and_of_owner_is_news(
    seen: Ticket, technician: User, dispatcher: User
) -> None:
    waiting = TicketStatus.objects.get(code="waiting")
    change_status(ticket_id=seen.pk, status_id=waiting.pk, actor=dispatcher, now=NOW)
    first = unread(technician)
    seen.refresh_from_db()
    mark_read(ticket_id=seen.pk, number=seen.news_number, actor=technician)

    assign_ticket(ticket_id=seen.pk, assignee_id=technician.pk, actor=dispatcher, now=NOW)

    assert (first, unread(technician)) == ({seen.subject}, {seen.subject})


def test_what_i_change_myself_stays_read(seen: Ticket, technician: User) -> None:
    with pghistory.context(user=technician.pk):
        write_note(ticket_id=seen.pk, body="Mine", is_public=False, actor=technician, now=NOW)

    assert unread(technician) == set()


def test_what_i_change_does_not_hide_what_a_colleague_wrote_before(
    seen: Ticket, technician: User, dispatcher: User
) -> None:
    write_note(ticket_id=seen.pk, body="Look", is_public=False, actor=dispatcher, now=NOW)

    with pghistory.context(user=technician.pk):
        write_note(ticket_id=seen.pk, body="Mine", is_public=False, actor=technician, now=NOW)

    assert unread(technician) == {seen.subject}


def test_the_page_reads_the_ticket_and_the_button_makes_it_unread(
    as_technician: Browser, ticket: Ticket, technician: User
) -> None:
    read_all(actor=technician, number=0)
    before = unread(technician)

    as_technician.get(ticket.get_absolute_url())
    read = unread(technician)
    as_technician.post(reverse("tickets:ticket-unread", args=[ticket.pk]))

    assert (before, read, unread(technician)) == ({ticket.subject}, set(), {ticket.subject})


def test_all_read_leaves_one_row_and_what_came_later_unread(
    as_technician: Browser, seen: Ticket, technician: User
) -> None:
    TicketFactory.create(subject="second")
    drawn = latest_news()
    TicketFactory.create(subject="came later")

    as_technician.post(reverse("tickets:all-read"), {"number": drawn})

    assert unread(technician) == {"came later"}
    assert not ReadMark.objects.exists()
    assert ReadingStart.objects.get(person=technician).number == drawn


def test_a_page_from_before_calls_nothing_unread_that_was_read_since(
    seen: Ticket, technician: User
) -> None:
    drawn = latest_news()
    TicketFactory.create(subject="second")
    read_all(actor=technician, number=latest_news())

    told = read_all(actor=technician, number=drawn)

    assert unread(technician) == set()
    assert told == latest_news()


def test_programs_call_everything_read_up_to_the_news_they_were_told(
    sign_in: SignIn, technician: User, seen: Ticket
) -> None:
    browser, url = sign_in(technician), "/api/v1/tickets/all-read/"
    TicketFactory.create(subject="second")
    told = browser.get(url).json()
    TicketFactory.create(subject="came later")

    some = browser.post(url, told, content_type="application/json")
    left = unread(technician)
    everything = browser.post(url)

    assert (some.json(), left) == (told, {"came later"})
    assert everything.json() == {"number": latest_news()}
    assert unread(technician) == set()


@pytest.mark.parametrize("number", [-1, "x", 2**63, None])
def test_a_number_that_makes_no_sense_is_refused_and_nothing_is_read(
    sign_in: SignIn, technician: User, ticket: Ticket, number: object
) -> None:
    read_all(actor=technician, number=0)
    sent = {"number": number}

    answer = sign_in(technician).post(
        "/api/v1/tickets/all-read/", sent, content_type="application/json"
    )

    assert answer.status_code == 400
    assert unread(technician) == {ticket.subject}


def test_news_that_are_yet_to_come_are_not_read_in_advance(
    sign_in: SignIn, technician: User, seen: Ticket
) -> None:
    sent = {"number": latest_news() + 1000}
    sign_in(technician).post("/api/v1/tickets/all-read/", sent, content_type="application/json")

    TicketFactory.create(subject="came later")

    assert unread(technician) == {"came later"}


def test_whoever_looks_for_the_first_time_has_read_what_is_there(
    as_technician: Browser, firm: object
) -> None:
    TicketFactory.create(subject="old")
    first = as_technician.get(LIST).content.decode()

    TicketFactory.create(subject="young")

    assert "is-unread" not in first
    assert as_technician.get(LIST).content.decode().count("is-unread") == 1


@pytest.mark.parametrize("address", [LIST, f"{LIST}&layout=board", "/tickets/mine/"])
def test_unread_tickets_stand_out_at_no_further_query(
    as_technician: Browser, technician: User, firm: object, address: str
) -> None:
    as_technician.get(address)
    TicketFactory.create(assignee=technician)
    few, shown = _asked(as_technician, address)

    TicketFactory.create_batch(9, assignee=technician)
    many, shown_then = _asked(as_technician, address)

    assert (shown.count("is-unread"), shown_then.count("is-unread")) == (1, 10)
    assert few == many


def test_the_list_asks_for_news_and_hears_how_many(
    as_technician: Browser, ticket: Ticket, dispatcher: User
) -> None:
    since = latest_news()
    address = f"/tickets/news/?scope=open&since={since}&shown={ticket.pk}"
    quiet = as_technician.get(address)

    TicketFactory.create(subject="new")
    closed = TicketStatus.objects.get(code="closed")
    change_status(ticket_id=ticket.pk, status_id=closed.pk, actor=dispatcher, now=NOW)
    heard = as_technician.get(address)

    assert quiet.status_code == 204
    assert "2 changed – show" in heard.content.decode()
    assert int(heard["X-News"]) == latest_news()


def test_news_outside_the_filter_are_none(as_technician: Browser, firm: object) -> None:
    since = latest_news()
    TicketFactory.create(priority="4_low")

    assert as_technician.get(f"/tickets/news/?priority=1_urgent&since={since}").status_code == 204


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30])
def test_a_question_that_makes_no_sense_has_no_news(
    as_technician: Browser, ticket: Ticket, since: str
) -> None:
    address = f"/tickets/news/?scope=all&since={since}&shown=x,,1e5"

    assert as_technician.get(address).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_open_a_ticket_at_once_leave_one_mark() -> None:
    LegalEntityFactory.create()
    person: User = UserFactory.create(role="technician")
    ticket = TicketFactory.create()

    def read(number: int) -> None:
        try:
            mark_read(ticket_id=ticket.pk, number=number, actor=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, [7, 7]))

    assert ReadMark.objects.get().number == 7


def test_reading_never_goes_back_but_marking_does(seen: Ticket, technician: User) -> None:
    mark_read(ticket_id=seen.pk, number=0, actor=technician)
    still = unread(technician)
    mark_unread(ticket_id=seen.pk, actor=technician)

    assert (still, unread(technician)) == (set(), {seen.subject})


def _asked(browser: Browser, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        shown = browser.get(address).content.decode()
    return len(queries), shown
