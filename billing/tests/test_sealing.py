"""The canonical form of a document, and that the database writes the same letters as Python."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.domain.sealing import (
    SealedDocument,
    SealedLine,
    SealedTax,
    canonical_form,
    link_hash,
    written_lines,
    written_taxes,
)
from billing.models import Charge
from billing.queries.documents import lines_of, tax_lines_of
from billing.queries.papers import lock_papers
from billing.tests.factories import ChargeFactory, DraftFactory, TaxLineFactory

WORK = SealedLine(
    position=2,
    kind="time",
    treatment="billed",
    description='Écran 24" remplacé',
    starts_on=date(2026, 3, 10),
    last_day_on=date(2026, 3, 10),
    quantity=Decimal(90),
    unit="minute",
    unit_price=Decimal("84.00"),
    price_base=60,
    amount=Decimal("126.00"),
    tax_category="S",
    tax_rate=Decimal("20.00"),
)
WORK_WRITTEN = (
    '[2,"time","billed","Écran 24\\" remplacé","2026-03-10","2026-03-10","90.0000","minute"'
    ',"84.0000",60,"126.00","S","20.00"]'
)


def test_the_canonical_form_is_json_with_sorted_keys_and_no_spaces() -> None:
    document = SealedDocument(
        number="F-2026-00001",
        client_id=7,
        issued_on=date(2026, 3, 31),
        due_on=date(2026, 4, 30),
        currency="EUR",
        language="fr",
        tax_situation="domestic",
        purchase_order='PO "9"',
        net=Decimal("126.00"),
        tax=Decimal("25.20"),
        total=Decimal("151.20"),
        seller="5e11e4",
        buyer="b0b",
        mentions="3e0",
        lines=WORK_WRITTEN,
        tax_lines='["S","20.00","126.00","25.20"]',
    )

    assert canonical_form(document).decode() == (
        '{"buyer":"b0b","client":7,"currency":"EUR","due_on":"2026-04-30"'
        ',"form":"fixpoint-document-1","issued_on":"2026-03-31","language":"fr"'
        f',"lines":[{WORK_WRITTEN}],"mentions":"3e0","net":"126.00","number":"F-2026-00001"'
        ',"purchase_order":"PO \\"9\\"","seller":"5e11e4","tax":"25.20"'
        ',"tax_lines":[["S","20.00","126.00","25.20"]],"tax_situation":"domestic"'
        ',"total":"151.20"}'
    )


def test_lines_are_written_in_their_order_with_amounts_of_fixed_shape() -> None:
    settled = WORK._replace(position=None, description="Tested", quantity=Decimal("0.5"))

    assert written_lines([WORK, settled]) == (
        f'{WORK_WRITTEN},[null,"time","billed","Tested","2026-03-10","2026-03-10","0.5000"'
        ',"minute","84.0000",60,"126.00","S","20.00"]'
    )


def test_taxes_are_written_by_category_and_rate() -> None:
    standard = SealedTax("S", Decimal(20), Decimal(10), Decimal(2))
    reduced = SealedTax("S", Decimal("5.5"), Decimal(10), Decimal("0.55"))

    assert written_taxes([standard, reduced]) == (
        '["S","5.50","10.00","0.55"],["S","20.00","10.00","2.00"]'
    )


def test_a_link_takes_up_all_that_went_before() -> None:
    assert link_hash("abc", 2, "issue", "def") == sha256(b"abc\n2\nissue\ndef").hexdigest()


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    description=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=60),
    quantity=st.decimals(-9999, 9999, places=4),
    amount=st.decimals(-999999, 999999, places=2),
    position=st.none() | st.integers(3, 99),
)
def test_the_database_writes_the_same_letters_as_python(
    description: str, quantity: Decimal, amount: Decimal, position: int | None
) -> None:
    draft = DraftFactory()
    TaxLineFactory(invoice=draft, rate=Decimal("5.50"), base=amount, tax=Decimal("-0.05"))
    ChargeFactory(
        invoice=draft, position=position, description=description, quantity=quantity, amount=amount
    )

    [paper] = lock_papers([draft.pk])

    assert paper.written.lines == written_lines(lines_of([draft.pk])[draft.pk])
    assert paper.written.taxes == written_taxes(tax_lines_of([draft.pk])[draft.pk])


@pytest.mark.django_db
def test_only_printed_lines_decide_what_sort_of_document_it_is() -> None:
    draft = DraftFactory()
    Charge.objects.filter(invoice=draft, kind="time").update(position=None, kind="part")

    [paper] = lock_papers([draft.pk])

    assert paper.written.kinds == {"recurring"}
