"""The proof that a run lost nothing: a table that adds up, with the rows behind each figure."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from billing.models import BillingRun, Claim, HeldItem, Invoice, RunProof
from billing.operations.prove_run import prove_run
from billing.proof_words import reason_text
from billing.queries.books.accounting import pieces_of, total_of
from billing.queries.flags import flags_of, with_flag_facts
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from catalog.tests.factories import WorkTypeFactory
from clients.models import Client
from contracts.models import ContractLine, ContractPause
from contracts.tests.factories import ContractFactory, ContractLineFactory, CoverageRuleFactory
from tickets.tests.factories import (
    FlatRateItemFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

pytestmark = pytest.mark.django_db
Table = dict[tuple[str, str], int]


@pytest.fixture(autouse=True)
def _firm() -> None:
    open_firm()


def proved(run: BillingRun, subject: str) -> Table:
    """Return the table of a subject by place and reason."""
    prove_run(run_id=run.pk)
    rows = RunProof.objects.filter(run=run, subject=subject)
    return {(row.place, row.reason): row.amount for row in rows}


def test_every_minute_is_in_one_place() -> None:
    """37 billed, 30 waived, 20 elsewhere, 15 not approved, 25 after the day: 127 in all."""
    client = busy_client()
    ticket = TicketFactory.create(client=client)
    TimeEntryFactory.create(ticket=ticket, minutes=30, is_billable=False)
    TimeEntryFactory.create(ticket=ticket, minutes=20, billed_elsewhere=True)
    TimeEntryFactory.create(ticket=ticket, minutes=15, is_approved=False)
    TimeEntryFactory.create(ticket=ticket, minutes=25, worked_on=APRIL)

    run = bill()

    assert proved(run, "minutes") == {
        ("billed", ""): 37,
        ("waived", ""): 30,
        ("elsewhere", ""): 20,
        ("open", "not_approved"): 15,
        ("open", "after"): 25,
    }
    assert total_of(run.pk, "minutes") == 127


def test_work_without_a_rate_is_held_alone_and_said_so_in_the_table_and_on_the_draft() -> None:
    """37 min are billed, 40 of a kind that no card names are held; the draft is flagged."""
    client = busy_client()
    climbing = WorkTypeFactory.create(code="climbing", name="Climbing")
    TimeEntryFactory.create(ticket__client=client, minutes=40, work_type=climbing)

    run = bill()

    draft = with_flag_facts(Invoice.objects.drafts()).get()
    assert proved(run, "minutes") == {("billed", ""): 37, ("held", "rate_missing"): 40}
    assert "held_evidence" in {flag.code for flag in flags_of(draft)}
    assert reason_text("rate_missing") == "no hourly rate"


def test_covered_work_and_open_flat_rates_have_their_places() -> None:
    contract = ContractFactory.create()
    CoverageRuleFactory.create(contract=contract)
    TimeEntryFactory.create(ticket__client=contract.client, minutes=40)
    waiting = TicketFactory.create(client=contract.client, flat_rate=True, closed_at=None)
    TimeEntryFactory.create(ticket=waiting, minutes=10)
    FlatRateItemFactory.create(ticket=waiting)
    closed_at = datetime(2026, 3, 20, 12, tzinfo=UTC)
    done = TicketFactory.create(client=contract.client, flat_rate=True, closed_at=closed_at)
    TimeEntryFactory.create(ticket=done, minutes=50)
    FlatRateItemFactory.create(ticket=done)

    run = bill()

    assert proved(run, "minutes") == {
        ("covered", ""): 40,
        ("flat", ""): 50,
        ("open", "not_due"): 10,
    }
    assert proved(run, "flat_rates") == {("billed", ""): 1, ("open", "not_due"): 1}


def test_contract_days_are_billed_ahead_or_not_due_yet() -> None:
    """In advance 30 days of April; in arrears 31 of March, and five of April are running."""
    client = Client.objects.get(pk=busy_client().pk)
    ContractLineFactory.create(
        contract__client=client,
        timing="arrears",
        quantity=1,
        unit_price=Decimal("10.00"),
        billed_through_on=date(2026, 2, 28),
    )

    run = bill(date(2026, 4, 6))

    table = proved(run, "days")
    advance, arrears = ContractLine.objects.order_by("pk")
    before = (date(2026, 4, 1) - advance.contract.starts_on).days
    also_before = (date(2026, 3, 1) - arrears.contract.starts_on).days
    assert table == {
        ("elsewhere", ""): before + also_before,
        ("billed", ""): 30 + 31,
        ("open", "not_due"): 5,
    }


def test_days_of_a_pause_are_not_owed() -> None:
    busy_client()
    line = ContractLine.objects.get()
    ContractPause.objects.create(
        contract=line.contract, starts_on="2026-04-11", last_day_on="2026-04-20", reason="Works"
    )

    run = bill()

    assert proved(run, "days")["billed", ""] == 20


def test_a_held_client_holds_all_that_is_due() -> None:
    busy_client(currency="USD")

    run = bill()

    assert proved(run, "minutes") == {("held", "client"): 37}
    assert proved(run, "parts") == {("held", "client"): 1}


def test_evidence_that_a_run_held_back_has_its_reason() -> None:
    busy_client(requires_purchase_order=True)

    run = bill()

    assert HeldItem.objects.count() == 3
    assert proved(run, "minutes") == {("held", "order_missing"): 37}
    assert proved(run, "parts") == {("held", "order_missing"): 1}


def test_what_no_charge_carries_any_more_is_lost() -> None:
    busy_client()
    run = bill()
    Claim.objects.filter(time_entry__isnull=False).delete()
    Claim.objects.filter(part_used__isnull=False).delete()

    assert proved(run, "minutes") == {("lost", ""): 37}
    assert proved(run, "parts") == {("lost", ""): 1}


def test_portions_that_do_not_add_up_to_their_entry_are_lost() -> None:
    busy_client()
    run = bill()
    Claim.objects.filter(time_entry__isnull=False).update(minutes=30)

    assert proved(run, "minutes") == {("billed", ""): 30, ("lost", "portion"): 7}


def test_each_figure_opens_to_its_rows() -> None:
    client = busy_client()
    PartUsedFactory.create(ticket__client=client, used_on=date(2026, 4, 2))

    run = bill()

    [late] = pieces_of(run.pk, "parts", "open/after", count=10)
    assert (late.client_id, late.day, late.amount) == (client.pk, date(2026, 4, 2), 1)
    assert len(pieces_of(run.pk, "parts", "billed/", count=10)) == 1


def test_a_run_at_work_is_not_proved() -> None:
    busy_client()
    run = bill()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE billing_billingrun SET state = 'running'")

    assert prove_run(run_id=run.pk) is False
    assert not RunProof.objects.exists()
