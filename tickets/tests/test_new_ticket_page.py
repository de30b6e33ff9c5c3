"""A new ticket in one form."""

import re
from datetime import date

from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from catalog.tests.factories import WorkTypeFactory
from clients.tests.factories import ClientFactory, ContactFactory
from tickets.models import ServiceBoard, Ticket, TicketStatus


def typed(**fields: object) -> dict[str, object]:
    board = ServiceBoard.objects.get(is_default=True)
    return {
        "subject": "Printer jams",
        "priority": "3_normal",
        "billing_mode": "hourly",
        "board": board.pk,
        "time-work_type": WorkTypeFactory.create().pk,
        "time-is_billable": "on",
        "time-worked_on": date(2026, 3, 31),
        **fields,
    }


def test_one_form_opens_the_ticket_logs_time_and_closes_it(
    as_technician: Browser, technician: User, firm: object
) -> None:
    client = ClientFactory.create(name="Boulangerie Mercier", code="BM")
    closed = TicketStatus.objects.get(code="closed")
    fields = typed(client="BM", status=closed.pk, **{"time-minutes": "30"})

    answer = as_technician.post(reverse("tickets:ticket-create"), fields)

    ticket = Ticket.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, ticket.get_absolute_url())
    assert (ticket.client, ticket.is_closed) == (client, True)
    assert (ticket.time_entries.get().minutes, ticket.time_entries.get().technician) == (
        30,
        technician,
    )


def test_a_client_that_is_not_known_is_refused_and_everything_typed_is_kept(
    as_technician: Browser, firm: object
) -> None:
    fields = typed(client="Nobody", description="On fire", **{"time-minutes": "30"})

    answer = as_technician.post(reverse("tickets:ticket-create"), fields)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors["client"] == ["No client has this name or code."]
    for text in ('value="Nobody"', 'value="Printer jams"', "On fire", 'value="30"'):
        assert text in shown
    assert not Ticket.objects.exists()


def test_a_name_that_could_be_two_clients_names_both(as_technician: Browser, firm: object) -> None:
    ClientFactory.create(name="Garage Nord", code="GN")
    ClientFactory.create(name="Garage Sud", code="GS")

    answer = as_technician.post(reverse("tickets:ticket-create"), typed(client="garage"))

    assert answer.context["form"].errors["client"] == [
        "Which one: Garage Nord (GN), Garage Sud (GS)?"
    ]


def test_time_that_is_refused_opens_no_ticket(as_technician: Browser, firm: object) -> None:
    client = ClientFactory.create()
    fields = typed(client=client.code, **{"time-minutes": "2000"})

    answer = as_technician.post(reverse("tickets:ticket-create"), fields)

    assert answer.context["time"].errors["minutes"] == ["One entry holds at most 24 hours."]
    assert not Ticket.objects.exists()


def test_clients_are_suggested_while_typing(as_technician: Browser, firm: object) -> None:
    ClientFactory.create(name="Garage Nord", code="GN")
    ClientFactory.create(name="Garage Sud", code="GS", lost=True)
    ClientFactory.create(name="Pharmacie", code="PH")

    answer = as_technician.get(reverse("tickets:client-options"), {"client": "gar"})

    assert re.findall('<option value="(.*?)">', answer.content.decode()) == ["Garage Nord (GN)"]


def test_contacts_follow_the_client_that_was_typed(as_technician: Browser, firm: object) -> None:
    ContactFactory.create(client__code="GN", last_name="Ours")
    ContactFactory.create(last_name="Theirs")

    shown = as_technician.get(reverse("tickets:client-choices"), {"client": "GN"}).content.decode()

    assert "Ours</option>" in shown
    assert "Theirs" not in shown


def test_without_javascript_a_button_shows_the_clients_contacts(
    as_technician: Browser, firm: object
) -> None:
    ours = ContactFactory.create(client__code="GN")

    answer = as_technician.post(
        reverse("tickets:ticket-create"), typed(client="GN", subject="", choose="")
    )

    assert answer.status_code == 200
    assert list(answer.context["form"].fields["contact"].queryset) == [ours]
    assert not Ticket.objects.exists()


def test_a_clients_own_page_leads_to_a_form_with_the_client_in_it(
    as_technician: Browser, firm: object
) -> None:
    contact = ContactFactory.create(client__name="Garage Nord", client__code="GN")

    answer = as_technician.get(reverse("tickets:ticket-create"), {"client": contact.client_id})

    assert answer.context["form"]["client"].value() == "Garage Nord (GN)"
    assert list(answer.context["form"].fields["contact"].queryset) == [contact]
