"""Cancelling an issued invoice, and billing its evidence again exactly once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.models import User
from billing.models import Cancellation, Claim, Invoice, JournalEntry
from billing.operations.cancel_invoice import (
    AlreadyCancelled,
    CancelNotPossible,
    cancel_invoice,
)
from billing.operations.discard_draft import discard_draft
from billing.operations.park_client import park_client
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.redraft import redraft
from billing.queries.credit import credit_of
from billing.queries.flags import with_flag_facts
from billing.tests.cancelled import APRIL_8, billed, cancel, faults, issue
from billing.tests.credited import balance_of, credit
from billing.tests.factories import ChargeFactory, DraftFactory, TaxLineFactory
from billing.tests.firm import bill, open_firm
from contracts.models import ContractLine
from contracts.tests.factories import LineVersionFactory, PrepaidBlockFactory
from tickets.models import TimeCorrection, TimeEntry
from tickets.operations.delete_time import delete_time
from tickets.refusals import Refusal
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)
INSERT = (
    "INSERT INTO billing_cancellation (invoice_id, reason, cancelled_on, cancelled_at)"
    " VALUES (%(invoice)s, 'x', '2026-04-08', now())"
)


@pytest.fixture
def invoice() -> Invoice:
    return billed()


def refused(statement: str, **values: int) -> None:
    """Assert that the database refuses a statement."""
    with (
        pytest.raises((IntegrityError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values or None)


def test_all_that_is_left_is_credited_and_the_evidence_is_free(invoice: Invoice) -> None:
    done = cancel(invoice)

    note = done.credit_note
    assert note is not None
    assert (note.number, note.corrects, note.total) == (
        "AV-2026-00001", invoice, Decimal("437.99")
    )  # fmt: skip
    assert note.mentions[-1] == {
        "code": "CXL", "text": "Annule en totalité la facture F-2026-00001 du 1er avril 2026."
    }  # fmt: skip
    assert (balance_of(invoice), done.drafts) == (Decimal(0), ())
    claims = Claim.objects.filter(charge__invoice=invoice)
    assert claims.count() == 3
    assert {claim.cancellation for claim in claims} == {done.cancellation}
    assert not claims.filter(released_at=None).exists()
    assert faults() == {}


def test_the_next_run_bills_what_was_freed_exactly_once(invoice: Invoice) -> None:
    """April's month, 37 minutes and the cable again: 364.99; a further run finds nothing."""
    cancel(invoice)
    bill()
    again = Invoice.objects.drafts().get()
    bill()

    assert Invoice.objects.drafts().get() == again
    assert (again.net, again.total) == (Decimal("364.99"), Decimal("437.99"))
    issue(again, APRIL_8)
    assert faults() == {}


def test_a_new_draft_holds_the_corrected_evidence_and_names_what_it_replaces(
    invoice: Invoice,
) -> None:
    done = cancel(invoice, again=True)

    [draft] = done.drafts
    assert (draft.replaces, draft.total) == (invoice, Decimal("437.99"))
    TimeEntry.objects.update(minutes=61, billable_minutes=61, version=2)
    fresh = redraft(invoice_id=draft.pk)
    assert fresh is not None
    assert (fresh.replaces, fresh.net) == (invoice, Decimal("406.99"))
    new = issue(fresh, APRIL_8)
    said = "Remplace la facture F-2026-00001 du 1er avril 2026, annulée."
    assert {"code": "REP", "text": said} in new.mentions
    assert (new.number, faults()) == ("F-2026-00002", {})


def test_a_second_cancel_does_nothing_and_says_so(invoice: Invoice) -> None:
    cancel(invoice)

    with pytest.raises(AlreadyCancelled, match=r"was cancelled on .*8.* already"):
        cancel(invoice, again=True)
    assert Invoice.objects.filter(document_kind="credit_note").count() == 1
    assert (Cancellation.objects.count(), Invoice.objects.drafts().count()) == (1, 0)


