"""The bill: order and positions of the lines, tax by situation and rate, totals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing import models
from billing.domain import terms
from billing.domain.agreements import DatedTax
from billing.domain.bill import Bill, Billing, draw_up
from billing.domain.evidence import Buyer, ClientEvidence, Firm
from billing.domain.terms import BillingMode, Hold, Kind, NotBillable, Situation
from billing.tests.evidence import (
    REMOTE,
    billed,
    covers,
    evidence,
    job,
    line,
    part,
    ticket,
    version,
    worked,
)
from contracts.models import BillingTiming
from core.periods import Period
from tickets.models import BillingMode as TicketBillingMode

MAR, APR = date(2026, 3, 1), date(2026, 4, 1)


def the_bill(evidence: ClientEvidence, as_of: date) -> Bill:
    """Return the client's only bill."""
    [bill] = draw_up(evidence, as_of).bills
    return bill


def test_lines_stand_as_contract_then_corrections_then_ticket_by_ticket() -> None:
    late, early = ticket("T10"), ticket("T9", closed_on=date(2026, 3, 20))
    bill = the_bill(
        evidence(
            line(version(MAR, 10, "30.00")),
            billed=billed({MAR: "250.00"}),
            time=[worked(60, id=1, ticket=late), worked(60, id=2, ticket=early)],
            parts=[part("1", "48.00", ticket=early)],
            flat_rates=[job("149.00", early)],
        ),
        APR,
    )

    assert [(p, c.kind, c.ticket and c.ticket.number) for p, c in bill.lines()] == [
        (1, Kind.RECURRING, None),
        (2, Kind.ADJUSTMENT, None),
        (3, Kind.FLAT, "T9"),
        (4, Kind.TIME, "T9"),
        (5, Kind.PART, "T9"),
        (6, Kind.TIME, "T10"),
    ]


def test_waived_and_included_work_is_settled_but_not_printed() -> None:
    included = ticket(mode=BillingMode.FLAT_RATE, closed_on=MAR, has_flat_rate=True)
    entries = [
        worked(60, id=1, is_billable=False),
        worked(60, id=2),
        worked(60, id=3, ticket=included),
    ]

    bill = the_bill(evidence(time=entries), APR)

    positions = {charge.source.time_entry_id: position for position, charge in bill.lines()}
    assert positions == {1: None, 2: 1, 3: None}


def test_where_everything_comes_to_nothing_there_is_no_invoice() -> None:
    coverage = [covers(REMOTE, since=date(2026, 1, 1))]

    bill = the_bill(evidence(time=[worked(60)], contracts=coverage), APR)

    assert bill.totals is None
    assert [position for position, _ in bill.lines()] == [None]


def test_nothing_due_gives_an_empty_bill() -> None:
    assert draw_up(evidence(buyer=Buyer(1, "", "USD")), APR) == Billing()


def test_tax_is_reckoned_on_the_sum_of_each_rate() -> None:
    """10 x 3.60 at 5.5 %: 1.98 on the sum, where tax by line would come to 2.00."""
    parts = [part("1", "3.60", id=n, tax_code="reduced") for n in range(10)]

    totals = the_bill(evidence(parts=[*parts, part("1", "100.00", id=11)]), APR).totals

    assert totals is not None
    assert [(tax.rate, tax.base, tax.tax) for tax in totals.taxes] == [
        (Decimal("20.00"), Decimal("100.00"), Decimal("20.00")),
        (Decimal("5.50"), Decimal("36.00"), Decimal("1.98")),
    ]
    assert (totals.net, totals.tax) == (Decimal(136), Decimal("21.98"))
    assert totals.total == Decimal("157.98")


@pytest.mark.parametrize(
    ("country", "vat_number", "situation", "category", "tax"),
    [
        ("FR", "", Situation.DOMESTIC, "S", "20.00"),
        ("MC", "FR12345678901", Situation.DOMESTIC, "S", "20.00"),
        ("BE", "", Situation.DOMESTIC, "S", "20.00"),
        ("BE", "BE0123456789", Situation.REVERSE_CHARGE, "AE", "0.00"),
        ("GR", "EL123456789", Situation.REVERSE_CHARGE, "AE", "0.00"),
        ("CH", "", Situation.OUTSIDE_EU, "O", "0.00"),
        ("GB", "GB123456789", Situation.OUTSIDE_EU, "O", "0.00"),
    ],
)
def test_tax_follows_from_where_the_client_is(
    country: str, vat_number: str, situation: Situation, category: str, tax: str
) -> None:
    bill = the_bill(
        evidence(buyer=Buyer(1, country, "EUR", vat_number), parts=[part("1", "100")]), APR
    )

    assert bill.totals is not None
    assert bill.situation == situation
    assert [one.category for one in bill.totals.taxes] == [category]
    assert bill.totals.tax == Decimal(tax)


