"""A draft that does not add up is found by both proofs: the database's and Python's."""

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.domain.proof import Fault, fault_of
from billing.models import Invoice
from billing.queries.documents import lines_of, tax_lines_of
from billing.queries.written import written_of
from billing.tests.factories import ChargeFactory, DraftFactory, TaxLineFactory
from core.money import smallest_unit

pytestmark = pytest.mark.django_db


def both_proofs(draft: Invoice) -> tuple[Fault | None, Fault | None]:
    """Return what the database finds and what Python finds."""
    lines, taxes = lines_of([draft.pk])[draft.pk], tax_lines_of([draft.pk]).get(draft.pk, ())
    totals = (draft.net, draft.tax, draft.total)
    return (
        written_of([draft.pk])[draft.pk].fault,
        fault_of(lines, taxes, totals, smallest_unit(draft.currency)),
    )


def test_a_draft_that_adds_up_has_no_fault() -> None:
    assert both_proofs(DraftFactory()) == (None, None)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE billing_charge SET amount = 126.01 WHERE position = 2", Fault.LINE),
        ("UPDATE billing_charge SET treatment = 'waived', amount = 0", Fault.BASE),
        ("UPDATE billing_charge SET tax_rate = 10 WHERE position = 2", Fault.BASE),
        ("UPDATE billing_taxline SET base = 424.81", Fault.BASE),
        ("DELETE FROM billing_taxline", Fault.BASE),
        ("UPDATE billing_taxline SET rate = 10", Fault.BASE),
        ("UPDATE billing_taxline SET tax = 84.97", Fault.TAX),
        ("UPDATE billing_invoice SET net = 424.81, total = 509.77", Fault.NET),
        ("UPDATE billing_invoice SET tax = 84.97, total = 509.77", Fault.TAX),
    ],
)  # fmt: skip
def test_each_way_of_not_adding_up_is_named(statement: str, fault: Fault) -> None:
    draft = DraftFactory()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    draft.refresh_from_db()

    assert both_proofs(draft) == (fault, fault)


def test_a_currency_without_decimals_is_rounded_to_whole_amounts() -> None:
    draft = DraftFactory(
        lines=False, currency="JPY", net=Decimal(126), tax=Decimal(25), total=Decimal(151)
    )
    ChargeFactory(invoice=draft, unit_price=Decimal("84.3"), amount=Decimal(126))
    TaxLineFactory(invoice=draft, base=Decimal(126), tax=Decimal(25))

    assert both_proofs(draft) == (None, None)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    quantity=st.decimals("-99999", "99999", places=4),
    price=st.decimals("0", "9999999", places=4),
    base=st.sampled_from([1, 7, 60, 1000]),
    off=st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("-0.01")]),
)
def test_both_proofs_round_alike(
    quantity: Decimal, price: Decimal, base: int, off: Decimal
) -> None:
    amount = (quantity * price / base).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP") + off
    draft = DraftFactory(lines=False)
    ChargeFactory(
        invoice=draft, quantity=quantity, unit_price=price, price_base=base, amount=amount
    )

    found = both_proofs(draft)

    assert found[0] == found[1]
    assert (found[0] == Fault.LINE) == bool(off)
