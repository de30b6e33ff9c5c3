"""What a client disputes is not collected; the rest of the invoice is."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.tests.factories import UserFactory
from billing.models import Invoice
from collecting.models import DisputeGround
from collecting.operations.open_dispute import Objection, open_dispute
from payments.operations.make_batch import DebitRefused
from payments.operations.send_batch import send_batch
from payments.tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def dispute(invoice: Invoice, position: int) -> None:
    """Dispute the recurring line, of 358.56 with tax, or the time line, of 151.20."""
    line = invoice.charges.get(position=position)
    objection = Objection(DisputeGround.QUANTITY, "Not so much")
    open_dispute(line_id=line.pk, objection=objection, actor=UserFactory.create(), now=NOW)


def test_a_disputed_line_is_left_out_of_what_is_collected() -> None:
    invoice = cast.owed()
    dispute(invoice, 2)

    batch = cast.collect(invoice)

    assert (batch.debits.get().amount, batch.total) == (Decimal("358.56"), Decimal("358.56"))


def test_nothing_is_collected_of_an_invoice_that_is_disputed_as_a_whole() -> None:
    invoice = cast.owed()
    dispute(invoice, 1)
    dispute(invoice, 2)

    with pytest.raises(DebitRefused, match="All that is open is disputed"):
        cast.collect(invoice)


def test_a_batch_is_not_handed_to_the_bank_once_a_line_of_it_is_disputed() -> None:
    invoice = cast.owed()
    batch = cast.collect(invoice)
    dispute(invoice, 1)

    with pytest.raises(DebitRefused, match="disputed"):
        send_batch(batch_id=batch.pk, now=cast.NOW, today=cast.TODAY, actor=None)
