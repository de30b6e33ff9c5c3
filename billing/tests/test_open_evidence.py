"""What is open is listed by the database itself, whoever writes or takes away what."""

from typing import Any

import pytest
from django.db import connection

from billing.models import Claim, Invoice, OpenEvidence
from billing.operations.cancel_invoice import cancel_invoice
from billing.operations.discard_draft import discard_draft
from billing.operations.issue_invoices import issue_invoices
from billing.queries.books import check_books
from billing.tests.firm import APRIL, bill, open_firm
from clients.tests.factories import ClientFactory
from tickets.models import TimeEntry
from tickets.tests.factories import (
    FlatRateItemFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

pytestmark = pytest.mark.django_db

MAKERS: dict[str, Any] = {
    "time_entry": TimeEntryFactory,
    "part_used": PartUsedFactory,
    "flat_rate_item": FlatRateItemFactory,
}


@pytest.fixture(autouse=True)
def _firm() -> None:
    open_firm()


@pytest.fixture(params=MAKERS)
def done(request: pytest.FixtureRequest) -> tuple[str, Any]:
    """Work, a part or a flat rate, and what it is called."""
    return request.param, MAKERS[request.param].create()


def listed() -> list[tuple[str, int, int]]:
    return list(OpenEvidence.objects.values_list("kind", "evidence_id", "owner_id").order_by("pk"))


def test_what_is_written_is_open_until_it_is_deleted(done: tuple[str, Any]) -> None:
    kind, row = done

    assert listed() == [(kind, row.pk, row.ticket.client_id)]
    row.delete()
    assert listed() == []


def test_what_another_system_has_billed_is_not_open(done: tuple[str, Any]) -> None:
    kind, row = done

    type(row).objects.update(billed_elsewhere=True)
    assert listed() == []
    type(row).objects.update(billed_elsewhere=False)
    assert listed() == [(kind, row.pk, row.ticket.client_id)]
    MAKERS[kind].create(ticket=row.ticket, billed_elsewhere=True)
    assert len(listed()) == 1


def test_it_follows_its_ticket_to_another_client_and_goes_with_another_ticket(
    done: tuple[str, Any],
) -> None:
    kind, row = done
    other, third = ClientFactory.create(), TicketFactory.create()

    row.ticket.client = other
    row.ticket.save()
    assert listed() == [(kind, row.pk, other.pk)]
    type(row).objects.update(ticket=third)
    assert listed() == [(kind, row.pk, third.client_id)]


def drafted() -> TimeEntry:
    entry: TimeEntry = TimeEntryFactory.create(minutes=60)
    bill()
    return entry


def test_what_is_on_a_draft_is_not_open_until_the_draft_is_discarded() -> None:
    entry = drafted()

    assert listed() == []
    discard_draft(invoice_id=Invoice.objects.get().pk, actor=None)
    assert [one[:2] for one in listed()] == [("time_entry", entry.pk)]


def test_what_was_issued_is_open_again_once_the_invoice_is_cancelled() -> None:
    entry = drafted()
    issue_invoices(invoice_ids=[Invoice.objects.get().pk], issued_on=APRIL, actor=None)

    assert listed() == []
    cancel_invoice(
        invoice_id=Invoice.objects.get().pk, reason="-", cancelled_on=APRIL,
        drafts_again=False, actor=None,
    )  # fmt: skip
    assert [one[:2] for one in listed()] == [("time_entry", entry.pk)]


def test_an_entry_on_two_charges_is_open_only_once_both_are_gone() -> None:
    drafted()
    claim = Claim.objects.get()
    second = Claim.objects.create(
        charge=claim.charge, time_entry=claim.time_entry, portion=1, minutes=0
    )

    claim.delete()
    assert listed() == []
    second.delete()
    assert len(listed()) == 1


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM billing_openevidence",
        "UPDATE billing_openevidence SET owner_id = owner_id + 1",
        "UPDATE billing_openevidence SET evidence_id = evidence_id + 1",
    ],
)
def test_a_list_that_has_gone_wrong_is_noticed(damage: str) -> None:
    TimeEntryFactory.create()
    assert [one.id for one in check_books() if not one.ok] == []

    with connection.cursor() as cursor:
        cursor.execute(damage)

    assert [one.id for one in check_books() if not one.ok] == ["I8"]
