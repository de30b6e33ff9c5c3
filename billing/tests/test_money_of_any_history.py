"""Whatever people do with money, in any order: the books equal an independent reckoning."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.models import Allocation, Invoice, Payment, Refund
from billing.operations.allocate_credit import allocate_credit
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.release_allocation import release_allocation
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.reverse_refund import reverse_refund
from billing.queries.books.money import check_money
from billing.queries.credit import credit_of
from billing.tests.factories import DraftFactory

DAY = date(2026, 5, 4)
TOTAL = 50976
CENTS = st.integers(1, 80000)
STEP = st.tuples(st.sampled_from(["pay", "use", "refund", "release", "reverse", "undo"]), CENTS)


class Reckoning:
    """What there must be, in cents: each payment's uses by invoice or refund."""

    def __init__(self, invoices: list[int]) -> None:
        self.invoices = invoices
        self.amounts: dict[int, int] = {}
        self.uses: dict[int, tuple[int, str, int, int]] = {}
        self.reversed: set[int] = set()

    def balance(self, invoice: int) -> int:
        return TOTAL - sum(n for _, to, key, n in self.uses.values() if (to, key) == ("i", invoice))

    def rest(self, payment: int) -> int:
        if payment in self.reversed:
            return 0
        return self.amounts[payment] - sum(n for p, *_, n in self.uses.values() if p == payment)

    def credit(self) -> int:
        return sum(self.rest(payment) for payment in self.amounts)

    def note(self, allocations: Any) -> None:
        for one in allocations:
            kind, key = ("i", one.invoice_id) if one.invoice_id else ("r", one.refund_id)
            self.uses[one.pk] = (one.payment_id, kind, key, int(one.amount * 100))


def money(cents: int) -> Decimal:
    return Decimal(cents) / 100


class Firm:
    """Does a drawn step, refused or not, and keeps the reckoning beside it."""

    def __init__(self) -> None:
        first = DraftFactory()
        second = DraftFactory(client=first.client, legal_entity=first.legal_entity)
        keys = [first.pk, second.pk]
        issue_invoices(invoice_ids=keys, issued_on=date(2026, 3, 31), actor=None)
        self.client = first.client_id
        self.must = Reckoning(keys)

    def pay(self, cents: int) -> None:
        invoice = self.must.invoices[cents % 2]
        share = min(cents // 2, self.must.balance(invoice))
        payment = record_payment(
            client_id=self.client,
            receipt=Receipt(DAY, money(cents)),
            allocations={invoice: money(share)} if share else {},
            actor=None,
            accepts_repeat=True,
        )
        self.must.amounts[payment.pk] = cents
        self.must.note(payment.allocations.all())

    def use(self, cents: int) -> None:
        invoice = self.must.invoices[cents % 2]
        may = cents <= min(self.must.credit(), self.must.balance(invoice))
        with expected(may=may):
            used = allocate_credit(
                client_id=self.client, allocations={invoice: money(cents)}, actor=None
            )
            self.must.note(used)

    def refund(self, cents: int) -> None:
        with expected(may=cents <= self.must.credit()):
            payout = Payout(DAY, money(cents))
            refund = refund_credit(client_id=self.client, payout=payout, actor=None)
            self.must.note(refund.allocations.all())

    def release(self, cents: int) -> None:
        standing = [key for key, (_, to, *_rest) in self.must.uses.items() if to == "i"]
        if standing:
            chosen = standing[cents % len(standing)]
            release_allocation(allocation_id=chosen, note="", actor=None)
            del self.must.uses[chosen]

    def reverse(self, cents: int) -> None:
        if not self.must.amounts:
            return
        payment = list(self.must.amounts)[cents % len(self.must.amounts)]
        own = {key: use for key, use in self.must.uses.items() if use[0] == payment}
        may = payment not in self.must.reversed and all(to == "i" for _, to, *_ in own.values())
        with expected(may=may):
            reverse_payment(payment_id=payment, withdrawal=Withdrawal(DAY), actor=None)
            self.must.reversed.add(payment)
            self.must.uses = {k: use for k, use in self.must.uses.items() if k not in own}

    def undo(self, cents: int) -> None:
        refunds = sorted({key for _, to, key, _ in self.must.uses.values() if to == "r"})
        if refunds:
            chosen = refunds[cents % len(refunds)]
            reverse_refund(refund_id=chosen, withdrawal=Withdrawal(DAY), actor=None)
            uses = self.must.uses.items()
            self.must.uses = {k: use for k, use in uses if use[1:3] != ("r", chosen)}


def expected(*, may: bool) -> Any:
    """Demand a refusal where the reckoning says that it may not be."""
    return pytest.raises(PaymentRefused) if not may else _Nothing()


class _Nothing:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


@pytest.mark.django_db(transaction=True)
@settings(max_examples=15, deadline=None)
@given(steps=st.lists(STEP, min_size=4, max_size=12))
def test_balances_and_credit_equal_the_reckoning_after_every_step(
    steps: list[tuple[str, int]],
) -> None:
    firm = Firm()

    for name, cents in steps:
        getattr(firm, name)(cents)

        rows: Any = Invoice.objects.filter(pk__in=firm.must.invoices).with_balance()
        assert {row.pk: row.balance for row in rows} == {
            key: money(firm.must.balance(key)) for key in firm.must.invoices
        }
        credit = credit_of(firm.client).get("EUR", Decimal(0))
        assert credit == money(firm.must.credit())
    in_hand = sum(
        (one.amount for one in Payment.objects.filter(client=firm.client, reversal=None)),
        Decimal(0),
    )
    went_back = sum(
        (one.amount for one in Refund.objects.filter(client=firm.client, reversal=None)),
        Decimal(0),
    )
    paid = sum(
        (one.amount for one in Allocation.objects.filter(invoice__in=firm.must.invoices)),
        Decimal(0),
    )
    assert in_hand == paid + went_back + money(firm.must.credit())
    assert check_money().ok
