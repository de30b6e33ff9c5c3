"""What agreements take off recurring charges, worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreed_discounts import discounts_on, months_in
from billing.domain.agreements import AgreedDiscount, BilledPeriod, LineTerm
from billing.domain.charge import RatedCharge
from billing.models import AgreedDiscount as Row
from billing.models import Charge, Invoice
from billing.operations.redraft import redraft
from billing.tests.cancelled import faults, issue
from billing.tests.evidence import charged, evidence, line, version
from billing.tests.firm import bill, busy_client, open_firm
from contracts.models import Contract
from core.periods import Period, month_of
from tickets.tests.factories import PartUsedFactory

JAN, APR, MAY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 5, 1)
CARE = line(version(JAN, 10, "30.00"), since=APR)
ALWAYS = Period.through(JAN, None)


def agreed(days: Period = ALWAYS, **size: str) -> AgreedDiscount:
    percent, a_month = size.get("percent"), size.get("amount_a_month")
    return AgreedDiscount(
        1,
        days,
        "Loyal client",
        line_id=1 if a_month else None,
        percent=Decimal(percent) if percent else None,
        amount_a_month=Decimal(a_month) if a_month else None,
    )


def off(*discounts: AgreedDiscount) -> list[str]:
    """Return what is taken off April's 300.00."""
    found = charged(evidence(CARE, discounts=discounts), APR)
    return [str(one.amount) for one in found if one.reach]


def test_a_percentage_counts_for_the_days_on_which_it_holds() -> None:
    # 5 % of 300.00 is 15.00; of 15 of April's 30 days 7.50; the day before April nothing.
    assert off(agreed(percent="5")) == ["-15.00"]
    assert off(agreed(Period.through(JAN, date(2026, 4, 15)), percent="5")) == ["-7.50"]
    assert off(agreed(Period.through(JAN, date(2026, 3, 31)), percent="5")) == []


def test_an_amount_a_month_counts_for_its_part_of_the_month() -> None:
    # 20.00 a month; from 22 April 9 of 30 days: 6.00.
    assert off(agreed(amount_a_month="20")) == ["-20.00"]
    assert off(agreed(Period.through(date(2026, 4, 22), None), amount_a_month="20")) == ["-6.00"]


def test_nothing_is_taken_off_beyond_the_charge() -> None:
    assert off(agreed(percent="60"), agreed(percent="60")) == ["-180.00", "-120.00"]
    assert off(agreed(amount_a_month="500")) == ["-300.00"]


def test_other_contracts_and_lines_are_left_alone() -> None:
    elsewhere = AgreedDiscount(1, ALWAYS, "Loyal", contract_id=99, percent=Decimal(5))
    another = AgreedDiscount(1, ALWAYS, "Loyal", line_id=99, percent=Decimal(5))

    assert off(elsewhere, another) == []


def corrected(care: LineTerm, *discounts: AgreedDiscount) -> list[tuple[str, str]]:
    """Return how April is corrected after 300.00 less 15.00 were billed for it."""
    before = BilledPeriod(Decimal("300.00"), 0, month_of(APR), discount=Decimal("15.00"))
    found: list[RatedCharge] = charged(
        evidence(care, discounts=discounts, billed={1: {APR: before}}),
        APR,
    )
    return [(str(one.amount), one.reach) for one in found]


def test_seats_that_are_added_later_are_reduced_as_well() -> None:
    # Two more from 16 April: 60.00 x 15 / 30 = 30.00, less 5 %.
    grown = line(version(JAN, 10, "30.00"), version(date(2026, 4, 16), 12, "30.00"), since=APR)

    found = corrected(grown, agreed(percent="5"))

    assert found == [("30.00", ""), ("-1.50", "line")]


