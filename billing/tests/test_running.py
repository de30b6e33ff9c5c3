"""A run that issues its drafts, also when it was stopped in between."""

import pytest

from billing.models import BatchState, BillingRun, Invoice, InvoiceStatus, RunBatch, RunOutcome
from billing.operations.bill_batch import bill_batch
from billing.operations.start_run import start_run
from billing.queries.runs import unfinished_batches
from billing.running import work_on
from billing.tests.firm import APRIL, busy_client, open_firm
from clients.models import LegalEntity

pytestmark = pytest.mark.django_db


def work_through(run: BillingRun) -> None:
    for batch_id in unfinished_batches(run.pk):
        work_on(batch_id)
    run.refresh_from_db()


def start(*, issues_drafts: bool = False) -> BillingRun:
    return start_run(as_of_on=APRIL, is_handed_out=False, issues_drafts=issues_drafts)


def test_a_run_that_issues_gives_every_draft_its_number() -> None:
    open_firm()
    busy_client()
    busy_client()

    run = start(issues_drafts=True)
    work_through(run)

    assert run.is_finished
    assert {invoice.status for invoice in Invoice.objects.all()} == {InvoiceStatus.ISSUED}


def test_clients_who_need_no_review_are_issued_by_any_run() -> None:
    open_firm()
    busy_client()
    trusted = busy_client(issues_without_review=True)

    work_through(start())

    assert Invoice.objects.issued().get().client == trusted
    assert Invoice.objects.drafts().count() == 1


def test_a_run_that_was_stopped_before_issuing_goes_on_there() -> None:
    open_firm()
    busy_client()
    run = start(issues_drafts=True)
    bill_batch(batch_id=run.batches.get().pk)
    run.refresh_from_db()
    before = (run.is_finished, RunBatch.objects.get().state, Invoice.objects.drafts().count())

    work_through(run)

    assert before == (False, BatchState.ISSUING, 1)
    assert run.is_finished
    assert Invoice.objects.issued().count() == 1


def test_a_draft_that_cannot_be_issued_stays_a_draft_and_says_why() -> None:
    open_firm()
    LegalEntity.objects.update(vat_number="")
    busy_client()

    run = start(issues_drafts=True)
    work_through(run)

    assert run.is_finished
    assert Invoice.objects.get().is_draft
    assert RunOutcome.objects.get().reason != ""