def test_of_a_partly_credited_invoice_only_the_rest_is_credited(invoice: Invoice) -> None:
    """437.99 less 120.00 leaves 317.99; the evidence is due again in full all the same."""
    credit(invoice, "100.00")
    done = cancel(invoice, again=True)

    assert done.credit_note is not None
    assert done.credit_note.total == Decimal("317.99")
    assert (balance_of(invoice), done.drafts[0].total) == (Decimal(0), Decimal("437.99"))
    assert faults() == {}


def test_a_wholly_credited_invoice_is_cancelled_without_another_note(invoice: Invoice) -> None:
    credit(invoice)
    done = cancel(invoice, again=True)

    assert done.credit_note is None
    assert Invoice.objects.filter(document_kind="credit_note").count() == 1
    assert JournalEntry.objects.latest("position").event == "cancel"
    assert (done.drafts[0].total, faults()) == (Decimal("437.99"), {})


def test_what_was_paid_becomes_the_clients_credit(invoice: Invoice) -> None:
    record_payment(
        client_id=invoice.client_id, receipt=Receipt(APRIL_8, Decimal(200)),
        allocations={invoice.pk: Decimal(200)}, actor=None,
    )  # fmt: skip
    cancel(invoice)

    assert credit_of(invoice.client_id) == {"EUR": Decimal("200.00")}
    assert (balance_of(invoice), faults()) == (Decimal(0), {})


def test_what_a_cancelled_invoice_freed_is_open_until_it_is_billed(invoice: Invoice) -> None:
    """A draft that is discarded after a later run leaves its evidence open, not lost."""
    [draft] = cancel(invoice, again=True).drafts
    bill()
    discard_draft(invoice_id=draft.pk, actor=None)

    assert faults() == {}
    bill(MAY)
    assert Invoice.objects.drafts().get().net == Decimal("663.79")
    assert faults() == {}


def test_the_client_on_hold_is_cancelled_only_without_a_draft(invoice: Invoice) -> None:
    park_client(client_id=invoice.client_id, reason="Lawsuit", actor=None)

    with pytest.raises(CancelNotPossible, match=r"cannot be drafted again: .*Lawsuit"):
        cancel(invoice, again=True)
    assert (Cancellation.objects.count(), balance_of(invoice)) == (0, Decimal("437.99"))
    assert cancel(invoice).credit_note is not None


@pytest.mark.parametrize(
    ("reason", "day", "sentence"),
    [
        (" ", APRIL_8, "says why"),
        ("Wrong", date(2026, 3, 31), "cannot be older than its invoice"),
    ],
)
def test_what_is_missing_or_too_early_is_refused(
    invoice: Invoice, reason: str, day: date, sentence: str
) -> None:
    with pytest.raises(CancelNotPossible, match=sentence):
        cancel_invoice(
            invoice_id=invoice.pk, reason=reason, cancelled_on=day, drafts_again=False, actor=None
        )
    assert Claim.objects.filter(released_at=None).count() == 3


def test_drafts_and_credit_notes_are_not_cancelled(invoice: Invoice) -> None:
    note = credit(invoice, "10.00")
    bill(MAY)

    for other in (note, Invoice.objects.drafts().get()):
        with pytest.raises(CancelNotPossible):
            cancel(other)
    assert Cancellation.objects.count() == 0


def test_freed_work_can_be_changed_again_but_stays_on_record(
    invoice: Invoice, technician: User
) -> None:
    cancel(invoice)
    entry = TimeEntry.objects.get()

    TimeEntry.objects.update(technician=technician)
    TimeEntry.objects.update(billable_minutes=0)
    with pytest.raises(Refusal, match="on an invoice that is cancelled and stays on record"):
        delete_time(entry_id=entry.pk, actor=technician)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_claim SET released_at = now()",
        "UPDATE billing_claim SET released_at = now(), cancellation_id = %(other)s",
        "DELETE FROM billing_claim",
        INSERT,
    ],
)
def test_evidence_is_freed_by_the_cancellation_of_its_invoice_alone(statement: str) -> None:
    done = cancel(billed())
    bill()
    invoice = issue(Invoice.objects.drafts().get(), APRIL_8)
    values = {"other": done.cancellation.pk, "invoice": invoice.pk}

    refused(statement, **values)
    assert Claim.objects.filter(charge__invoice=invoice, released_at=None).count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_cancellation SET reason = 'x'",
        "DELETE FROM billing_cancellation",
        "UPDATE billing_claim SET released_at = NULL",
        "UPDATE billing_claim SET cancellation_id = NULL",
        "UPDATE billing_claim SET minutes = 1 WHERE time_entry_id IS NOT NULL",
    ],
)
def test_a_cancellation_and_what_it_freed_never_change(invoice: Invoice, statement: str) -> None:
    cancel(invoice)

    refused(statement)
    assert (Cancellation.objects.get().reason, faults()) == ("Wrong hours", {})


