"""Minutes taken back of issued invoices: credited by the next run, once."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from billing.models import Charge, Claim, Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.paper import render_pdf
from billing.queries.books import check_books
from billing.tests.firm import bill, open_firm
from catalog.models import RateCard
from contracts.models import Allowance
from contracts.tests.factories import CoverageRuleFactory
from tickets.models import TimeCorrection, TimeEntry
from tickets.tests.factories import PartUsedFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def entry() -> TimeEntry:
    """An hour of March at 84.00, drafted on 1 April; and a part of April."""
    open_firm()
    found: TimeEntry = TimeEntryFactory.create(minutes=60, ticket__client__language="en")
    PartUsedFactory.create(ticket=found.ticket, used_on=date(2026, 4, 10), quantity=3)
    bill(APRIL)
    return found


def issue() -> None:
    """Issue all drafts."""
    drafts = list(Invoice.objects.filter(status="draft").values_list("pk", flat=True))
    issue_invoices(invoice_ids=drafts, issued_on=MAY, actor=None)


def take_back(entry: TimeEntry, minutes: int) -> TimeCorrection:
    correction: TimeCorrection = TimeCorrection.objects.create(
        time_entry=entry, minutes=minutes, reason="wrong ticket", found_on=date(2026, 4, 15)
    )
    return correction


def credits_of(entry: TimeEntry) -> list[tuple[Decimal, Decimal]]:
    found = Charge.objects.filter(claims__time_correction__time_entry=entry).order_by("pk")
    return [(charge.quantity, charge.amount) for charge in found]


def test_minutes_taken_back_are_credited_on_the_next_invoice(entry: TimeEntry) -> None:
    issue()
    take_back(entry, 15)

    bill(MAY)
    issue()

    assert credits_of(entry) == [(Decimal(-15), Decimal("-21.00"))]
    credit = Charge.objects.get(kind="adjustment")
    number = entry.ticket.number
    assert credit.description == (
        f"{number} Laptop does not start: Remote, 10 Mar 2026 – taken back"
    )
    invoice = Invoice.objects.order_by("pk").last()
    assert invoice is not None
    assert invoice.net == Decimal("123.00")  # 3 x 48.00 - 21.00
    assert all(check.ok for check in check_books())


def test_a_credit_is_printed_with_its_minutes_and_its_reason(entry: TimeEntry) -> None:
    issue()
    take_back(entry, 15)
    bill(MAY)
    issue()

    text = extract_text(BytesIO(render_pdf(Invoice.objects.order_by("-pk")[0])))

    assert "-0:15 h" in text
    assert "15 min of 1 h billed are taken back: wrong ticket" in text


def test_hours_that_were_drawn_are_there_again(entry: TimeEntry) -> None:
    """An hour of March's ten is taken back in April: all ten are left, whatever April has used."""
    Invoice.objects.all().delete()
    rule = CoverageRuleFactory.create(contract__client=entry.ticket.client)
    hours = Allowance.objects.create(
        contract=rule.contract, name="Hours", minutes=600, starts_on=date(2026, 1, 1)
    )
    PartUsedFactory.create(ticket=entry.ticket)
    bill(APRIL)
    issue()
    take_back(entry, 60)
    bill(MAY)
    issue()

    claims = Claim.objects.filter(allowance=hours).order_by("pk")
    assert [(claim.bucket_on, claim.drawn_quantity) for claim in claims] == [
        (date(2026, 3, 1), Decimal(60)),
        (date(2026, 3, 1), Decimal(-60)),
    ]
    assert all(check.ok for check in check_books())


def test_a_credit_is_given_once(entry: TimeEntry) -> None:
    issue()
    take_back(entry, 15)
    bill(MAY)

    bill(date(2026, 6, 1))

    assert len(credits_of(entry)) == 1


def test_a_later_correction_finds_only_what_is_left(entry: TimeEntry) -> None:
    """50 of 60 min are credited; of 30 more only 10 are left."""
    issue()
    take_back(entry, 50)
    bill(MAY)
    issue()
    take_back(entry, 30)
    PartUsedFactory.create(ticket=entry.ticket, used_on=date(2026, 5, 10))

    bill(date(2026, 6, 1))

    assert credits_of(entry) == [
        (Decimal(-50), Decimal("-70.00")),
        (Decimal(-10), Decimal("-14.00")),
    ]


def test_what_is_still_a_draft_is_not_credited(entry: TimeEntry) -> None:
    take_back(entry, 15)

    bill(MAY)

    assert credits_of(entry) == []


def test_a_charge_from_before_claims_knew_billed_minutes_is_credited_too(
    entry: TimeEntry,
) -> None:
    Claim.objects.update(billed_minutes=None)
    issue()
    take_back(entry, 60)

    bill(MAY)

    assert credits_of(entry) == [(Decimal(-60), Decimal("-84.00"))]


def test_an_entry_wholly_taken_back_leaves_the_rounding_of_its_ticket(entry: TimeEntry) -> None:
    """An hour billed and taken back paid no minimum for the 5 min that follow: 15, not 0."""
    RateCard.objects.update(rounding_scope="ticket")
    Invoice.objects.all().delete()
    bill(APRIL)
    issue()
    take_back(entry, 60)
    TimeEntryFactory.create(ticket=entry.ticket, minutes=5, worked_on=date(2026, 4, 11))

    bill(MAY)

    assert Charge.objects.get(kind="time", invoice__status="draft").quantity == 15