def test_a_small_business_charges_no_tax() -> None:
    small = Firm("FR", "EUR", is_small_business=True)

    bill = the_bill(evidence(firm=small, parts=[part("1", "100.00")]), APR)

    assert bill.totals is not None
    assert [(tax.category, tax.tax) for tax in bill.totals.taxes] == [("E", Decimal(0))]


def test_what_is_zero_rated_needs_no_rate_and_has_a_category_of_its_own() -> None:
    bill = the_bill(evidence(parts=[part("1", "100.00", tax_code="zero")], taxes={}), APR)

    assert bill.totals is not None
    [tax] = bill.totals.taxes
    assert (tax.category, tax.rate, tax.tax) == ("Z", Decimal(0), Decimal(0))


def test_the_tax_rate_is_that_of_the_day_of_service() -> None:
    until_march = DatedTax(Period(date(2000, 1, 1), APR), Decimal("19.60"))
    from_april = DatedTax(Period.through(APR, None), Decimal("20.00"))
    rates = {"standard": [until_march, from_april]}
    parts = [part("1", "100.00", date(2026, 3, 31), id=1), part("1", "50.00", APR, id=2)]

    totals = the_bill(evidence(parts=parts, taxes=rates), date(2026, 5, 1)).totals

    assert totals is not None
    assert [(tax.rate, tax.tax) for tax in totals.taxes] == [
        (Decimal("20.00"), Decimal("10.00")),
        (Decimal("19.60"), Decimal("19.60")),
    ]


def test_amounts_follow_the_smallest_unit_of_the_currency() -> None:
    """20 minutes at 1,000 yen are 333 yen."""
    yen = evidence(
        firm=Firm("JP", "JPY"), buyer=Buyer(1, "JP", "JPY"), parts=[part("0.3333", "1000")]
    )

    totals = the_bill(yen, APR).totals

    assert totals is not None
    assert (totals.net, totals.tax) == (Decimal(333), Decimal(67))  # 66.6 at 20 %


@pytest.mark.parametrize(
    ("fields", "hold"),
    [
        ({"buyer": Buyer(1, "FR", "USD")}, Hold.CURRENCY_DIFFERS),
        ({"buyer": Buyer(1, "", "EUR")}, Hold.COUNTRY_MISSING),
        ({"taxes": {}}, Hold.TAX_RATE_MISSING),
        ({"firm": Firm("DE", "EUR"), "taxes": {}}, Hold.TAX_RATE_MISSING),
    ],
)
def test_a_client_that_cannot_be_taxed_is_held_with_the_reason(
    fields: dict[str, Any], hold: Hold
) -> None:
    with pytest.raises(NotBillable) as refusal:
        draw_up(evidence(parts=[part("1", "100.00")], **fields), APR)

    assert refusal.value.hold == hold


def test_less_than_nothing_is_held_until_it_is_outweighed() -> None:
    """900.00 billed, ended on 10 March: 290.32 owed, 609.68 to give back, plus 20 % tax."""
    ended = line(version(MAR, 30, "30.00"), until=date(2026, 3, 10))
    before = billed({MAR: "900.00"})

    held = draw_up(evidence(ended, billed=before), APR)
    outweighed = the_bill(evidence(ended, parts=[part("1", "609.69")], billed=before), APR)

    assert held.bills == ()
    [waiting] = held.held
    assert (waiting.hold, waiting.source.period_on) == (Hold.NEGATIVE_TOTAL, MAR)
    assert (waiting.facts["amount"], waiting.facts["currency"]) == ("-731.62", "EUR")
    assert outweighed.totals is not None
    assert outweighed.totals.net == Decimal("0.01")


def test_the_engines_words_are_those_of_the_database() -> None:
    pairs = [
        (terms.Kind, models.ChargeKind),
        (terms.Treatment, models.Treatment),
        (terms.Unit, models.Unit),
        (terms.Situation, models.TaxSituation),
        (terms.Timing, BillingTiming),
        (terms.BillingMode, TicketBillingMode),
    ]

    for ours, stored in pairs:
        assert {str(word) for word in ours} == set(stored.values)
