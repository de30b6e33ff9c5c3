"""Kept promises in reports: each figure is what the stretches of the clocks say."""

import csv
from collections import Counter
from io import StringIO

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from contracts.tests.factories import ContractFactory
from core.business_hours import BusinessHours
from core.business_hours.schedule import Window
from tests.plugins.cast import SignIn
from tickets.models import ServiceBoard, SLAVerdict, Ticket, TicketMerge
from tickets.operations.look_at_clock import look_at_clock
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.take_ticket import take_ticket
from tickets.operations.undo_merge import undo_merge
from tickets.tests.clocks import NINE_TO_FIVE, PARIS, Desk, paris

pytestmark = pytest.mark.django_db
MINUTES = {"3_normal": (60, 480)}
COLUMNS = {
    "response met": "First answers in time",
    "response missed": "First answers missed",
    "resolution met": "Solutions in time",
    "resolution missed": "Solutions missed",
}


@pytest.fixture
def desk(technician: User) -> Desk:
    """A desk that answers within an hour and solves within eight."""
    return Desk.with_promise(technician, MINUTES)


@pytest.fixture
def as_manager(sign_in: SignIn, manager: User) -> Browser:
    """Somebody who reads reports."""
    return sign_in(manager)


def solved(desk: Desk, opened: str, answered: str, closed: str) -> Ticket:
    """Open, answer and close a ticket."""
    ticket = desk.opened(opened)
    take_ticket(ticket_id=ticket.pk, actor=desk.technician, now=paris(opened))
    desk.said(ticket, answered, is_public=True)
    desk.moved(ticket, "closed", closed)
    return ticket


def three_tickets(desk: Desk) -> list[Ticket]:
    """Leave one that kept both promises, one that missed the answer, one that missed both."""
    return [
        solved(desk, "2026-03-09 09:00", "2026-03-09 09:30", "2026-03-09 16:00"),
        solved(desk, "2026-03-30 16:30", "2026-03-31 10:00", "2026-03-31 16:30"),
        solved(desk, "2026-03-31 15:00", "2026-04-01 09:00", "2026-04-02 09:00"),
    ]


