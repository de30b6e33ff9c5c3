"""The sentences behind an amount, in the reader's language."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from billing.domain.agreements import LineTerm
from billing.domain.charge import RatedCharge
from billing.domain.terms import BillingMode, Hold, NotBillable
from billing.explain import explain, explain_hold
from billing.tests.evidence import (
    ON_SITE,
    billed,
    charged,
    covers,
    evidence,
    line,
    own_rate,
    part,
    ticket,
    version,
    worked,
)
from billing.tests.evidence import REMOTE as REMOTE_WORK

MAR, APR = date(2026, 3, 1), date(2026, 4, 1)


def charge_of(*lines: LineTerm, as_of: date = APR, **fields: object) -> RatedCharge:
    [charge] = charged(evidence(*lines, **fields), as_of)
    return charge


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (37, "37 min worked, 45 min billed (steps of 15), €84.00/h Remote"),
        (45, "45 min worked, €84.00/h Remote"),
        (4, "4 min worked, 15 min billed (at least 15 min), €84.00/h Remote"),
        (95, "1 h 35 worked, 1 h 45 billed (steps of 15), €84.00/h Remote"),
    ],
)
def test_time_says_what_was_worked_what_is_billed_and_by_which_rule(
    minutes: int, sentence: str
) -> None:
    assert explain(charge_of(time=[worked(minutes)])) == sentence


def test_a_rate_of_the_clients_own_is_named_as_such() -> None:
    charge = charge_of(time=[worked(20)], rates=own_rate("76.00"))

    assert explain(charge) == (
        "20 min worked, 30 min billed (steps of 15), €76.00/h Remote (this client's rate)"
    )


def test_minimum_and_step_are_both_named_where_both_count() -> None:
    charge = charge_of(time=[worked(5)], rates=own_rate("60.00", 20, 15))

    assert "(at least 20 min, steps of 15)" in explain(charge)


def test_covered_work_names_its_contract() -> None:
    charge = charge_of(time=[worked(60)], contracts=[covers(REMOTE_WORK, since=MAR)])

    assert explain(charge) == "1 h worked, covered by contract K001"


@pytest.mark.parametrize(
    ("mode", "is_billable", "sentence"),
    [
        (BillingMode.FREE, True, "1 h worked, waived: the ticket is free of charge"),
        (BillingMode.HOURLY, False, "1 h worked, waived: not billable"),
        (BillingMode.FLAT_RATE, True, "1 h worked, included in the flat rate"),
    ],
)
def test_work_that_costs_nothing_says_why(
    mode: BillingMode,
    is_billable: bool,  # noqa: FBT001  (a column of the table)
    sentence: str,
) -> None:
    on = ticket(mode=mode, closed_on=MAR, has_flat_rate=True)
    entry = worked(60, ticket=on, is_billable=is_billable, work_type=ON_SITE)

    assert explain(charge_of(time=[entry])) == sentence


def test_contract_months_show_price_quantity_and_days() -> None:
    whole = charge_of(line(version(APR, 12, "24.90")))
    piece = charge_of(line(version(date(2026, 3, 20), 12, "24.90")), as_of=date(2026, 3, 20))
    growing = charge_of(
        line(version(MAR, 10, "30"), version(date(2026, 3, 20), 13, "30")), as_of=MAR
    )

    assert explain(whole) == "12 × €24.90"
    assert explain(piece) == "12 × €24.90 for 12 of 31 days"
    assert explain(growing) == "10 × €30.00 for 19 of 31 days + 13 × €30.00 for 12 of 31 days"


def test_a_correction_shows_what_is_owed_and_what_was_billed() -> None:
    charge = charge_of(line(version(APR, 12, "24.90")), billed=billed({APR: "273.90"}))

    assert explain(charge) == "April 2026: €298.80 owed, €273.90 billed so far (12 × €24.90)"


def test_parts_show_quantity_and_price() -> None:
    assert explain(charge_of(parts=[part("2", "48.00")])) == "2 × €48.00"
    assert explain(charge_of(parts=[part("1", "48.00")])) == "€48.00"
    assert explain(charge_of(parts=[part("1", "48.00", is_billable=False)])) == (
        "€48.00, waived: not billable"
    )


def test_the_sentence_is_in_the_readers_language() -> None:
    charge = charge_of(time=[worked(37)])

    with translation.override("fr"):
        sentence = explain(charge)

    assert "84,00\xa0€" in sentence


def test_a_hold_says_what_to_put_right() -> None:
    refusal = NotBillable(Hold.RATE_MISSING, work_type="Climbing", day="2026-03-10", ticket="T1")

    assert explain_hold(refusal) == "No hourly rate for Climbing on 10 Mar 2026 (ticket T1)."


@pytest.mark.parametrize("hold", Hold)
def test_every_hold_has_a_sentence(hold: Hold) -> None:
    facts = {
        **dict.fromkeys(
            (
                "client",
                "firm",
                "ticket",
                "contract",
                "contracts",
                "line",
                "work_type",
                "reason",
                "zone",
                "calendar",
            ),
            "X",
        ),
        "why": "X.",
        "day": "2026-03-10",
        "tax_code": "standard",
        "country": "FR",
        "amount": str(Decimal("-1.00")),
        "currency": "EUR",
    }

    assert explain_hold(NotBillable(hold, **facts)).endswith(".")
