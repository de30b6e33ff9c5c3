"""Discounts on drafts, and what becomes of them when the invoice is issued, credited, corrected."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from billing.by_hand import Written
from billing.domain.credits import Asked, Wish
from billing.models import Charge, Discount, Invoice, TaxLine
from billing.operations.change_hand_line import change_hand_line
from billing.operations.credit_invoice import CreditNotPossible, credit_invoice
from billing.operations.draft_by_hand import draft_by_hand
from billing.operations.grant_discount import (
    Concession,
    DiscountRefused,
    NotADraft,
    grant_discount,
)
from billing.operations.redraft import redraft
from billing.operations.withdraw_discount import withdraw_discount
from billing.paper import paper_of
from billing.tests.cancelled import cancel, faults, issue
from billing.tests.credited import balance_of, credit
from billing.tests.electronic import discounted
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from catalog.models import TaxCode
from catalog.tests.factories import TaxRateFactory
from clients.tests.factories import ClientFactory
from contracts.models import Contract
from tickets.tests.factories import PartUsedFactory

pytestmark = pytest.mark.django_db

SERVERS = Written(Decimal(2), APRIL, description="Server", unit_price=Decimal(100))
BOOK = Written(Decimal(1), APRIL, description="Book", unit_price=Decimal(50), tax_code="reduced")


def drafted(*lines: Written) -> Invoice:
    """Draft 200.00 at 20 % and 50.00 at 5.5 %: 250.00 net, 42.75 tax."""
    open_firm()
    TaxRateFactory.create(tax_code=TaxCode.REDUCED, rate=Decimal("5.50"))
    client = ClientFactory.create()
    return draft_by_hand(
        client_id=client.pk, lines=lines or [SERVERS, BOOK], reason="Anna", as_of_on=APRIL,
        actor=None,
    )  # fmt: skip


def granted(draft: Invoice, at: int | None = None, **what: str) -> Discount:
    """Take something off a draft, or off the line at a place of it."""
    line = draft.charges.get(position=at).pk if at else None
    size = {name: Decimal(one) for name, one in what.items()}
    concession = Concession("Loyal client", **size)
    return grant_discount(invoice_id=draft.pk, concession=concession, line_id=line, actor=None)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def sums(invoice: Invoice) -> tuple[str, str, str]:
    invoice.refresh_from_db()
    return str(invoice.net), str(invoice.tax), str(invoice.total)


def test_a_discount_on_the_document_lowers_the_base_of_every_rate() -> None:
    # 10 % of 250.00: 20.00 and 5.00 off, so 180.00 at 20 % = 36.00 and 45.00 at 5.5 % = 2.475.
    draft = drafted()

    granted(draft, percent="10")

    assert sums(draft) == ("225.00", "38.48", "263.48")
    assert set(TaxLine.objects.values_list("rate", "base", "tax")) == {
        (Decimal("20.00"), Decimal("180.00"), Decimal("36.00")),
        (Decimal("5.50"), Decimal("45.00"), Decimal("2.48")),
    }


def test_a_discount_on_a_line_comes_before_one_on_the_document() -> None:
    # 30.00 off the servers: 170.00; 5 % of 220.00 = 11.00: 8.50 and 2.50. 161.50 and 47.50 stay.
    draft = drafted()
    granted(draft, percent="5")

    granted(draft, at=1, amount="30")

    assert sums(draft)[0] == "209.00"
    assert set(TaxLine.objects.values_list("base", flat=True)) == {
        Decimal("161.50"), Decimal("47.50"),
    }  # fmt: skip


def test_what_is_taken_off_says_why_and_stands_behind_the_lines() -> None:
    draft = drafted()

    granted(draft, at=2, percent="12.5")

    charge = Charge.objects.get(reduces__isnull=False)
    words = plain(charge.description)
    assert (charge.position, words) == (3, "Remise de 12,5 % : Loyal client")
    assert (charge.amount, charge.reduces) == (Decimal("-6.25"), draft.charges.get(position=2))


@pytest.mark.parametrize(
    ("at", "size", "sentence"),
    [
        (None, {"amount": "250.01"}, "At most €250.00 without tax"),
        (1, {"amount": "200.01"}, "At most €200.00 without tax"),
        (None, {"percent": "100.01"}, "100 at most"),
        (None, {"amount": "-1"}, "above nothing"),
        (None, {"amount": "1.005"}, "no such small parts"),
        (None, {"amount": "1", "percent": "1"}, "one of both"),
        (None, {}, "one of both"),
    ],
)
def test_a_discount_that_cannot_be_is_refused(
    at: int | None, size: dict[str, str], sentence: str
) -> None:
    draft = drafted()

    with pytest.raises(DiscountRefused, match=sentence):
        granted(draft, at, **size)

    assert (Discount.objects.count(), sums(draft)[0]) == (0, "250.00")


def test_a_withdrawn_discount_leaves_the_full_price() -> None:
    draft = drafted()
    discount = granted(draft, percent="10")

    withdraw_discount(discount_id=discount.pk)

    assert sums(draft) == ("250.00", "42.75", "292.75")


def test_a_line_that_changes_keeps_its_discount() -> None:
    # 3 x 100.00 less 10 % = 270.00, and the book.
    draft = drafted()
    granted(draft, at=1, percent="10")
    line = draft.charges.get(position=1).claims.get().hand_line_id
    assert line

    change_hand_line(
        hand_line_id=line,
        line=Written(Decimal(3), APRIL, description="Server", unit_price=Decimal(100)),
    )

    assert sums(draft)[0] == "320.00"


def test_an_issued_discount_is_sealed_and_frozen() -> None:
    draft = drafted()
    discount = granted(draft, percent="10")
    invoice = issue(draft)

    with pytest.raises(NotADraft):
        granted(invoice, percent="5")
    with pytest.raises(IntegrityError), transaction.atomic():
        Discount.objects.filter(pk=discount.pk).update(reason="Because")
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(discount=discount).update(reach="line")

    assert faults() == {}


def test_the_check_of_the_books_names_an_invoice_whose_discount_was_altered() -> None:
    draft = drafted()
    granted(draft, percent="10")
    invoice = issue(draft)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE billing_charge SET reach = 'line' WHERE reach = 'document'")
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert faults()["I4"] == invoice.number


def test_a_line_is_credited_for_what_was_charged_for_it() -> None:
    # The servers were 200.00 less their part of the discount, 20.00.
    draft = drafted()
    granted(draft, percent="10")
    invoice = issue(draft)

    note = credit_invoice(
        invoice_id=invoice.pk,
        asked=Asked(wishes=(Wish(invoice.charges.get(position=1).pk),)),
        reason="Sent back",
        issued_on=APRIL,
        actor=None,
    )

    assert sums(note) == ("180.00", "36.00", "216.00")
    assert [str(one.unit_price) for one in note.charges.all()] == ["90.0000"]
    with pytest.raises(CreditNotPossible, match="is left to credit"):
        credit(invoice, p1="0.01")


def test_one_of_two_discounted_pieces_is_half_of_what_was_charged() -> None:
    draft = drafted()
    granted(draft, at=1, amount="25")
    invoice = issue(draft)
    line = invoice.charges.get(position=1).pk

    notes = [
        credit_invoice(
            invoice_id=invoice.pk,
            asked=Asked(wishes=(Wish(line, quantity=Decimal(1)),)),
            reason="One sent back",
            issued_on=APRIL,
            actor=None,
        )
        for _ in range(2)
    ]

    assert [sums(note)[0] for note in notes] == ["87.50", "87.50"]


def test_all_of_a_discounted_invoice_is_credited_to_the_cent() -> None:
    draft = drafted()
    granted(draft, percent="3.33")
    invoice = issue(draft)
    credit(invoice, amount="100")

    note = credit(invoice)

    # 3.33 % of 250.00 is 8.325, so 8.33.
    assert (sums(invoice)[0], sums(note)[0]) == ("241.67", "141.67")
    assert (balance_of(invoice), faults()) == (Decimal("0.00"), {})


def test_a_refreshed_draft_of_a_run_keeps_its_discounts() -> None:
    # 298.80 less 10 % = 268.92; 63.00; 3.19: 335.11, less 5.00.
    open_firm()
    busy_client()
    bill()
    draft = Invoice.objects.get()
    granted(draft, at=1, percent="10")
    granted(draft, amount="5")

    fresh = redraft(invoice_id=draft.pk)

    assert fresh is not None
    assert fresh.pk != draft.pk
    assert sums(fresh)[0] == "330.11"
    assert Discount.objects.filter(invoice=fresh).count() == 2


def test_a_cancelled_invoice_is_drafted_again_with_its_discounts() -> None:
    draft = drafted()
    granted(draft, percent="10")
    invoice = issue(draft)

    done = cancel(invoice, again=True)

    [again] = done.drafts
    assert sums(again)[0] == "225.00"
    assert (balance_of(invoice), faults()) == (Decimal("0.00"), {})


def discounted_april() -> Invoice:
    """Issue 298.80 for April less 10 %: 268.92, and 66.19 of work and parts; then sell a server."""
    open_firm()
    client = busy_client()
    bill()
    draft = Invoice.objects.get()
    granted(draft, at=1, percent="10")
    invoice = issue(draft)
    PartUsedFactory.create(ticket__client=client, quantity=1, unit_price=Decimal(900))
    return invoice


def test_a_contract_that_ends_early_gives_back_what_was_paid() -> None:
    # 20 of 30 days come back: 199.20 of 298.80, less 10 % of that: 179.28.
    discounted_april()
    Contract.objects.update(last_day_on=date(2026, 4, 10))

    bill(as_of=date(2026, 5, 1))

    back = Charge.objects.filter(claims__revision=1).get()
    [discount] = back.reduced_by.all()
    assert (back.amount, discount.amount) == (Decimal("-199.20"), Decimal("19.92"))
    bill(as_of=date(2026, 6, 1))
    assert Charge.objects.filter(claims__revision__gt=1).count() == 0


def test_what_a_credit_note_gave_back_is_not_given_back_again() -> None:
    # Half of the 268.92 that April came to is credited; the other half comes back.
    invoice = discounted_april()
    credit(invoice, p1="134.46")
    Contract.objects.update(last_day_on=date(2026, 3, 31))

    bill(as_of=date(2026, 5, 1))

    back = Charge.objects.filter(claims__revision=1).get()
    assert back.amount + back.reduced_by.get().amount == Decimal("-134.46")


def test_programs_read_each_discount_where_it_was_given_and_per_rate() -> None:
    document = discounted()

    assert [str(one.amount) for one in document.items[0].deductions] == ["10.00"]
    assert [(str(one.rate), str(one.amount)) for one in document.deductions] == [
        ("20.00", "28.88"),
        ("5.50", "12.60"),
    ]
    assert (str(document.lines_net), str(document.total)) == ("414.80", "431.54")


def test_the_paper_shows_discounts_beneath_their_line_and_above_the_total() -> None:
    draft = drafted()
    granted(draft, at=1, amount="30")
    granted(draft, percent="5")

    paper = paper_of(Invoice.objects.with_lines().get(pk=draft.pk))

    [section] = paper["sections"]
    rows = [(plain(row["description"]), row["amount"]) for row in section["rows"]]
    assert rows == [("Server", "200,00"), ("Remise : Loyal client", "-30,00"), ("Book", "50,00")]
    words = [plain(label) for label, _ in paper["totals"]]
    assert words[:3] == [
        "Somme des lignes", "Remise de 5 % : Loyal client", "Total HT",
    ]  # fmt: skip
