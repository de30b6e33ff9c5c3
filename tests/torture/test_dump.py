"""What the dump of the books tells, and what it leaves out."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pytest_django import DjangoDbBlocker

from billing.models import Charge, Claim, Invoice, TaxLine
from billing.operations.issue_invoices import issue_invoices
from tests.torture.conftest import FreshBooks
from tests.torture.dump import Books, dump_books, first_difference
from tests.torture.firm import ISSUED_BEFORE

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the tests reach copies of the firm."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def before(fresh_books: FreshBooks) -> Iterator[Books]:
    """The books before the test changes something."""
    with fresh_books():
        yield dump_books()


def test_the_order_of_numbers_makes_no_difference(fresh_books: FreshBooks) -> None:
    books, numbers = [], []
    for step in (1, -1):
        with fresh_books():
            drafts = list(Invoice.objects.drafts().order_by("pk").values_list("pk", flat=True))
            for pk in drafts[::step]:
                issue_invoices(invoice_ids=[pk], issued_on=ISSUED_BEFORE, actor=None)
            books.append(dump_books())
            numbers.append(list(Invoice.objects.order_by("pk").values_list("number", flat=True)))

    assert numbers[0] != numbers[1]
    assert first_difference(*books) == []


def test_a_cent_makes_a_difference(before: Books) -> None:
    line = Charge.objects.filter(invoice__status="draft", treatment="billed").latest("pk")

    Charge.objects.filter(pk=line.pk).update(amount=line.amount + Decimal("0.01"))

    [missing, extra] = first_difference(before, dump_books())
    assert missing.startswith(f"{line.client.code} misses")
    assert f'"amount": "{line.amount + Decimal("0.01")}"' in extra


def test_a_claim_that_is_gone_makes_a_difference(before: Books) -> None:
    Claim.objects.filter(charge__invoice__status="draft").latest("pk").delete()

    assert first_difference(before, dump_books()) != []


def test_a_tax_line_more_makes_a_difference(before: Books) -> None:
    TaxLine.objects.create(
        invoice=Invoice.objects.drafts().latest("pk"), category="Z", rate=0, base=0, tax=0
    )

    assert first_difference(before, dump_books()) != []


def test_a_document_that_is_there_twice_makes_a_difference(before: Books) -> None:
    twice = {code: documents * 2 for code, documents in before.items()}

    assert first_difference(before, twice) != []
