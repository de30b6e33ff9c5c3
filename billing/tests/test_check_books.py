"""The books are verified, and each way of breaking them is seen."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from billing.models import BillingRun, HeldItem, Invoice, Outcome, RunOutcome
from billing.operations.discard_draft import discard_draft
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.queries.books import check_books
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import PurchaseOrder
from clients.tests.factories import ClientFactory, ContactFactory
from contracts.models import Contract, ContractLine
from contracts.tests.factories import ContractFactory
from tickets.models import Ticket, TimeEntry
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db
CHECKS = ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10"]


@pytest.fixture
def books() -> None:
    """Two issued invoices of 437.99, one of them paid in part, and a draft."""
    open_firm()
    for name in ("Alpha", "Bravo", "Charlie"):
        busy_client(code=name.upper(), name=name)
    bill()
    first, second, _draft = Invoice.objects.order_by("client__code")
    issue_invoices(invoice_ids=[first.pk, second.pk], issued_on=date(2026, 4, 1), actor=None)
    record_payment(
        client_id=first.client_id,
        receipt=Receipt(date(2026, 4, 20), first.total / 2),
        allocations={first.pk: first.total / 2},
        actor=None,
    )


def tamper(*statements: str) -> None:
    """Do what the application cannot: write past triggers and foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def broken() -> dict[str, str | None]:
    """Return the checks that fail, with the first offender of each."""
    return {check.id: check.first for check in check_books() if not check.ok}


def test_whole_books_pass_every_check(books: None) -> None:
    checks = list(check_books())

    assert [check.id for check in checks] == CHECKS
    assert all(check.ok for check in checks)
    assert {check.id: check.examined for check in checks} == {
        "I1": 3,
        "I2": 9,
        "I3": 2,
        "I4": 3,
        "I5": 2,
        "I6": 0,
        "I7": 0,
        "I8": 12,
        "I9": 28,
        "I10": 3,
    }


@pytest.mark.parametrize(
    ("statement", "check", "first"),
    [
        ("UPDATE billing_charge SET amount = 63.01 WHERE amount = 63", "I1", "F-2026-00001: line"),
        (
            "UPDATE billing_taxline SET tax = 73.01",
            "I1",
            "F-2026-00001: tax",
        ),
        (
            "UPDATE billing_invoice SET tax = 72.99, total = 437.98 WHERE number <> ''",
            "I1",
            "F-2026-00001: tax",
        ),
        ("DELETE FROM billing_claim WHERE part_used_id IS NOT NULL", "I2", "line"),
        (
            "UPDATE billing_invoice SET number = 'F-2026-00003' WHERE number = 'F-2026-00002'",
            "I3",
            "F-2026-00003",
        ),
        (
            "UPDATE billing_invoice SET issued_on = '2026-03-31' WHERE number = 'F-2026-00002'",
            "I3",
            "F-2026-00002",
        ),
        ("UPDATE billing_numberseries SET last = 7", "I3", "F-2026"),
        (
            "UPDATE billing_charge SET description = 'Other' WHERE kind = 'part'",
            "I4",
            "F-2026-00001",
        ),
        (
            "UPDATE billing_invoice SET buyer = '{}' WHERE number = 'F-2026-00002'",
            "I4",
            "F-2026-00002",
        ),
        ("DELETE FROM billing_journalentry WHERE position = 1", "I4", "F-2026-00002"),
        ("DELETE FROM billing_claim WHERE time_entry_id IS NOT NULL", "I8", "time entry"),
        ("DELETE FROM billing_claim WHERE period_on IS NOT NULL", "I8", "contract"),
    ],
)
def test_what_was_tampered_with_is_found(
    books: None, statement: str, check: str, first: str
) -> None:
    tamper(statement)

    found = broken()

    assert check in found
    assert str(found[check]).startswith(first)


def test_evidence_on_two_live_lines_is_found(books: None) -> None:
    tamper(
        "DROP INDEX billing_claim_part_once",
        "UPDATE billing_claim SET part_used_id = (SELECT min(part_used_id) FROM billing_claim)"
        " WHERE part_used_id IS NOT NULL",
    )

    assert str(broken()["I2"]).startswith("part ")