def test_a_cancelled_invoice_is_no_measure_of_what_is_usual(invoice: Invoice) -> None:
    [draft] = cancel(invoice, again=True).drafts

    [seen] = with_flag_facts(Invoice.objects.filter(pk=draft.pk))
    assert seen.recent_nets == []  # type: ignore[attr-defined]  # annotated


def test_an_invoice_that_comes_to_nothing_is_cancelled_by_a_note_of_nothing() -> None:
    draft = DraftFactory(lines=False, net=0, tax=0, total=0)
    ChargeFactory(invoice=draft, position=1)
    ChargeFactory(
        invoice=draft, position=2, quantity=Decimal(-90),
        amount=Decimal("-126.00"), list_amount=Decimal("-126.00"),
    )  # fmt: skip
    TaxLineFactory(invoice=draft, base=0, tax=0)
    invoice = issue(draft)

    note = cancel(invoice).credit_note
    assert note is not None
    assert [line.amount for line in note.charges.order_by("position")] == [
        Decimal("126.00"), Decimal("-126.00")
    ]  # fmt: skip
    assert (note.total, faults()) == (0, {})


def test_what_a_later_invoice_corrects_is_cancelled_after_it(invoice: Invoice) -> None:
    """Three more workstations from 2 April are a correction on May's invoice."""
    LineVersionFactory.create(
        line=ContractLine.objects.get(), starts_on=date(2026, 4, 2), quantity=15,
        unit_price=Decimal("24.9000"),
    )  # fmt: skip
    bill(MAY)
    draft = Invoice.objects.drafts().get()

    with pytest.raises(CancelNotPossible, match=r"A draft as of .* corrects lines of this invoice"):
        cancel(invoice)
    may = issue(draft, MAY)
    with pytest.raises(CancelNotPossible, match=r"F-2026-00002 corrects lines .* cancel that one"):
        cancel(invoice, MAY)
    cancel(may, MAY)
    assert cancel(invoice, MAY).credit_note is not None
    assert faults() == {}


def test_a_correction_of_time_is_cancelled_before_the_time(invoice: Invoice) -> None:
    entry = TimeEntry.objects.get()
    TimeCorrection.objects.create(
        time_entry=entry, minutes=15, found_on=date(2026, 4, 10), reason="Too long"
    )
    bill(MAY)
    may = issue(Invoice.objects.drafts().get(), MAY)

    with pytest.raises(CancelNotPossible, match="F-2026-00002 corrects lines"):
        cancel(invoice, MAY)
    cancel(may, MAY)
    cancel(invoice, MAY)
    assert faults() == {}


def test_a_block_whose_hours_are_drawn_elsewhere_is_sold_again() -> None:
    """The sale of 1,000.00 is billed in April; its hours pay for work of April, billed in May."""
    open_firm()
    block = PrepaidBlockFactory.create(sold_on=date(2026, 3, 20), starts_on=date(2026, 3, 1))
    bill()
    sale = issue(Invoice.objects.get())
    TimeEntryFactory.create(ticket__client=block.client, minutes=60, worked_on=date(2026, 4, 7))
    bill(MAY)

    done = cancel(sale, again=True)
    [draft] = done.drafts
    assert draft.net == sale.net
    assert Claim.objects.filter(prepaid_block=block, released_at=None).count() == 1
    assert Claim.objects.filter(drawn_block=block, released_at=None).exists()
    assert faults() == {}
