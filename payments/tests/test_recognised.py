"""Lines of bank statements that are direct debits, in sum, one by one, and come back."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.domain.camt import read_camt
from billing.models import BankAccount, BankEntry, BankStatement, Invoice, Payment
from billing.standing import balance_of
from clients.tests.factories import ClientFactory
from payments.models import DebitBatch
from payments.queries.recognised import recognised
from payments.tests.cast import DUE, mandate, owed, sent

pytestmark = pytest.mark.django_db(transaction=True)

BATCHED = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">1019.52</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-04-30</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>
<NtryDtls><Btch><MsgId>DD1-2026-00001</MsgId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>
</Ntry></Stmt></BkToCstmrStmt></Document>"""


@pytest.fixture
def account() -> BankAccount:
    return BankAccount.objects.create(name="BNP", iban="FR1420041010050500013M02606")


def line(account: BankAccount, amount: str, text: str, **said: object) -> BankEntry:
    """Put a line on a statement of the account."""
    statement = BankStatement.objects.create(
        account=account, file_name="a.xml", kind="camt", sha256=text[:64].ljust(64, "0"),
        line_count=1, new_count=1,
    )  # fmt: skip
    facts = {"booked_on": DUE, "amount": Decimal(amount), "currency": "EUR", "text": text}
    return BankEntry.objects.create(
        account=account, statement=statement, fingerprint=text[:64], **{**facts, **said}
    )


def batch_of_two() -> DebitBatch:
    """A batch of two invoices of 509.76 each, at the bank: 1,019.52."""
    invoices = []
    for _ in range(2):
        client = ClientFactory()
        mandate(client)
        invoices.append(owed(client))
    return sent(*invoices)


def test_a_statement_says_by_which_batch_the_bank_booked_a_sum() -> None:
    [found] = read_camt(BATCHED.encode()).lines

    assert found.text == "DD1-2026-00001"
    assert found.amount == Decimal("1019.52")


def test_a_sum_named_by_its_batch_books_each_invoice_once(
    as_accountant: Browser, account: BankAccount
) -> None:
    batch = batch_of_two()
    entry = line(account, "1019.52", f"remise {batch.reference}")
    url = reverse("payments:statement-book", args=[account.pk])

    for _ in range(2):
        as_accountant.post(url, {"selected": entry.pk})

    assert sorted(Payment.objects.values_list("amount", flat=True)) == [Decimal("509.76")] * 2
    assert [balance_of(one) for one in Invoice.objects.with_balance()] == [Decimal(0)] * 2
    entry.refresh_from_db()
    assert (entry.booked_as, entry.is_open) == (batch.reference, False)


def test_a_sum_that_differs_by_a_cent_is_not_taken_for_the_batch(account: BankAccount) -> None:
    batch = batch_of_two()
    line(account, "1019.51", f"remise {batch.reference}")

    assert recognised(account) == []


def test_a_line_that_came_back_opens_its_invoice_alone(
    as_accountant: Browser, account: BankAccount
) -> None:
    batch = batch_of_two()
    first, second = batch.debits.order_by("pk")
    paid = line(account, "1019.52", batch.reference)
    back = line(
        account, "-509.76", f"rejet {first.end_to_end_id}",
        booked_on=date(2026, 5, 5), is_return=True, return_code="AC04",
    )  # fmt: skip
    url = reverse("payments:statement-book", args=[account.pk])

    as_accountant.post(url, {"selected": paid.pk})
    shown = as_accountant.get(reverse("payments:statement", args=[account.pk]))
    as_accountant.post(url, {"selected": back.pk})

    assert b"the account is closed" in shown.content
    owed_now = {one.pk: balance_of(one) for one in Invoice.objects.with_balance()}
    assert owed_now == {first.invoice_id: Decimal("509.76"), second.invoice_id: Decimal(0)}
    first.mandate.refresh_from_db()
    assert first.mandate.end_reason == "returned"