def _wrong_contact() -> None:
    Ticket.objects.update(contact=ContactFactory(client=ClientFactory()))


def _wrong_charge() -> None:
    tamper("UPDATE billing_charge SET client_id = (SELECT max(id) FROM clients_client)")


def _others_order() -> PurchaseOrder:
    return PurchaseOrder.objects.create(client=ClientFactory(), number="PO-OTHER")


def _wrong_order() -> None:
    tamper(f"UPDATE billing_charge SET purchase_order_id = {_others_order().pk}")  # noqa: S608  (a key of our own)


def _wrong_covering_order() -> None:
    tamper(f"UPDATE billing_invoice SET covering_order_id = {_others_order().pk}")  # noqa: S608  (a key of our own)


def _wrong_order_of_contract() -> None:
    Contract.objects.update(purchase_order=_others_order())


def _wrong_order_of_line() -> None:
    ContractLine.objects.update(purchase_order=_others_order())


def _wrong_contract_of_ticket() -> None:
    Ticket.objects.update(contract_choice="contract", contract=ContractFactory())


def _wrong_held_item() -> None:
    entry = TimeEntry.objects.order_by("pk")[0]
    run = BillingRun.objects.get()
    HeldItem.objects.create(run=run, client=ClientFactory(), hold="x", time_entry=entry)


def _wrong_payment() -> None:
    tamper("UPDATE billing_payment SET client_id = (SELECT max(id) FROM clients_client)")


@pytest.mark.parametrize(
    ("mistake", "first"),
    [
        (_wrong_contact, "ticket"),
        (_wrong_charge, "charge"),
        (_wrong_payment, "allocation"),
        (_wrong_order, "charge"),
        (_wrong_covering_order, "invoice"),
        (_wrong_order_of_contract, "contract"),
        (_wrong_order_of_line, "contract line"),
        (_wrong_contract_of_ticket, "ticket"),
        (_wrong_held_item, "held item"),
    ],
)
def test_a_row_that_points_at_another_client_is_found(
    books: None, mistake: Callable[[], Any], first: str
) -> None:
    mistake()

    assert str(broken()["I9"]).startswith(first)


def test_what_is_due_later_or_was_put_aside_by_a_person_is_not_lost(books: None) -> None:
    draft = Invoice.objects.drafts().get()
    discard_draft(invoice_id=draft.pk, actor=None)
    TimeEntryFactory(ticket=Ticket.objects.order_by("pk")[0], worked_on=date(2026, 3, 9))
    TimeEntry.objects.filter(ticket__client__code="CHARLIE").update(is_approved=False)

    assert broken() == {}


def test_a_draft_of_an_earlier_run_may_be_discarded_until_the_next_run(books: None) -> None:
    draft = Invoice.objects.drafts().get()
    bill(draft.as_of_on)
    discard_draft(invoice_id=draft.pk, actor=None)

    assert broken() == {}
    run = BillingRun.objects.latest("pk")
    BillingRun.objects.filter(pk=run.pk).update(started_at=timezone.now())
    assert "I8" in broken()


def test_a_client_held_without_a_reason_is_lost(books: None) -> None:
    draft = Invoice.objects.drafts().get()
    outcomes = RunOutcome.objects.filter(client=draft.client)
    discard_draft(invoice_id=draft.pk, actor=None)

    outcomes.update(outcome=Outcome.HELD, reason="No rate.", discarded_at=None)
    assert "I8" not in broken()
    outcomes.update(reason="")
    assert "I8" in broken()


def test_the_command_prints_one_object_and_fails_when_something_is_wrong(books: None) -> None:
    out = StringIO()
    call_command("check_books", "--json", stdout=out)
    assert json.loads(out.getvalue())["ok"] is True

    tamper("UPDATE billing_numberseries SET last = 7")
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("check_books", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert stop.value.code == 1
    assert answer["ok"] is False
    assert answer["checks"][2] == {
        "id": "I3",
        "title": "Every series is contiguous from 1 with dates that never go back",
        "examined": 2,
        "failed": 1,
        "first": "F-2026",
    }


def test_the_command_prints_each_check_with_its_count(books: None) -> None:
    out = StringIO()

    call_command("check_books", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line.split()[:2] for line in lines] == [["ok", check] for check in CHECKS]
