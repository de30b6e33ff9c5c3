"""Several who bill the same clients at the same moment, on real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from billing.domain.bill import Billing, draw_up
from billing.domain.evidence import ClientEvidence
from billing.models import BillingRun, Charge, Claim, Invoice, Outcome
from billing.operations.bill_batch import bill_batch
from billing.operations.discard_draft import discard_draft
from billing.operations.start_run import start_run
from billing.tests.factories import ChargeFactory
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from contracts.tests.factories import CoverageRuleFactory
from tickets.models import TimeEntry
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times: int, work: Callable[[int], object]) -> None:
    """Do the same from several threads that start together, each on its own connection."""
    start = Barrier(times)

    def one(n: int) -> None:
        start.wait()
        try:
            work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(one, range(times)))


def test_runs_of_overlapping_clients_bill_each_client_once() -> None:
    open_firm()
    clients = [busy_client().pk for _ in range(6)]

    at_once(4, lambda n: bill(client_ids=clients[: 3 + n]))

    assert BillingRun.objects.count() == 4
    assert Invoice.objects.count() == 6
    assert Charge.objects.count() == Claim.objects.count() == 18


def test_a_batch_that_is_given_to_four_workers_is_billed_once() -> None:
    open_firm()
    for _ in range(3):
        busy_client()
    batch = start_run(as_of_on=APRIL, is_handed_out=False).batches.get()

    at_once(4, lambda _: bill_batch(batch_id=batch.pk))

    assert Invoice.objects.count() == 3
    assert BillingRun.objects.get().is_finished


def test_the_last_of_two_batches_finishes_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billing.operations._runs.BATCH_SIZE", 1)
    open_firm()
    for _ in range(4):
        busy_client()
    batches = [one.pk for one in start_run(as_of_on=APRIL, is_handed_out=False).batches.all()]

    at_once(4, lambda n: bill_batch(batch_id=batches[n]))

    assert BillingRun.objects.get().is_finished
    assert Invoice.objects.count() == 4


def test_two_people_who_start_the_same_run_get_one() -> None:
    open_firm()
    busy_client()

    at_once(4, lambda _: start_run(as_of_on=APRIL, is_handed_out=False))

    assert BillingRun.objects.count() == 1


def test_work_that_changes_while_it_is_settled_is_rated_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between reading 30 minutes and settling them, somebody else saves 60."""
    open_firm()
    rule = CoverageRuleFactory.create()
    entry = TimeEntryFactory.create(ticket__client=rule.contract.client, minutes=30)

    def draw_up_while_somebody_types(evidence: ClientEvidence, as_of: date) -> Billing:
        others = TimeEntry.objects.filter(pk=entry.pk, minutes=30)
        at_once(1, lambda _: others.update(minutes=60))
        return draw_up(evidence, as_of)

    monkeypatch.setattr("billing.drawing.draw_up", draw_up_while_somebody_types)

    run = bill()

    assert run.outcomes.get().outcome == Outcome.NOTHING_DUE
    assert Claim.objects.get().minutes == 60
    assert Charge.objects.get().list_amount == Decimal("84.00")


def test_a_draft_is_discarded_once_and_its_evidence_billed_again() -> None:
    open_firm()
    busy_client()
    bill()
    draft = Invoice.objects.get()

    discard_draft(invoice_id=draft.pk, actor=None)
    bill()

    assert Invoice.objects.get().net == draft.net
    assert not Claim.objects.filter(charge__invoice=draft.pk).exists()


def test_the_database_refuses_a_second_live_claim() -> None:
    open_firm()
    busy_client()
    bill()
    entry = TimeEntry.objects.get()

    with pytest.raises(IntegrityError, match="billing_claim_time_once"), transaction.atomic():
        Claim.objects.create(charge=ChargeFactory.create(claim=False), time_entry=entry)
