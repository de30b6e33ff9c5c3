"""Issuing drafts."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from billing.models import Invoice, JournalEntry, NumberSeries, OutboxKind, OutboxMessage
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory
from tickets.models import TimeEntry

pytestmark = pytest.mark.django_db
LAST_OF_MARCH = date(2026, 3, 31)


def issue_one(draft: Invoice, day: date = LAST_OF_MARCH) -> str:
    """Issue the draft and return why not, or nothing."""
    result = issue_invoices(invoice_ids=[draft.pk], issued_on=day, actor=None)
    return result.refused[0].reason if result.refused else ""


def test_drafts_issued_together_are_numbered_without_gap_in_the_order_they_were_made(
    accountant: User,
) -> None:
    first, second = DraftFactory(), DraftFactory()

    result = issue_invoices(
        invoice_ids=[second.pk, first.pk], issued_on=LAST_OF_MARCH, actor=accountant
    )

    assert [invoice.pk for invoice in result.issued] == [first.pk, second.pk]
    assert [invoice.number for invoice in result.issued] == ["F-2026-00001", "F-2026-00002"]
    series = NumberSeries.objects.get()
    assert (series.last, series.last_issued_on) == (2, LAST_OF_MARCH)


def test_an_issued_invoice_holds_copies_of_both_parties_and_is_due_after_the_payment_term() -> None:
    draft = DraftFactory(client__name="Boulangerie Çelik", client__payment_days=45)

    issue_one(draft)

    Client.objects.update(name="Renamed")
    LegalEntity.objects.update(name="Renamed")
    invoice = Invoice.objects.get()
    assert (invoice.issued_on, invoice.due_on) == (LAST_OF_MARCH, date(2026, 5, 15))
    assert invoice.buyer["name"] == "Boulangerie Çelik"
    assert (invoice.seller["name"], invoice.seller["share_capital"]) == (
        "Dépann'Info Services",
        "10000.00",
    )


def test_each_invoice_is_linked_to_the_one_before(accountant: User) -> None:
    first, second = DraftFactory(), DraftFactory()

    issue_invoices(invoice_ids=[first.pk], issued_on=LAST_OF_MARCH, actor=accountant)
    issue_invoices(invoice_ids=[second.pk], issued_on=LAST_OF_MARCH, actor=None)

    links = JournalEntry.objects.order_by("position")
    assert [(link.position, link.invoice_id) for link in links] == [(1, first.pk), (2, second.pk)]
    assert [link.previous_hash for link in links] == ["", links[0].hash]
    assert [link.recorded_by for link in links] == [accountant, None]
    assert Invoice.objects.get(pk=second.pk).hash == links[1].hash


def test_a_pdf_and_a_mail_wait_in_the_outbox_for_each_invoice() -> None:
    draft = DraftFactory()

    issue_one(draft)

    assert set(OutboxMessage.objects.values_list("kind", "key")) == {
        (OutboxKind.INVOICE_PDF, f"invoice_pdf:{draft.pk}"),
        (OutboxKind.INVOICE_MAIL, f"invoice_mail:{draft.pk}"),
    }


def test_issuing_twice_is_refused_and_burns_no_number() -> None:
    draft = DraftFactory()
    issue_one(draft)

    reason = issue_one(draft, date(2026, 4, 1))

    assert reason == "F-2026-00001 has already been issued."
    draft.refresh_from_db()
    assert (draft.number, draft.issued_on) == ("F-2026-00001", LAST_OF_MARCH)
    assert NumberSeries.objects.get().last == 1
    assert JournalEntry.objects.count() == 1


def test_a_date_before_the_last_invoice_is_refused() -> None:
    issue_one(DraftFactory())
    late = DraftFactory()

    reason = issue_one(late, date(2026, 3, 30))

    assert reason == (
        "The last invoice is dated 31 Mar 2026; a later number cannot have an earlier date."
    )
    late.refresh_from_db()
    assert late.is_draft


def test_a_new_year_begins_again_at_one() -> None:
    issue_one(DraftFactory())
    next_year = DraftFactory()

    issue_one(next_year, date(2027, 1, 2))

    next_year.refresh_from_db()
    assert next_year.number == "F-2027-00001"
    assert JournalEntry.objects.get(invoice=next_year).position == 2


def test_work_that_changed_after_the_draft_was_made_stops_that_draft_alone() -> None:
    stale, fresh = DraftFactory(), DraftFactory()
    entry = TimeEntry.objects.get(claims__charge__invoice=stale)
    TimeEntry.objects.filter(pk=entry.pk).update(minutes=120)

    result = issue_invoices(invoice_ids=[stale.pk, fresh.pk], issued_on=LAST_OF_MARCH, actor=None)

    assert [invoice.pk for invoice in result.issued] == [fresh.pk]
    assert result.issued[0].number == "F-2026-00001"
    assert [(refusal.invoice_id, refusal.reason) for refusal in result.refused] == [
        (
            stale.pk,
            (
                f"The work on {entry.ticket.number} changed after this draft was made;"
                " refresh the draft."
            ),
        )
    ]


def test_a_ticket_billed_in_another_way_since_the_draft_stops_it() -> None:
    draft = DraftFactory()
    ticket = TimeEntry.objects.get(claims__charge__invoice=draft).ticket
    ticket.billing_mode = "free"
    ticket.save()

    assert issue_one(draft).startswith(f"The work on {ticket.number} changed")


@pytest.mark.parametrize(
    ("owner", "change", "reason"),
    [
        (LegalEntity, {"vat_number": ""}, "The firm lacks what an invoice must say: VAT number."),
        (Client, {"street": ""}, "Client X lacks what an invoice must say: street."),
        (
            Client,
            {"country": "DE", "vat_number": "DE136695976"},
            "The tax situation of Client X changed after this draft was made; refresh the draft.",
        ),
    ],
)
def test_what_the_law_wants_to_read_must_be_there(
    owner: type[Client | LegalEntity], change: dict[str, str], reason: str
) -> None:
    draft = DraftFactory(client__name="Client X")
    owner.objects.update(**change)

    assert issue_one(draft) == reason
    assert not NumberSeries.objects.exists()


def test_a_draft_that_does_not_add_up_is_refused() -> None:
    draft = DraftFactory(net=Decimal("424.81"), total=Decimal("509.77"))

    assert issue_one(draft) == "This draft does not add up (net); refresh it."


def test_an_empty_draft_is_refused() -> None:
    draft = DraftFactory(lines=False)

    assert issue_one(draft) == "There is nothing on this draft."


def test_issuing_costs_the_same_number_of_queries_for_one_as_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    issue_one(DraftFactory())
    single, many = DraftFactory(), [DraftFactory(client=ClientFactory()) for _ in range(5)]

    for drafts in ([single], many):
        with django_assert_num_queries(12):
            issue_invoices(
                invoice_ids=[draft.pk for draft in drafts], issued_on=LAST_OF_MARCH, actor=None
            )
