"""What is typed into the form of a new ticket is kept on the server until it is sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client as Browser

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import ClientFactory
from tickets.models import NewTicketDraft, Ticket
from tickets.operations.keep_new_ticket_draft import keep_new_ticket_draft
from tickets.refusals import Refusal
from tickets.tests.conftest import NOW

NEW, DRAFT = "/tickets/new/", "/tickets/new/draft/"
HTMX = {"HX-Request": "true"}


def typed(**said: str) -> dict[str, str]:
    return {"subject": "No mail", "priority": "2_high", "sheet": "one", **said}


def test_what_was_typed_is_there_again_in_another_tab(as_technician: Browser, firm: object) -> None:
    client = ClientFactory.create(name="Atelier Nord", code="AN")
    values = typed(client="AN", **{"time-minutes": "30", "time-is_billable": "on"})

    kept = as_technician.post(DRAFT, values, headers=HTMX)
    shown = as_technician.get(NEW).context

    assert "Draft kept" in kept.content.decode()
    assert shown["form"]["subject"].value() == "No mail"
    assert shown["form"]["priority"].value() == "2_high"
    assert shown["client"] == client
    assert shown["time"]["minutes"].value() == "30"


def test_a_form_in_which_nothing_is_typed_leaves_no_draft(
    as_technician: Browser, firm: object
) -> None:
    as_technician.post(DRAFT, {"subject": "  ", "priority": "3_normal", "sheet": "one"})

    assert as_technician.get(NEW).context["draft"] is None


def test_a_draft_is_thrown_away(as_technician: Browser, firm: object) -> None:
    as_technician.post(DRAFT, typed())

    answer = as_technician.post(DRAFT, {**typed(), "throw-away": "yes"})

    assert answer["Location"] == NEW
    assert as_technician.get(NEW).context["draft"] is None


def test_what_is_sent_is_no_draft_any_more_and_a_late_save_brings_nothing_back(
    as_technician: Browser, firm: object
) -> None:
    ClientFactory.create(code="AN")
    shown = as_technician.get(NEW).context["form"]
    values = typed(client="AN", billing_mode="hourly", board=str(shown["board"].value()))
    as_technician.post(DRAFT, values)

    as_technician.post(NEW, values)
    as_technician.post(DRAFT, values)

    assert Ticket.objects.get().subject == "No mail"
    assert as_technician.get(NEW).context["draft"] is None


def test_who_comes_from_a_clients_page_starts_afresh_and_the_draft_waits(
    as_technician: Browser, firm: object
) -> None:
    client = ClientFactory.create(name="Atelier Nord")
    as_technician.post(DRAFT, typed())

    shown = as_technician.get(f"{NEW}?client={client.pk}").context

    assert shown["form"]["subject"].value() is None
    assert shown["client"] == client
    assert shown["waits"] == NewTicketDraft.objects.get()


def test_nobody_reads_the_draft_of_another(
    as_technician: Browser, dispatcher: User, firm: object
) -> None:
    keep_new_ticket_draft(sheet="x", fields={"subject": "Secret"}, actor=dispatcher, now=NOW)

    assert as_technician.get(NEW).context["draft"] is None


def test_a_book_is_no_draft(technician: User) -> None:
    with pytest.raises(Refusal):
        keep_new_ticket_draft(
            sheet="x", fields={"description": "x" * 200_001}, actor=technician, now=NOW
        )

    assert not NewTicketDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_save_at_once_leave_one_draft() -> None:
    person: User = UserFactory.create(role="technician")

    def save(subject: str) -> None:
        try:
            keep_new_ticket_draft(sheet=subject, fields={"subject": subject}, actor=person, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(save, ["one", "two"]))

    assert NewTicketDraft.objects.get().fields["subject"] in {"one", "two"}