def test_an_amount_a_month_is_not_taken_off_again_when_seats_are_added() -> None:
    """April was billed with its 15.00 off; two more seats from the 16th cost their 30.00."""
    grown = line(version(JAN, 10, "30.00"), version(date(2026, 4, 16), 12, "30.00"), since=APR)

    assert corrected(grown, agreed(amount_a_month="15")) == [("30.00", "")]


def test_a_contract_that_ends_early_gives_back_what_was_paid_for_the_rest() -> None:
    # 20 of 30 days: 200.00 less 10.00 of the 15.00.
    ended = line(version(JAN, 10, "30.00"), since=APR, until=date(2026, 4, 10))

    found = corrected(ended, agreed(percent="5"))

    assert found == [("-200.00", ""), ("10.00", "line")]


@given(start=st.dates(JAN, date(2027, 12, 31)), length=st.integers(1, 700), cut=st.integers(0, 700))
def test_months_of_adjoining_days_add_up(start: date, length: int, cut: int) -> None:
    whole = Period(start, date.fromordinal(start.toordinal() + length))
    middle = date.fromordinal(start.toordinal() + min(cut, length))

    parts = months_in(Period(start, middle)) + months_in(Period(middle, whole.end))

    assert parts == months_in(whole)
    assert months_in(month_of(start)) == Fraction(1)


percents = st.decimals(Decimal("0.01"), Decimal(100), places=2)


@given(percent=percents, first=st.integers(0, 29), days=st.integers(1, 30))
def test_a_percentage_is_within_half_a_cent_of_its_exact_share(
    percent: Decimal, first: int, days: int
) -> None:
    [charge] = charged(evidence(CARE), APR)
    held = Period.through(date(2026, 4, 1 + first), date(2026, 4, min(30, first + days)))

    found = list(discounts_on(charge, [agreed(held, percent=str(percent))], "EUR"))

    exact = Fraction(300) * Fraction(percent) / 100 * Fraction(held.days, 30)
    taken = sum((Fraction(-one.amount) for one in found), Fraction(0))
    assert abs(taken - exact) <= Fraction(1, 200)


@pytest.mark.django_db
def test_a_run_takes_it_off_once_and_gives_it_back_with_the_contract() -> None:
    # April: 298.80 less 5 % = 14.94. It ends on the 10th: 199.20 less 9.96 come back.
    open_firm()
    client = busy_client()
    Row.objects.create(client=client, percent=Decimal(5), reason="Loyal client", starts_on=JAN)
    bill()
    draft = redraft(invoice_id=Invoice.objects.get().pk)
    assert draft is not None
    assert str(draft.net) == "350.05"
    issue(draft)

    Contract.objects.update(last_day_on=date(2026, 4, 10))
    PartUsedFactory.create(ticket__client=client, quantity=1, unit_price=Decimal(900))
    bill(as_of=MAY)
    issue(Invoice.objects.drafts().get())
    bill(as_of=date(2026, 6, 1))

    taken_off = Charge.objects.filter(reduces__isnull=False).order_by("pk")
    assert [str(one.amount) for one in taken_off] == ["-14.94", "9.96"]
    words = taken_off[0].description.replace("\N{NO-BREAK SPACE}", " ")
    assert words == "Remise de 5 % : Loyal client"
    assert faults() == {}


@pytest.mark.django_db
def test_the_page_and_the_api_agree_a_discount_and_refuse_half_of_one(
    as_accountant: Browser,
) -> None:
    open_firm()
    client = busy_client()
    said = {"client": client.pk, "reason": "Loyal client", "starts_on": "2026-01-01"}
    url = reverse("billing:agreed-discount-create")

    refused = as_accountant.post(url, said)
    agreed_on = as_accountant.post(url, said | {"percent": "5"}, follow=True)
    half = as_accountant.post("/api/v1/agreed-discounts/", said | {"amount_a_month": "20"})

    assert refused.status_code == 422
    assert "or an amount a month off one line" in refused.content.decode()
    assert "Loyal client" in agreed_on.content.decode()
    assert half.status_code == 400
    assert Row.objects.count() == 1
