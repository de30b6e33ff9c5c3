"""What a ticket comes to so far."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from billing.operations.issue_invoices import issue_invoices
from billing.queries.ticket_money import ticket_money
from billing.tests.firm import bill, busy_client, open_firm
from tickets.models import Ticket
from tickets.tests.factories import FlatRateItemFactory, TicketFactory, TimeEntryFactory

TODAY = date(2026, 3, 31)


def test_work_that_is_on_no_invoice_is_valued_as_the_run_would(technician: User) -> None:
    open_firm()
    ticket = Ticket.objects.get(client=busy_client())

    money = ticket_money(ticket, technician, TODAY)

    assert [work.amount for work in money.works] == [Decimal("63.00"), Decimal("3.19")]
    assert (money.total, money.invoiced) == (Decimal("66.19"), Decimal("0.00"))


def test_work_on_an_issued_invoice_names_it(technician: User) -> None:
    open_firm()
    client = busy_client()
    run = bill()
    issue_invoices(
        invoice_ids=[run.invoices.get().pk], issued_on=date(2026, 4, 1), actor=technician
    )

    money = ticket_money(Ticket.objects.get(client=client), technician, TODAY)

    assert {work.invoice.number for work in money.works if work.invoice} == {"F-2026-00001"}
    assert (money.total, money.invoiced) == (Decimal("66.19"), Decimal("66.19"))


def test_a_flat_rate_counts_before_its_ticket_is_closed(technician: User) -> None:
    open_firm()
    ticket = TicketFactory.create(flat_rate=True)
    FlatRateItemFactory.create(ticket=ticket)
    TimeEntryFactory.create(ticket=ticket)

    money = ticket_money(ticket, technician, TODAY)

    assert sorted(work.amount or 0 for work in money.works) == [0, Decimal("149.00")]
    assert money.total == Decimal("149.00")


def test_the_value_costs_the_same_for_one_piece_of_work_as_for_twenty(
    as_technician: Browser,
) -> None:
    open_firm()
    ticket = Ticket.objects.get(client=busy_client())
    url = reverse("billing:ticket-money", args=[ticket.pk])
    as_technician.get(url)
    with CaptureQueriesContext(connection) as few:
        as_technician.get(url)
    TimeEntryFactory.create_batch(19, ticket=ticket)

    with CaptureQueriesContext(connection) as many:
        shown = as_technician.get(url)

    assert "€63.00" in shown.content.decode()
    assert len(many) == len(few)
