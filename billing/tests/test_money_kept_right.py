"""Payments, credit, refunds and reversals."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from billing.models import Allocation, Invoice, JournalEntry, Payment, Refund
from billing.operations._payments import rest_of
from billing.operations.allocate_credit import allocate_credit
from billing.operations.free_excess import free_excess
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import (
    PaymentRefused,
    PaymentRepeated,
    Receipt,
    record_payment,
)
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.release_allocation import release_allocation
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.reverse_refund import reverse_refund
from billing.queries.books import check_books
from billing.queries.credit import credit_of
from billing.tests.factories import DraftFactory
from billing.tests.test_check_books import tamper
from clients.models import Client

pytestmark = pytest.mark.django_db
MAY_4, MAY_9, MAY_20 = date(2026, 5, 4), date(2026, 5, 9), date(2026, 5, 20)
Money = dict[str, Decimal]


@pytest.fixture
def client_of_two() -> Client:
    """A client with two open invoices of 509.76 each."""
    first = DraftFactory()
    second = DraftFactory(client=first.client, legal_entity=first.legal_entity)
    issue_invoices(invoice_ids=[first.pk, second.pk], issued_on=date(2026, 3, 31), actor=None)
    return Client.objects.get(pk=first.client_id)


def receive(client: Client, amount: str, *shares: str, reference: str = "") -> Payment:
    """Record a payment whose shares pay the invoices in their order."""
    keys = client.invoices.order_by("pk").values_list("pk", flat=True)
    return record_payment(
        client_id=client.pk,
        receipt=Receipt(MAY_4, Decimal(amount), reference=reference),
        allocations=dict(zip(keys, map(Decimal, shares), strict=False)),
        actor=None,
    )


def balances(client: Client) -> list[Decimal]:
    rows: Any = Invoice.objects.filter(client=client).with_balance().order_by("pk")
    return [row.balance for row in rows]


def refund(client: Client, amount: str, day: date = MAY_9) -> Refund:
    return refund_credit(client_id=client.pk, payout=Payout(day, Decimal(amount)), actor=None)


def test_what_is_paid_too_much_is_credit_that_pays_another_invoice(client_of_two: Client) -> None:
    receive(client_of_two, "600.00", "509.76")
    assert credit_of(client_of_two.pk) == {"EUR": Decimal("90.24")}

    second = client_of_two.invoices.latest("pk")
    allocate_credit(
        client_id=client_of_two.pk, allocations={second.pk: Decimal("90.24")}, actor=None
    )

    assert balances(client_of_two) == [Decimal("0.00"), Decimal("419.52")]
    assert credit_of(client_of_two.pk) == {}


def test_credit_is_taken_from_the_oldest_payments_first(client_of_two: Client) -> None:
    old = receive(client_of_two, "100.00", reference="old")
    new = receive(client_of_two, "50.00", reference="new")
    first = client_of_two.invoices.earliest("pk")

    used = allocate_credit(
        client_id=client_of_two.pk, allocations={first.pk: Decimal("120.00")}, actor=None
    )

    assert [(one.payment_id, one.amount) for one in used] == [
        (old.pk, Decimal("100.00")),
        (new.pk, Decimal("20.00")),
    ]


def test_no_more_credit_is_used_or_paid_back_than_there_is(client_of_two: Client) -> None:
    receive(client_of_two, "100.00")
    first = client_of_two.invoices.earliest("pk")

    with pytest.raises(PaymentRefused, match=r"there is only €100\.00 of credit"):
        allocate_credit(
            client_id=client_of_two.pk, allocations={first.pk: Decimal("100.01")}, actor=None
        )
    with pytest.raises(PaymentRefused, match=r"there is only €100\.00 of credit"):
        refund(client_of_two, "100.01")
    with pytest.raises(PaymentRefused, match=r"there is only €0\.00 of credit"):
        refund(client_of_two, "1.00", date(2026, 5, 3))

    assert credit_of(client_of_two.pk) == {"EUR": Decimal("100.00")}


def test_a_released_allocation_stays_on_record_and_opens_the_invoice(
    client_of_two: Client,
) -> None:
    payment = receive(client_of_two, "509.76", "509.76")
    allocation = payment.allocations.get()

    release_allocation(allocation_id=allocation.pk, note="wrong invoice", actor=None)

    assert balances(client_of_two) == [Decimal("509.76"), Decimal("509.76")]
    assert list(payment.allocations.order_by("pk").values_list("amount", "note")) == [
        (Decimal("509.76"), ""),
        (Decimal("-509.76"), "wrong invoice"),
    ]
    with pytest.raises(PaymentRefused, match="released already"):
        release_allocation(allocation_id=allocation.pk, note="", actor=None)


def test_what_is_paid_too_much_since_a_credit_becomes_credit(client_of_two: Client) -> None:
    """409.76 is left of 509.76, which two payments paid: 60.00 of the newer and 40.00 go."""
    old = receive(client_of_two, "449.76", "449.76", reference="old")
    new = receive(client_of_two, "60.00", "60.00", reference="new")
    first = client_of_two.invoices.earliest("pk")
    with pytest.raises(PaymentRefused, match="Nothing was paid too much"):
        free_excess(invoice_id=first.pk, actor=None)
    tamper(f"UPDATE billing_invoice SET net = net - 100, total = total - 100 WHERE id = {first.pk}")  # noqa: S608  (words of this test)

    freed = free_excess(invoice_id=first.pk, actor=None)

    assert freed == Decimal("100.00")
    assert balances(client_of_two)[0] == Decimal("0.00")
    rests = {one.pk: rest_of(one) for one in Payment.objects.with_credit()}
    assert rests == {old.pk: Decimal("40.00"), new.pk: Decimal("60.00")}


def test_a_bounced_payment_reopens_what_it_paid(client_of_two: Client) -> None:
    payment = receive(client_of_two, "600.00", "509.76", "50.00")

    reversal = reverse_payment(
        payment_id=payment.pk, withdrawal=Withdrawal(MAY_9, note="AC04"), actor=None
    )

    assert balances(client_of_two) == [Decimal("509.76"), Decimal("509.76")]
    assert credit_of(client_of_two.pk) == {}
    assert (reversal.reason, reversal.note) == ("bounced", "AC04")


@pytest.mark.parametrize(
    ("day", "sentence"), [(MAY_9, "reversed already"), (date(2026, 5, 3), "before the day")]
)
def test_a_payment_is_reversed_once_and_not_before_it_came(
    client_of_two: Client, day: date, sentence: str
) -> None:
    payment = receive(client_of_two, "600.00", "509.76")
    if day == MAY_9:
        reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(day), actor=None)

    with pytest.raises(PaymentRefused, match=sentence):
        reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(day), actor=None)


def test_credit_that_went_back_keeps_its_payment_until_the_refund_is_reversed(
    client_of_two: Client,
) -> None:
    payment = receive(client_of_two, "600.00", "509.76")
    paid_back = refund(client_of_two, "90.24")

    with pytest.raises(PaymentRefused, match="reverse that refund first"):
        reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(MAY_9), actor=None)
    assert credit_of(client_of_two.pk) == {}

    reverse_refund(refund_id=paid_back.pk, withdrawal=Withdrawal(MAY_20), actor=None)
    assert credit_of(client_of_two.pk) == {"EUR": Decimal("90.24")}


def test_the_same_payment_typed_twice_is_warned_about(client_of_two: Client) -> None:
    first = receive(client_of_two, "600.00", reference="VIR 7")

    with pytest.raises(PaymentRepeated, match=r"€600\.00 on 4 May 2026"):
        receive(client_of_two, "600.00", reference="VIR 7")
    receive(client_of_two, "600.00", reference="VIR 8")
    reverse_payment(payment_id=first.pk, withdrawal=Withdrawal(MAY_9, "mistake"), actor=None)
    receive(client_of_two, "600.00", reference="VIR 7")

    assert Payment.objects.count() == 3


def test_all_that_happens_to_money_is_a_link_of_the_chain(client_of_two: Client) -> None:
    payment = receive(client_of_two, "600.00", "509.76")
    paid_back = refund(client_of_two, "90.24")
    reverse_refund(refund_id=paid_back.pk, withdrawal=Withdrawal(MAY_20), actor=None)
    reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(MAY_20), actor=None)

    events = JournalEntry.objects.order_by("position").values_list("event", flat=True)

    assert list(events) == ["issue", "issue", "payment", "refund", "reversal", "reversal"]
    assert [check.id for check in check_books() if not check.ok] == []


@pytest.mark.parametrize(
    "write",
    [
        lambda: Payment.objects.update(amount=1),
        lambda: Allocation.objects.update(amount=1),
        lambda: Allocation.objects.all().delete(),
        lambda: Refund.objects.update(amount=1),
    ],
)
def test_the_database_refuses_to_change_money(
    client_of_two: Client, write: Callable[[], object]
) -> None:
    receive(client_of_two, "600.00", "509.76")
    refund(client_of_two, "10.00")

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("statement", "check", "first"),
    [
        ("UPDATE billing_payment SET amount = 599.99", "I5", "payment "),
        ("UPDATE billing_allocation SET amount = 509.77 WHERE amount = 509.76", "I5", "F-2026-"),
        ("UPDATE billing_refund SET amount = 1", "I5", "refund "),
        ("UPDATE billing_allocation SET amount = -89 WHERE releases_id > 0", "I5", "refund "),
        ("UPDATE billing_payment SET reference = 'x'", "I4", "payment "),
        ("UPDATE billing_refund SET reference = 'x'", "I4", "refund "),
        ("UPDATE billing_reversal SET note = 'x'", "I4", "reversal "),
        (
            (
                "DELETE FROM billing_journalentry"
                " WHERE position = (SELECT max(position) FROM billing_journalentry)"
            ),
            "I4",
            "refund ",
        ),
    ],
)
def test_tampered_money_is_found(
    client_of_two: Client, statement: str, check: str, first: str
) -> None:
    """700.00 in: 509.76 pays, 90.24 went back twice, the first time in vain."""
    receive(client_of_two, "700.00", "509.76")
    in_vain = refund(client_of_two, "90.24")
    reverse_refund(refund_id=in_vain.pk, withdrawal=Withdrawal(MAY_20), actor=None)
    refund(client_of_two, "90.24", MAY_20)

    tamper(statement)

    found = {one.id: str(one.first) for one in check_books() if not one.ok}
    assert found[check].startswith(first)
