"""Interest and recovery costs of an invoice of 509.76 that was due on 30 April 2026.

ECB rate 2.15 % and 10 points: 12.15 % until June; 2.00 % and 10 points from July on. A day at
12.15 % is 0.169687...; May comes to 5.26, May through July to 15.55.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from billing.by_hand import Written
from billing.models import HandLine, Invoice
from billing.operations.add_hand_lines import add_hand_lines
from billing.operations.cancel_invoice import cancel_invoice
from billing.operations.change_hand_line import change_hand_line
from billing.operations.discard_draft import discard_draft
from billing.operations.draft_by_hand import HandLineRefused
from billing.operations.issue_invoices import issue_invoices
from billing.operations.remove_hand_line import remove_hand_line
from billing.tests.credited import credit
from catalog.models import TaxRate
from clients.models import Client, ClientKind
from collecting.domain.late import LateReason
from collecting.models import DisputeGround, LateBasis, LateRateKind
from collecting.operations.claim_late_charges import (
    CollectingRefused,
    LateWish,
    claim_late_charges,
)
from collecting.operations.hold_reminders import hold_reminders
from collecting.operations.open_dispute import Objection, open_dispute
from collecting.operations.release_dispute import release_dispute
from collecting.operations.set_late_rate import set_late_rate
from collecting.operations.set_late_terms import AgreedLate, set_late_terms
from collecting.operations.take_promise import Promised, take_promise
from collecting.queries.late import LateAccount, late_accounts
from collecting.tests.dunned import at, late_invoice, pay

pytestmark = pytest.mark.django_db(transaction=True)
MAY_31, JUNE_30, JULY_31 = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


def agree(starts_on: date = date(2026, 1, 1), fee: str = "40") -> None:
    agreed = AgreedLate(starts_on, LateBasis.ECB_PLUS, Decimal(10), Decimal(fee))
    set_late_terms(agreed=agreed)
    for half, percent in ((date(2026, 1, 1), "2.15"), (date(2026, 7, 1), "2.00")):
        set_late_rate(kind=LateRateKind.ECB, starts_on=half, percent=Decimal(percent))


@pytest.fixture
def invoice(client_contact: User) -> Invoice:
    invoice = late_invoice(client_contact.contact.client)
    agree()
    return invoice


@pytest.fixture
def client(invoice: Invoice) -> Client:
    return invoice.client


def claim(client: Client, through: date, **wish: object) -> Invoice:
    [draft] = claim_late_charges(
        client_id=client.pk,
        wish=LateWish(through, **wish),  # type: ignore[arg-type]
        today=JULY_31,
        actor=None,
        now=at(JULY_31),
    )
    return draft


def issued(draft: Invoice) -> Invoice:
    issue_invoices(invoice_ids=[draft.pk], issued_on=JULY_31, actor=None)
    return Invoice.objects.get(pk=draft.pk)


def account(client: Client, through: date = MAY_31) -> LateAccount:
    [found] = late_accounts(through, JULY_31, [client.pk])
    return found


def reason(client: Client, through: date = MAY_31) -> LateReason | None:
    return account(client, through).invoices[0].reason


def amounts(draft: Invoice) -> list[tuple[str, Decimal]]:
    return list(draft.charges.order_by("position").values_list("tax_code", "amount"))


def test_interest_and_fee_stand_on_a_document_of_their_own_without_vat(client: Client) -> None:
    draft = claim(client, MAY_31)

    assert amounts(draft) == [("interest", Decimal("5.26")), ("recovery_fee", Decimal("40.00"))]
    assert (draft.net, draft.tax, draft.tax_situation) == (Decimal("45.26"), 0, "outside_scope")
    [tax] = draft.tax_lines.values_list("category", "rate", "base")
    assert tax == ("O", 0, Decimal("45.26"))


def test_the_line_says_its_arithmetic_in_the_clients_language(client: Client) -> None:
    Client.objects.update(language="fr")

    line = claim(client, MAY_31).charges.get(position=1)

    said = line.description.replace("\u202f", " ").replace("\xa0", " ")
    assert said.endswith(": 509,76 € × 12,15 % × 31/365")
    assert (line.starts_on, line.last_day_on) == (date(2026, 5, 1), MAY_31)


def test_further_days_go_on_where_the_last_claim_ended_and_owe_no_second_fee(
    client: Client,
) -> None:
    claim(client, MAY_31)

    assert amounts(claim(client, JULY_31)) == [("interest", Decimal("10.29"))]


def test_what_was_paid_late_owes_interest_through_the_day_it_came(invoice: Invoice) -> None:
    pay(invoice, "509.76", date(2026, 5, 10))

    # 509.76 x 12.15 % x 10 / 365 = 1.6968...
    assert amounts(claim(invoice.client, JULY_31))[0] == ("interest", Decimal("1.70"))


def test_what_was_paid_in_time_owes_nothing(invoice: Invoice) -> None:
    pay(invoice, "509.76", date(2026, 4, 30))

    assert late_accounts(JULY_31, JULY_31, [invoice.client_id]) == []


def test_a_discarded_draft_frees_its_days_and_its_fee(client: Client) -> None:
    discard_draft(invoice_id=claim(client, MAY_31).pk, actor=None)

    assert account(client).total == Decimal("45.26")
    assert not HandLine.objects.exists()


def test_a_line_taken_off_the_draft_frees_what_it_claimed(client: Client) -> None:
    claim(client, MAY_31)

    remove_hand_line(hand_line_id=HandLine.objects.get(tax_code="recovery_fee").pk)

    assert (account(client).interest, account(client).fees) == (0, Decimal("40.00"))


def test_a_cancelled_claim_frees_its_days_and_no_run_bills_its_lines_again(client: Client) -> None:
    document = issued(claim(client, MAY_31))

    cancel_invoice(
        invoice_id=document.pk, reason="Goodwill", cancelled_on=JULY_31, drafts_again=False,
        actor=None,
    )  # fmt: skip

    assert not HandLine.objects.open().exists()
    assert amounts(claim(client, MAY_31)) == [
        ("interest", Decimal("5.26")),
        ("recovery_fee", Decimal("40.00")),
    ]


def test_a_line_credited_in_whole_frees_what_it_claimed(client: Client) -> None:
    document = issued(claim(client, MAY_31))

    credit(document, on=JULY_31, p2="40.00")

    assert (account(client).interest, account(client).fees) == (0, Decimal("40.00"))


def test_what_is_credited_in_part_is_waived(client: Client) -> None:
    document = issued(claim(client, MAY_31))

    credit(document, on=JULY_31, p2="20.00")

    assert account(client).total == 0


def test_the_document_itself_bears_no_interest_and_no_fee(client: Client) -> None:
    issued(claim(client, MAY_31))
    Client.objects.update(payment_days=0)

    numbers = [one.invoice.tax_situation for one in account(client, JULY_31).invoices]

    assert numbers == ["domestic"]


def test_a_credit_note_takes_interest_from_the_first_day_on(invoice: Invoice) -> None:
    credit(invoice, "400", on=date(2026, 6, 15))

    # 509.76 - 480.00 = 29.76 owed all along: x 12.15 % x 31 / 365 = 0.3070...
    assert account(invoice.client).interest == Decimal("0.31")


def test_a_disputed_line_bears_no_interest_until_it_is_released(
    invoice: Invoice, client_contact: User, accountant: User
) -> None:
    line = invoice.charges.get(position=2)  # 126.00 + 25.20
    about = Objection(DisputeGround.PRICE, "Too much")
    dispute = open_dispute(
        line_id=line.pk, objection=about, actor=client_contact, now=at(date(2026, 5, 2))
    )

    # 358.56 x 12.15 % x 31 / 365 = 3.7000...
    claimed = amounts(claim(invoice.client, MAY_31))
    release_dispute(dispute_id=dispute.pk, answer="Agreed", actor=accountant, now=at(JULY_31))

    assert claimed[0] == ("interest", Decimal("3.70"))
    # 15.55 in all through July, less 3.70.
    assert account(invoice.client, JULY_31).interest == Decimal("11.85")


def test_a_promise_keeps_interest_back_until_it_is_broken(client: Client, accountant: User) -> None:
    promised = Promised(Decimal("509.76"), JULY_31)
    take_promise(
        client_id=client.pk, promised=promised, today=MAY_31, actor=accountant, now=at(MAY_31)
    )

    [broken] = late_accounts(MAY_31, date(2026, 8, 1), [client.pk])

    assert reason(client) == LateReason.PROMISED
    assert broken.total == Decimal("45.26")


def test_a_hold_keeps_interest_back(client: Client, accountant: User) -> None:
    hold_reminders(
        client_id=client.pk, invoice_id=None, reason="In talks", last_day_on=None,
        actor=accountant, now=at(MAY_31),
    )  # fmt: skip

    assert reason(client) == LateReason.HELD


def test_private_persons_owe_neither(client: Client) -> None:
    Client.objects.update(kind=ClientKind.PERSON)

    assert reason(client) == LateReason.PERSON
    with pytest.raises(CollectingRefused, match="Nothing is left to claim"):
        claim(client, MAY_31)


def test_a_half_year_without_its_rate_is_named(client: Client) -> None:
    [late] = account(client, date(2027, 1, 1)).invoices

    assert late.reason == LateReason.RATE_MISSING
    assert late.missing is not None
    assert late.missing.day == date(2027, 1, 1)


def test_terms_count_for_invoices_dated_since(client_contact: User) -> None:
    client = late_invoice(client_contact.contact.client).client
    agree(date(2026, 4, 1))

    assert late_accounts(MAY_31, JULY_31, [client.pk]) == []


def test_money_that_comes_in_after_the_preview_is_not_overlooked(invoice: Invoice) -> None:
    seen = account(invoice.client).total
    pay(invoice, "509.76", date(2026, 5, 10))

    with pytest.raises(CollectingRefused, match=r"41\.70"):
        claim(invoice.client, MAY_31, expected=seen)

    assert not HandLine.objects.exists()


def test_amounts_of_the_law_are_not_typed_over_and_stand_by_themselves(client: Client) -> None:
    TaxRate.objects.create(country="FR", tax_code="standard", rate=20, starts_on=MAY_31)
    draft = claim(client, MAY_31)
    line = Written(Decimal(1), MAY_31, description="Cable", unit_price=Decimal(9))

    with pytest.raises(HandLineRefused, match="document of its own"):
        add_hand_lines(invoice_id=draft.pk, lines=[line], reason="Agreed", actor=None)
    with pytest.raises(HandLineRefused, match="follow from the law"):
        change_hand_line(hand_line_id=HandLine.objects.earliest("pk").pk, line=line)

    assert HandLine.objects.count() == 2


def test_two_people_at_once_claim_once(client: Client) -> None:
    both = Barrier(2)

    def press() -> str:
        both.wait()
        try:
            claim(client, MAY_31)
        except CollectingRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "claimed"

    with ThreadPoolExecutor(2) as people:
        pressed = [people.submit(press) for _ in range(2)]
        said = sorted(one.result() for one in pressed)

    assert said[1] == "claimed"
    assert said[0].startswith("Nothing is left to claim")
    assert Invoice.objects.drafts().get().total == Decimal("45.26")


def test_what_clients_owe_costs_the_same_queries_for_one_as_for_many(invoice: Invoice) -> None:
    with CaptureQueriesContext(connection) as one:
        late_accounts(JULY_31, JULY_31)
    late_invoice(invoice.client)

    with CaptureQueriesContext(connection) as two:
        [found] = late_accounts(JULY_31, JULY_31)

    assert len(found.invoices) == 2
    assert len(two) == len(one)
