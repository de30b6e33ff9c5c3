"""The tickets as a board: the columns, and moving a card."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tickets.models import Ticket, TicketMerge, TicketStatus
from tickets.queries.board import BoardColumn, board_columns, more_of
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

BOARD = "/tickets/?scope=open&layout=board"
HTMX = {"HX-Request": "true"}


def status(code: str) -> TicketStatus:
    return TicketStatus.objects.get(code=code)


def column(code: str) -> BoardColumn:
    columns = board_columns(Ticket.objects.all(), Ticket.objects.all())
    return next(one for one in columns if one.status.code == code)


def test_each_status_is_a_column_that_counts_its_tickets(firm: object) -> None:
    TicketFactory.create_batch(3)
    TicketFactory.create(status=status("waiting"))

    counts = {
        one.status.code: one.count
        for one in board_columns(Ticket.objects.all(), Ticket.objects.all())
    }

    assert counts == {"new": 3, "in-progress": 0, "waiting": 1, "closed": 0}


def test_a_column_holds_what_is_urgent_and_old_first(firm: object) -> None:
    TicketFactory.create(subject="young", opened_at=NOW)
    TicketFactory.create(subject="old", opened_at=NOW - timedelta(days=9))
    TicketFactory.create(subject="urgent", opened_at=NOW, priority="1_urgent")

    assert [one.subject for one in column("new").cards] == ["urgent", "old", "young"]


def test_what_is_closed_stands_latest_first(firm: object) -> None:
    for days in (3, 1, 2):
        TicketFactory.create(
            subject=str(days), status=status("closed"), closed_at=NOW - timedelta(days=days)
        )

    assert [one.subject for one in column("closed").cards] == ["1", "2", "3"]


def test_a_long_column_shows_twenty_cards_and_then_the_rest(firm: object) -> None:
    TicketFactory.create_batch(23)
    first = column("new")

    rest = more_of(Ticket.objects.all(), Ticket.objects.all(), status("new"), first.next_after)

    assert (first.count, len(first.cards), first.next_after) == (23, 20, 20)
    assert (len(rest.cards), rest.next_after) == (3, 0)
    assert not {one.pk for one in first.cards} & {one.pk for one in rest.cards}


def test_the_board_and_the_table_are_narrowed_by_the_same_address(
    as_technician: Browser, firm: object
) -> None:
    TicketFactory.create(subject="Printer jams", priority="1_urgent")
    TicketFactory.create(subject="Slow laptop")

    shown = as_technician.get(f"{BOARD}&priority=1_urgent").content.decode()

    assert "Printer jams" in shown
    assert "Slow laptop" not in shown


def test_htmx_gets_the_board_alone_and_more_cards_alone(
    as_technician: Browser, firm: object
) -> None:
    TicketFactory.create_batch(21)
    of_board = {**HTMX, "HX-Target": "listing-tickets"}

    board = as_technician.get(BOARD, headers=of_board).content.decode()
    more = as_technician.get(f"{BOARD}&column={status('new').pk}&after=20").content.decode()

    assert board.strip().startswith('<section class="board"')
    assert board.count("data-card ") == 20
    assert more.count("data-card ") == 1
    assert "<section" not in more


def test_the_board_costs_the_same_for_one_ticket_as_for_twenty(
    as_technician: Browser, firm: object
) -> None:
    TicketFactory.create()
    as_technician.get(BOARD)
    few = _queries_of(as_technician)

    TicketFactory.create_batch(19)

    assert _queries_of(as_technician) == few


def test_a_card_that_is_moved_changes_the_status_of_its_ticket(
    as_technician: Browser, ticket: Ticket, technician: User
) -> None:
    answer = as_technician.post(
        reverse("tickets:ticket-move", args=[ticket.pk]),
        {"status": status("waiting").pk, "seen": ticket.status_id, "next": BOARD},
    )

    ticket.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, BOARD)
    assert ticket.status.code == "waiting"
    assert ticket.status_changes.get().changed_by == technician


def test_htmx_gets_the_moved_card_with_its_new_status(
    as_technician: Browser, ticket: Ticket
) -> None:
    answer = as_technician.post(
        reverse("tickets:ticket-move", args=[ticket.pk]),
        {"status": status("waiting").pk, "seen": ticket.status_id},
        headers=HTMX,
    )

    assert answer.status_code == 200
    assert f'data-status="{status("waiting").pk}"' in answer.content.decode()


def test_a_card_that_somebody_moved_meanwhile_stays_where_they_put_it(
    as_technician: Browser, ticket: Ticket
) -> None:
    Ticket.objects.update(status=status("in-progress"))

    answer = as_technician.post(
        reverse("tickets:ticket-move", args=[ticket.pk]),
        {"status": status("waiting").pk, "seen": status("new").pk},
        headers=HTMX,
    )

    ticket.refresh_from_db()
    assert answer.status_code == 422
    assert answer["HX-Reswap"] == "none"
    assert f"{ticket.number}: It was moved to “In progress” meanwhile" in answer.content.decode()
    assert ticket.status.code == "in-progress"


def test_a_merged_ticket_is_not_moved_and_the_board_says_why(
    as_technician: Browser, ticket: Ticket, technician: User
) -> None:
    into = TicketFactory.create(client=ticket.client)
    TicketMerge.objects.create(
        ticket=ticket, into=into, status_before=ticket.status, merged_by=technician, merged_at=NOW
    )

    answer = as_technician.post(
        reverse("tickets:ticket-move", args=[ticket.pk]),
        {"status": status("waiting").pk, "next": BOARD},
        follow=True,
    )

    ticket.refresh_from_db()
    assert ticket.number in next(str(one) for one in answer.context["messages"])
    assert ticket.status.code == "new"


@pytest.mark.parametrize("wanted", ["", "x", "0", "999999"])
def test_a_status_that_is_none_is_not_found(
    as_technician: Browser, ticket: Ticket, wanted: str
) -> None:
    url = reverse("tickets:ticket-move", args=[ticket.pk])

    assert as_technician.post(url, {"status": wanted}).status_code == 404


def test_the_way_back_leads_nowhere_else(as_technician: Browser, ticket: Ticket) -> None:
    answer = as_technician.post(
        reverse("tickets:ticket-move", args=[ticket.pk]),
        {"status": status("waiting").pk, "next": "https://elsewhere.example/"},
    )

    assert answer["Location"] == "/tickets/?layout=board"


def _queries_of(browser: Browser) -> int:
    with CaptureQueriesContext(connection) as queries:
        browser.get(BOARD)
    return len(queries)
