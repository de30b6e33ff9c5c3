"""Tickets that come again and again start from a template."""

import pytest
from django.test import Client as Browser

from accounts.models import User
from clients.tests.factories import ClientFactory
from tests.plugins.cast import SignIn
from tickets.models import Ticket, TicketTemplate
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.tests.conftest import NOW

NEW = "/tickets/new/"


@pytest.fixture
def leaver(firm: object, technician: User) -> TicketTemplate:
    """What is done when somebody leaves."""
    return TicketTemplate.objects.create(
        name="Leaver",
        subject="Somebody leaves",
        description="Name and last day",
        priority="2_high",
        assignee=technician,
        checklist="Lock the account\n\nForward the mail\n",
    )


def test_the_form_starts_with_what_the_template_says(
    as_technician: Browser, technician: User, leaver: TicketTemplate
) -> None:
    client = ClientFactory.create()

    shown = as_technician.get(f"{NEW}?template={leaver.pk}&client={client.pk}").context

    form = shown["form"]
    assert form["subject"].value() == "Somebody leaves"
    assert form["priority"].value() == "2_high"
    assert form["assignee"].value() == technician.pk
    assert shown["client"] == client


def test_a_ticket_from_a_template_has_its_checklist(
    as_technician: Browser, leaver: TicketTemplate
) -> None:
    ClientFactory.create(code="AN")
    form = as_technician.get(f"{NEW}?template={leaver.pk}").context["form"]
    names = ("subject", "description", "priority", "billing_mode")
    values = {name: form[name].value() for name in names}

    as_technician.post(
        NEW,
        {
            **values,
            "client": "AN",
            "board": form["board"].value(),
            "template": leaver.pk,
        },
    )

    points = Ticket.objects.get().checklist.order_by("position")
    assert [point.text for point in points] == ["Lock the account", "Forward the mail"]


@pytest.mark.parametrize("template_id", [None, 999_999])
def test_without_a_template_there_is_no_checklist(
    technician: User, leaver: TicketTemplate, template_id: int | None
) -> None:
    client = ClientFactory.create()
    new = NewTicket(client_id=client.pk, subject="Printer", template_id=template_id)

    ticket = open_ticket(new=new, actor=technician, now=NOW)

    assert not ticket.checklist.exists()


def test_dispatchers_prepare_templates_and_technicians_only_use_them(
    sign_in: SignIn, dispatcher: User, technician: User, firm: object
) -> None:
    said = {
        "name": "New workstation",
        "subject": "A workstation for …",
        "priority": "3_normal",
        "billing_mode": "hourly",
        "checklist": "Order it",
    }
    refused = sign_in(technician).post("/tickets/templates/new/", said)

    made = sign_in(dispatcher).post("/tickets/templates/new/", said)

    assert (refused.status_code, made.status_code) == (403, 302)
    assert TicketTemplate.objects.get().checklist == "Order it"


def test_a_checklist_that_no_ticket_could_take_is_refused(
    sign_in: SignIn, dispatcher: User, firm: object
) -> None:
    said = {"name": "Long", "subject": "Long", "priority": "3_normal", "billing_mode": "hourly"}

    answer = sign_in(dispatcher).post(
        "/tickets/templates/new/", {**said, "checklist": "point\n" * 500}
    )

    assert answer.status_code == 422
    assert not TicketTemplate.objects.exists()


def test_programs_prepare_and_use_templates(
    sign_in: SignIn, dispatcher: User, firm: object
) -> None:
    browser = sign_in(dispatcher)

    made = browser.post(
        "/api/v1/ticket-templates/",
        {"name": "Leaver", "subject": "Somebody leaves", "checklist": "Lock the account"},
        content_type="application/json",
    )
    ticket = browser.post(
        "/api/v1/tickets/",
        {
            "client": ClientFactory.create().pk,
            "subject": "Anna leaves",
            "template": made.json()["id"],
        },
        content_type="application/json",
    )

    assert ticket.status_code == 201
    assert Ticket.objects.get().checklist.get().text == "Lock the account"
