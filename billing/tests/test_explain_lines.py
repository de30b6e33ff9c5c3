"""The sentences behind contract lines, those of invoices issued by earlier rules too."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from billing.domain.agreements import LineTerm, Tier
from billing.domain.charge import RatedCharge
from billing.domain.terms import Pricing, Proration, QuantityRule, StubRule
from billing.explain import explain
from billing.tests.agreed_lines import agreed, carried, device, flat
from billing.tests.evidence import charged, evidence, version
from billing.wording import description_of
from core.periods import Period

JAN, MAR, APR = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1)
MID_MARCH = date(2026, 3, 20)
TIERS = (Tier(Decimal(10), Decimal("30.00")), Tier(None, Decimal("25.00")))
SOME_INCLUDED = {"included_quantity": Decimal(25), "overage_price": Decimal("15.00")}


@dataclass
class Stored:
    """A charge as the database holds it, for years."""

    basis: dict[str, Any]
    treatment: str = "billed"
    amount: Decimal = Decimal(0)
    list_amount: Decimal = field(default=Decimal(0))


def charge_of(line: LineTerm, as_of: date, after: LineTerm | None = None) -> RatedCharge:
    """Return the one charge that is due, once what ``after`` says has been billed."""
    billed = carried(charged(evidence(after), as_of), {}) if after else {}
    [charge] = charged(evidence(line, billed=billed), as_of)
    return charge


@pytest.mark.parametrize(
    ("line", "as_of", "sentence"),
    [
        (flat(JAN, "1200.00", months=3), JAN, "€1,200.00"),
        (
            flat(JAN, "1200.00", months=3, until=date(2026, 2, 14)),
            JAN,
            "€1,200.00 for 45 of 90 days",
        ),
        (
            flat(MID_MARCH, "1000.00", proration=Proration.THIRTY_DAYS),
            MID_MARCH,
            "€1,000.00 for 12 of 30 days (months of 30 days)",
        ),
        (
            flat(MID_MARCH, "1000.00", stub=StubRule.JOINED),
            APR,
            "€1,000.00 for 12 of 31 days + €1,000.00",
        ),
        (
            flat(MID_MARCH, "1000.00", stub=StubRule.FULL),
            MID_MARCH,
            "€1,000.00, the first period in full",
        ),
        (
            flat(MID_MARCH, "1000.00", stub=StubRule.FREE),
            MID_MARCH,
            "free before the first whole period (otherwise €1,000.00 for 12 of 31 days)",
        ),
        (
            agreed(version(MAR, 28, "500.00", **SOME_INCLUDED), pricing=Pricing.PACKAGE),
            MAR,
            "€500.00 with 25 included + 3 × €15.00",
        ),
        (
            agreed(version(MAR, 12, "0", tiers=TIERS), pricing=Pricing.VOLUME),
            MAR,
            "12 × €25.00",
        ),
        (
            agreed(version(MID_MARCH, 12, "0", tiers=TIERS), pricing=Pricing.GRADUATED),
            MID_MARCH,
            "(10 × €30.00 + 2 × €25.00) for 12 of 31 days",
        ),
    ],
)
def test_a_line_says_its_price_and_for_which_days(
    line: LineTerm, as_of: date, sentence: str
) -> None:
    assert explain(charge_of(line, as_of)) == sentence


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (QuantityRule.SNAPSHOT, "1 × €30.00 (quantity of 1 Mar 2026)"),
        (QuantityRule.HIGH_WATER, "2 × €30.00 (highest quantity, of 20 Mar 2026)"),
        (QuantityRule.DAILY, "1 × €30.00 for 19 of 31 days + 2 × €30.00 for 12 of 31 days"),
    ],
)
def test_the_day_that_decides_on_the_quantity_is_named(rule: QuantityRule, sentence: str) -> None:
    fleet = [device(1, JAN), device(2, MID_MARCH)]
    line = agreed(version(MAR, 0, "30.00"), counted=fleet, quantity_rule=rule)

    assert explain(charge_of(line, MAR)) == sentence


def test_a_correction_names_its_period_in_full() -> None:
    billed = flat(APR, "1200.00", months=3)
    ended = flat(APR, "1200.00", months=3, until=date(2026, 5, 20))

    credit = charge_of(ended, date(2026, 5, 21), after=billed)

    assert explain(credit) == (
        "1 Apr – 30 Jun 2026: €659.34 owed, €1,200.00 billed so far (€1,200.00 for 50 of 91 days)"
    )
    assert description_of(credit) == "Workstation care – correction for 1 Apr – 30 Jun 2026"


def test_what_is_not_owed_any_more_says_so() -> None:
    paused = flat(APR, "310.00", pauses=[Period(APR, date(2026, 5, 1))])

    credit = charge_of(paused, APR, after=flat(APR, "310.00"))

    assert explain(credit) == "April 2026: €0.00 owed, €310.00 billed so far"


@pytest.mark.parametrize(
    ("line", "as_of", "text"),
    [
        (flat(MAR, "9.00"), MAR, "Workstation care – March 2026"),
        (flat(MID_MARCH, "9.00"), MID_MARCH, "Workstation care – March 2026 (20–31)"),
        (flat(APR, "9.00", months=3), APR, "Workstation care (1 Apr – 30 Jun 2026)"),
        (
            flat(MID_MARCH, "9.00", anchor=MID_MARCH),
            MID_MARCH,
            "Workstation care (20 Mar – 19 Apr 2026)",
        ),
        (flat(MID_MARCH, "9.00", months=0), MID_MARCH, "Workstation care (20 Mar 2026)"),
    ],
)
def test_the_text_of_a_line_names_its_month_or_its_days(
    line: LineTerm, as_of: date, text: str
) -> None:
    assert description_of(charge_of(line, as_of)) == text


def test_sentences_of_the_first_rule_stay_as_they_were() -> None:
    """The basis as version 1 of the rule wrote it; such charges are on issued invoices."""
    basis = {
        "rule": "recurring/1",
        "currency": "EUR",
        "contract": "K001",
        "contract_name": "Managed workstations",
        "unit": "device",
        "month": "2026-03-01",
        "month_days": 31,
        "slices": [
            {
                "from": "2026-03-20",
                "days": 12,
                "quantity": "12",
                "unit_price": "24.90",
                "amount": "115.66",
            }
        ],
    }
    correction = {**basis, "rule": "correction/1", "owed": "115.66", "billed": "298.80"}

    assert explain(Stored(basis)) == "12 × €24.90 for 12 of 31 days"
    assert explain(Stored(correction)) == (
        "March 2026: €115.66 owed, €298.80 billed so far (12 × €24.90 for 12 of 31 days)"
    )


def test_sentences_are_in_the_readers_language() -> None:
    stub = charge_of(flat(MID_MARCH, "1000.00", stub=StubRule.FREE), MID_MARCH)

    with translation.override("fr"):
        sentence = explain(stub)

    assert sentence.replace("\xa0", " ").replace("\u202f", " ") == (
        "gratuit avant la première période entière (sinon 1 000,00 € pour 12 jours sur 31)"
    )
