"""Discarding and refreshing drafts."""

from decimal import Decimal

import pytest

from billing.models import Invoice, RunOutcome
from billing.operations.discard_draft import NotADraft, discard_draft
from billing.operations.issue_invoices import issue_invoices
from billing.operations.redraft import ClientHeld, redraft
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from clients.models import Client
from contracts.models import ContractLine
from tickets.models import PartUsed, TimeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Invoice:
    """The draft of 364.99 net of the only client."""
    open_firm()
    busy_client()
    bill()
    return Invoice.objects.get()


def test_a_refreshed_draft_shows_the_evidence_as_it_is_now(draft: Invoice) -> None:
    TimeEntry.objects.update(minutes=60)  # 84.00 instead of 63.00

    fresh = redraft(invoice_id=draft.pk)

    assert fresh == Invoice.objects.get()
    assert fresh is not None
    assert (fresh.net, fresh.run, fresh.as_of_on) == (Decimal("385.99"), draft.run, APRIL)
    assert RunOutcome.objects.get().net == Decimal("385.99")


def test_a_refreshed_draft_of_which_nothing_is_left_is_gone(draft: Invoice) -> None:
    ContractLine.objects.update(billed_through_on="2026-04-30")
    TimeEntry.objects.update(billed_elsewhere=True)
    PartUsed.objects.update(billed_elsewhere=True)

    assert redraft(invoice_id=draft.pk) is None
    assert not Invoice.objects.exists()
    assert RunOutcome.objects.get().outcome == "nothing_due"


def test_a_draft_stays_when_its_client_cannot_be_billed_any_more(draft: Invoice) -> None:
    Client.objects.update(currency="USD")

    with pytest.raises(ClientHeld, match="USD"):
        redraft(invoice_id=draft.pk)

    assert Invoice.objects.get() == draft
    assert draft.charges.count() == 3


def test_an_issued_invoice_is_neither_discarded_nor_refreshed(draft: Invoice) -> None:
    issue_invoices(invoice_ids=[draft.pk], issued_on=APRIL, actor=None)

    with pytest.raises(NotADraft):
        discard_draft(invoice_id=draft.pk, actor=None)
    with pytest.raises(NotADraft):
        redraft(invoice_id=draft.pk)

    assert Invoice.objects.get().charges.count() == 3