def exported(browser: Browser, address: str) -> list[dict[str, str]]:
    """Return the rows of an exported list."""
    response = browser.get(f"{address}{'&' if '?' in address else '?'}export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a download streams
    return list(csv.DictReader(StringIO(text)))


def test_the_export_of_a_month_is_what_its_intervals_say(desk: Desk, as_manager: Browser) -> None:
    """Count anew, from nothing but what happened and the hours on the wall."""
    three_tickets(desk)
    windows = {day: (Window(opens, closes),) for day, opens, closes in NINE_TO_FIVE}
    office = BusinessHours(PARIS, tuple(windows.get(day, ()) for day in range(7)))
    expected: Counter[tuple[str, str]] = Counter()
    for ticket in Ticket.objects.filter(client=desk.client):
        answer = ticket.notes.earliest("written_at").written_at
        closed = ticket.closed_at or answer
        for kind, minutes, done in (("response", 60, answer), ("resolution", 480, closed)):
            due = office.due(ticket.opened_at, minutes * 60)
            is_missed = due < done
            month = min(due, done).astimezone(PARIS).strftime("%B %Y")
            expected[month, f"{kind} {'missed' if is_missed else 'met'}"] += 1

    told: Counter[tuple[str, str]] = Counter()
    for row in exported(as_manager, "/tickets/service-levels/"):
        for name, column in COLUMNS.items():
            told[row["Group"], name] += int(row[column])
    assert +told == expected
    assert expected["March 2026", "response missed"] == 2
    assert expected["April 2026", "resolution missed"] == 1


def test_a_row_opens_the_verdicts_that_it_counts(desk: Desk, as_manager: Browser) -> None:
    missed = three_tickets(desk)[2]

    rows = exported(as_manager, "/tickets/service-levels/verdicts/?month=2026-04&outcome=missed")

    assert {row["Ticket"] for row in rows} == {str(missed)}
    assert [row["Promise"] for row in rows] == ["first solution", "final solution"]
    assert {row["Used"] for row in rows} == {"600"}


def test_promises_are_counted_by_whose_they_are(desk: Desk, as_manager: Browser) -> None:
    contract = ContractFactory.create(
        client=desk.client, number="K1", name="Care", sla_policy=desk.policy
    )
    solved(desk, "2026-03-09 09:00", "2026-03-09 09:30", "2026-03-09 16:00")
    other = Desk(desk.client, desk.policy, UserFactory.create(first_name="Zoé", last_name="Z"))
    solved(other, "2026-03-10 09:00", "2026-03-10 10:30", "2026-03-10 16:00")

    by = {
        group: {
            row["Group"]: (row["First answers in time"], row["First answers missed"])
            for row in exported(as_manager, f"/tickets/service-levels/?by={group}")
        }
        for group in ("client", "contract", "board", "technician", "month")
    }

    assert by == {
        "client": {"Alpha SAS": ("1", "1")},
        "contract": {str(contract): ("1", "1")},
        "board": {str(ServiceBoard.objects.get()): ("1", "1")},
        "technician": {str(desk.technician): ("1", "0"), "Zoé Z": ("0", "1")},
        "month": {"March 2026": ("1", "1")},
    }


def test_a_promise_that_is_missed_counts_though_nobody_has_closed_the_ticket(
    desk: Desk, as_manager: Browser
) -> None:
    ticket = desk.opened("2026-03-09 09:00")
    look_at_clock(ticket_id=ticket.pk, now=paris("2026-03-11 09:00"))

    [row] = exported(as_manager, "/tickets/service-levels/")

    assert (row["First answers missed"], row["Solutions missed"]) == ("1", "1")
    assert row["First solutions missed"] == "0"


def test_the_page_shows_shares_and_opens_to_verdicts(desk: Desk, as_manager: Browser) -> None:
    three_tickets(desk)

    page = as_manager.get("/tickets/service-levels/?by=client").content.decode()

    assert "33.3" in page
    assert f"/tickets/service-levels/verdicts/?client={desk.client.pk}" in page


def test_programs_read_the_same_figures(desk: Desk, as_manager: Browser) -> None:
    three_tickets(desk)

    months = as_manager.get("/api/v1/sla-attainment/?by=month").json()

    assert [(row["key"], row["response"]["met"], row["response"]["missed"]) for row in months] == [
        ("2026-04", 0, 0),
        ("2026-03", 1, 2),
    ]


def test_a_technician_does_not_read_how_others_keep_promises(
    sign_in: SignIn, technician: User
) -> None:
    assert sign_in(technician).get("/tickets/service-levels/").status_code == 403


def merged(desk: Desk, ticket: Ticket, into: Ticket, at: str) -> TicketMerge:
    return merge_tickets(
        ticket_id=ticket.pk, number=into.number, actor=desk.technician, now=paris(at)
    )


def test_a_ticket_that_goes_on_in_another_one_is_no_kept_promise(desk: Desk) -> None:
    ticket, into = desk.opened("2026-03-09 09:00"), desk.opened("2026-03-09 09:00")
    merge = merged(desk, ticket, into, "2026-03-09 09:10")
    kept = SLAVerdict.objects.filter(ticket=ticket, outcome="met")

    assert kept.count() == 3
    assert kept.counted().count() == 0

    undo_merge(merge_id=merge.pk, actor=desk.technician, now=paris("2026-03-09 09:20"))

    assert kept.count() == 0  # it was neither answered nor solved


def test_a_miss_and_what_was_kept_before_are_counted_though_the_ticket_goes_on_elsewhere(
    desk: Desk,
) -> None:
    late, answered = desk.opened("2026-03-09 09:00"), desk.opened("2026-03-09 09:00")
    into = desk.opened("2026-03-09 09:00")
    desk.said(answered, "2026-03-09 09:30", is_public=True)
    for ticket in (late, answered):
        merged(desk, ticket, into, "2026-03-09 10:30")

    counted = SLAVerdict.objects.filter(ticket__in=[late, answered]).counted()
    found = [(one.ticket_id, one.kind, one.outcome) for one in counted]
    assert sorted(found) == [
        (late.pk, "response", "missed"),
        (answered.pk, "response", "met"),
    ]


def test_reports_leave_out_what_only_the_merge_kept(desk: Desk, as_manager: Browser) -> None:
    ticket, into = desk.opened("2026-03-09 09:00"), desk.opened("2026-03-09 09:00")
    merged(desk, ticket, into, "2026-03-09 09:10")

    page = as_manager.get(reverse("tickets:verdicts")).content.decode()

    assert ticket.number not in page
