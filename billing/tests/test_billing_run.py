"""A billing run: who gets a draft, who is held, and what is never billed twice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.domain.bill import Billing, draw_up
from billing.domain.evidence import ClientEvidence
from billing.models import Charge, Claim, Invoice, Outcome, RunOutcome, RunState, TaxLine, Treatment
from billing.operations import _runs as starting
from billing.operations.bill_batch import bill_batch
from billing.operations.start_run import RunNotStartable, start_run
from billing.queries.runs import unfinished_batches
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from clients.tests.factories import ClientFactory
from contracts.models import ContractLine
from contracts.tests.factories import ContractFactory, CoverageRuleFactory, LineVersionFactory
from tickets.models import Ticket, TimeEntry
from tickets.tests.factories import (
    FlatRateItemFactory,
    PartUsedFactory,
    TicketFactory,
    TimeEntryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _firm() -> None:
    open_firm()


def reason_of(run_outcome: Outcome) -> str:
    return RunOutcome.objects.get(outcome=run_outcome).reason


def test_a_draft_mixes_contract_time_and_parts() -> None:
    client = busy_client(language="en")

    run = bill()

    invoice = Invoice.objects.get()
    assert (invoice.client, invoice.run, invoice.as_of_on) == (client, run, APRIL)
    assert (invoice.net, invoice.tax, invoice.total) == tuple(
        Decimal(amount) for amount in ("364.99", "73.00", "437.99")
    )
    number = Ticket.objects.get().number
    assert list(invoice.charges.values_list("position", "description", "amount")) == [
        (1, "Workstation care – April 2026", Decimal("298.80")),
        (2, f"{number} Laptop does not start: Remote, 10 Mar 2026", Decimal("63.00")),
        (3, f"{number} Laptop does not start: Memory 16 GB", Decimal("3.19")),
    ]
    assert TaxLine.objects.get().base == Decimal("364.99")


def test_a_finished_run_has_an_outcome_for_every_client() -> None:
    busy, idle = busy_client(), ClientFactory.create()
    held = busy_client(currency="USD")

    run = bill()

    assert run.state == RunState.FINISHED
    assert run.finished_at is not None
    assert dict(run.outcomes.values_list("client", "outcome")) == {
        busy.pk: Outcome.DRAFTED,
        idle.pk: Outcome.NOTHING_DUE,
        held.pk: Outcome.HELD,
    }
    made = RunOutcome.objects.with_invoices().get(client=busy)
    assert (made.invoice_count, made.net, made.total) == (1, Decimal("364.99"), Decimal("437.99"))
    assert [one["id"] for one in vars(made)["documents"]] == [Invoice.objects.get().pk]


def test_a_held_client_has_a_reason_in_the_language_of_the_firm() -> None:
    busy_client(currency="USD")

    bill()

    assert "USD" in reason_of(Outcome.HELD)
    assert "EUR" in reason_of(Outcome.HELD)
    assert not Charge.objects.exists()


def test_running_again_changes_nothing() -> None:
    busy_client()
    bill()
    before = list(Charge.objects.values())

    again = bill()

    assert list(Charge.objects.values()) == before
    assert [row.outcome for row in again.outcomes.all()] == [Outcome.NOTHING_DUE]


def test_late_work_goes_on_a_further_draft_with_its_own_day() -> None:
    client = busy_client()
    bill()
    TimeEntryFactory.create(ticket__client=client, minutes=60, worked_on=date(2026, 3, 5))

    bill(date(2026, 4, 6))

    latest = Invoice.objects.latest("pk")
    assert latest.net == Decimal("84.00")
    assert latest.charges.get().starts_on == date(2026, 3, 5)


def test_more_seats_after_billing_are_trued_up_once() -> None:
    """12 seats billed for April; 15 from 16 April on: 3 x 24.90 x 15/30 = 37.35."""
    busy_client()
    bill()
    line = ContractLine.objects.get()
    LineVersionFactory.create(
        line=line, starts_on=date(2026, 4, 16), quantity=15, unit_price=Decimal("24.90")
    )

    bill(date(2026, 4, 20))
    bill(date(2026, 4, 21))

    correction = Charge.objects.get(kind="adjustment")
    assert correction.amount == Decimal("37.35")
    assert correction.claims.get().revision == 1
    assert Invoice.objects.count() == 2


def test_work_that_costs_nothing_is_settled_without_an_invoice() -> None:
    contract = ContractFactory.create()
    CoverageRuleFactory.create(contract=contract)
    entry = TimeEntryFactory.create(ticket__client=contract.client)

    run = bill()

    charge = Charge.objects.get()
    assert (charge.treatment, charge.amount, charge.list_amount) == (
        Treatment.COVERED,
        Decimal(0),
        Decimal("42.00"),
    )
    assert (charge.invoice, charge.position, charge.run) == (None, None, run)
    assert charge.claims.get().time_entry == entry
    assert not Invoice.objects.exists()
    assert run.outcomes.get().outcome == Outcome.NOTHING_DUE


def test_what_another_system_billed_and_what_nobody_approved_stays_out() -> None:
    ticket = TicketFactory.create()
    TimeEntryFactory.create(ticket=ticket, billed_elsewhere=True)
    TimeEntryFactory.create(ticket=ticket, is_approved=False)
    PartUsedFactory.create(ticket=ticket, billed_elsewhere=True)

    bill()

    assert not Charge.objects.exists()


def test_a_flat_rate_counts_by_the_firms_local_day_of_closing() -> None:
    """Closed at 00:30 on 1 April in Paris: not before 1 April, though still March in UTC."""
    closed_at = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    ticket = TicketFactory.create(flat_rate=True, closed_at=closed_at)
    FlatRateItemFactory.create(ticket=ticket)

    bill()
    on_the_first = Charge.objects.count()
    bill(date(2026, 4, 2))

    assert on_the_first == 0
    assert Charge.objects.get().amount == Decimal("149.00")


def test_a_claim_remembers_which_version_of_the_evidence_it_saw() -> None:
    busy_client()
    entry = TimeEntry.objects.get()
    TimeEntry.objects.filter(pk=entry.pk).update(minutes=20)

    bill()

    claim = Claim.objects.get(time_entry=entry)
    assert (claim.minutes, claim.evidence_version) == (20, 1)


def test_starting_a_run_that_is_at_work_returns_it() -> None:
    busy_client()

    first = start_run(as_of_on=APRIL, is_handed_out=False)
    again = start_run(as_of_on=APRIL, is_handed_out=False)
    other_day = start_run(as_of_on=date(2026, 5, 1), is_handed_out=False)

    assert again == first
    assert other_day != first
    assert first.batches.count() == 1


def test_a_run_of_some_clients_leaves_the_others_alone() -> None:
    chosen, _other = busy_client(), busy_client()

    run = bill(client_ids=[chosen.pk])

    assert run.client_count == 1
    assert Invoice.objects.get().client == chosen


def test_a_run_without_clients_is_finished_at_once() -> None:
    assert start_run(as_of_on=APRIL, client_ids=[], is_handed_out=False).is_finished


def test_a_firm_that_is_not_set_up_cannot_bill() -> None:
    entity = open_firm()
    entity.delete()

    with pytest.raises(RunNotStartable):
        start_run(as_of_on=APRIL)


def test_a_batch_that_was_billed_is_left_alone() -> None:
    busy_client()
    run = bill()

    assert bill_batch(batch_id=run.batches.get().pk) is False
    assert unfinished_batches() == []
    assert Invoice.objects.count() == 1


def test_the_client_whom_the_database_refuses_is_held_and_the_others_are_billed() -> None:
    fine = busy_client()
    huge = busy_client()
    PartUsedFactory.create(
        ticket__client=huge, quantity=Decimal(10_000_000), unit_price=Decimal(9_999_999_999)
    )

    run = bill()

    assert Invoice.objects.get().client == fine
    assert run.outcomes.get(client=fine).outcome == Outcome.DRAFTED
    held = run.outcomes.get(client=huge)
    assert held.outcome == Outcome.HELD
    assert "numeric field overflow" in held.reason


def test_a_fault_of_the_engine_holds_one_client_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sick, fine = busy_client(), busy_client()

    def fail_for_one(evidence: ClientEvidence, as_of: date) -> Billing:
        if evidence.buyer.id == sick.pk:
            raise ZeroDivisionError("nought")
        return draw_up(evidence, as_of)

    monkeypatch.setattr("billing.drawing.draw_up", fail_for_one)

    run = bill()

    assert Invoice.objects.get().client == fine
    assert "nought" in run.outcomes.get(client=sick).reason


def test_the_queries_of_a_batch_do_not_depend_on_its_size() -> None:
    for _ in range(10):
        busy_client()
    few = _queries_of_a_batch()
    for _ in range(30):
        busy_client()

    many = _queries_of_a_batch()

    assert Invoice.objects.count() == 40
    assert many == few


def test_large_runs_are_parted_into_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "BATCH_SIZE", 2)
    clients = [ClientFactory.create().pk for _ in range(5)]

    run = start_run(as_of_on=APRIL, is_handed_out=False)

    assert [batch.client_ids for batch in run.batches.all()] == [
        clients[:2],
        clients[2:4],
        clients[4:],
    ]


def _queries_of_a_batch() -> int:
    run = start_run(as_of_on=APRIL, is_handed_out=False)
    with CaptureQueriesContext(connection) as queries:
        bill_batch(batch_id=run.batches.get().pk)
    return len(queries)
