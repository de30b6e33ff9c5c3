"""VAT in another currency is stated in euro, at the rate of the day of the invoice."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.einvoice.cii import cii_of
from billing.einvoice.reading import electronic
from billing.einvoice.rules import Judge
from billing.einvoice.ubl import ubl_of
from billing.models import ExchangeRate, Invoice
from billing.operations.issue_invoices import Issuing, issue_invoices
from billing.paper import paper_of
from billing.queries.flag_filters import with_flag
from billing.queries.flags import flags_of, with_flag_facts
from billing.tests.credited import MARCH_31, credit
from billing.tests.factories import DraftFactory
from clients.models import LegalEntity

pytestmark = pytest.mark.django_db
NEEDED = "The VAT must be stated in euro as well: enter the exchange rate."


def rate(value: str, day: date = date(2026, 3, 27)) -> ExchangeRate:
    return ExchangeRate.objects.create(currency="USD", valid_from_on=day, rate=Decimal(value))


def in_dollars(**fields: object) -> Invoice:
    """A draft of 424.80 + 84.96 dollars."""
    draft: Invoice = DraftFactory.create(currency="USD", client__currency="USD", **fields)
    return draft


def issue(draft: Invoice) -> Issuing:
    return issue_invoices(invoice_ids=[draft.pk], issued_on=MARCH_31, actor=None)


def issued(draft: Invoice) -> Invoice:
    assert not issue(draft).refused
    return Invoice.objects.with_lines().get(pk=draft.pk)


def flags(draft: Invoice) -> list[str]:
    [row] = with_flag_facts(Invoice.objects.filter(pk=draft.pk))
    return [one.sentence for one in flags_of(row) if one.code == "rate"]


def test_the_rate_of_the_day_is_frozen_with_the_invoice_and_its_vat_said_in_euro() -> None:
    rate("1.1000", date(2026, 3, 1))
    known = rate("1.0856")
    rate("1.2000", date(2026, 4, 1))

    invoice = issued(in_dollars(client__language="fr"))
    ExchangeRate.objects.filter(pk=known.pk).update(rate=Decimal(2))

    # 84.96 / 1.0856 = 78.2608
    assert electronic(invoice).tax_in_euro == Decimal("78.26")
    paper = paper_of(invoice)
    assert ("TVA en euros", "78,26\xa0€") in paper["totals"]
    assert "Taux de change du 27 mars 2026 : 1 EUR = 1,0856 USD." in paper["mentions"]


def test_the_credit_note_takes_the_rate_of_its_invoice() -> None:
    rate("1.0856")
    invoice = issued(in_dollars())

    note = Invoice.objects.with_lines().get(pk=credit(invoice, "50").pk)

    # 10.00 / 1.0856 = 9.2115
    assert electronic(note).tax_in_euro == Decimal("9.21")


def test_an_invoice_in_dollars_keeps_the_official_rules(judge: Judge) -> None:
    rate("1.0856")
    document = electronic(issued(in_dollars()))

    for xml in (cii_of(document), ubl_of(document)):
        assert [one.rule for one in judge.findings(xml) if one.is_fatal] == []
        assert b'currencyID="EUR">78.26<' in xml


@pytest.mark.parametrize(
    ("fields", "is_needed"),
    [
        ({"currency": "USD"}, True),
        ({"currency": "EUR"}, False),
        ({"currency": "USD", "tax": Decimal(0), "total": Decimal("424.80")}, False),
    ],
)
def test_a_draft_without_a_rate_is_flagged(*, fields: dict[str, object], is_needed: bool) -> None:
    draft = DraftFactory.create(**fields)
    rows = with_flag_facts(Invoice.objects.all())

    assert flags(draft) == ([NEEDED] if is_needed else [])
    assert list(with_flag(rows, "rate")) == ([draft] if is_needed else [])
    rate("1.0856")
    assert flags(draft) == []


def test_a_rate_older_than_a_month_serves_no_more() -> None:
    rate("1.0856", date(2026, 2, 27))
    draft = in_dollars()
    LegalEntity.objects.update(needs_electronic_invoice=True)

    assert [refusal.reason for refusal in issue(draft).refused] == [NEEDED]
    rate("1.0856", date(2026, 2, 28))
    assert issue(draft).numbers == {draft.pk: "F-2026-00001"}


def test_rates_are_entered_once_a_day_and_never_for_the_euro(as_accountant: Browser) -> None:
    address = reverse("billing:exchange-rate-create")
    typed = {"currency": "USD", "valid_from_on": "2026-03-27", "rate": "1.0856"}

    answers = [
        as_accountant.post(address, given).status_code
        for given in (
            typed,
            typed,
            typed | {"valid_from_on": "2026-03-28", "rate": "0"},
            typed | {"currency": "EUR"},
        )
    ]

    assert answers == [302, 422, 422, 422]
    [known] = ExchangeRate.objects.all()
    assert (known.currency, known.rate) == ("USD", Decimal("1.0856"))
    listed = as_accountant.get(reverse("api:exchange-rate-list")).json()["results"]
    assert [(one["currency"], one["rate"]) for one in listed] == [("USD", "1.085600")]
