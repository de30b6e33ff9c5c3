"""A new price from a day on closes the old one; days never have two prices or a hole."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import Rate, RateCard, TaxRate
from catalog.operations.end_rate import RateNotEndable, end_rate
from catalog.operations.set_rate import RateNotAcceptable, set_rate
from catalog.operations.set_tax_rate import TaxRateNotAcceptable, set_tax_rate
from catalog.tests.factories import (
    ClientRateCardFactory,
    ClientRateFactory,
    FirmRateCardFactory,
    RateFactory,
    TaxRateFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = date(2020, 1, 1)


def spans(card: RateCard) -> list[tuple[date, date | None, Decimal]]:
    rates = Rate.objects.filter(rate_card=card).order_by("starts_on")
    return list(rates.values_list("starts_on", "last_day_on", "hourly_rate"))


def set_on(rate: Rate, day: date, price: str) -> Rate:
    return set_rate(
        rate_card_id=rate.rate_card_id,
        work_type_id=rate.work_type_id,
        hourly_rate=Decimal(price),
        starts_on=day,
    )


def test_a_new_rate_closes_the_old_one_the_day_before() -> None:
    rate = ClientRateFactory()

    set_on(rate, date(2026, 4, 1), "80")

    assert spans(rate.rate_card) == [
        (LONG_AGO, date(2026, 3, 31), Decimal(76)),
        (date(2026, 4, 1), None, Decimal(80)),
    ]


def test_a_rate_of_the_same_day_is_corrected_in_place() -> None:
    rate = ClientRateFactory()

    set_on(rate, LONG_AGO, "77.50")

    assert spans(rate.rate_card) == [(LONG_AGO, None, Decimal("77.50"))]


def test_a_rate_put_before_a_later_one_holds_until_then() -> None:
    rate = ClientRateFactory(starts_on=date(2026, 6, 1))

    set_on(rate, date(2026, 4, 1), "70")

    assert spans(rate.rate_card) == [
        (date(2026, 4, 1), date(2026, 5, 31), Decimal(70)),
        (date(2026, 6, 1), None, Decimal(76)),
    ]


def test_the_firms_card_must_say_how_minutes_are_rounded() -> None:
    card = FirmRateCardFactory()
    rate = card.rates.get(work_type__code="remote")

    with pytest.raises(RateNotAcceptable, match="must say the minimum and the step"):
        set_on(rate, date(2026, 4, 1), "90")

    assert card.rates.count() == 2


@pytest.mark.parametrize(
    ("price", "step", "sentence"), [("-1", 15, "negative"), ("80", 0, "at least one minute")]
)
def test_impossible_rates_are_refused(price: str, step: int, sentence: str) -> None:
    rate = RateFactory(rate_card=ClientRateCardFactory())

    with pytest.raises(RateNotAcceptable, match=sentence):
        set_rate(
            rate_card_id=rate.rate_card_id,
            work_type_id=rate.work_type_id,
            hourly_rate=Decimal(price),
            starts_on=date(2026, 4, 1),
            minimum_minutes=15,
            step_minutes=step,
        )

    assert spans(rate.rate_card) == [(LONG_AGO, None, Decimal(84))]


def test_a_rate_ends_on_a_day_that_it_held() -> None:
    rate = ClientRateFactory(last_day_on=date(2026, 6, 30))

    end_rate(rate_id=rate.pk, last_day_on=date(2026, 3, 31))
    with pytest.raises(RateNotEndable, match="ended on 31 Mar 2026 already"):
        end_rate(rate_id=rate.pk, last_day_on=date(2026, 4, 30))
    with pytest.raises(RateNotEndable, match="it cannot end before"):
        end_rate(rate_id=rate.pk, last_day_on=date(2019, 12, 31))

    assert spans(rate.rate_card) == [(LONG_AGO, date(2026, 3, 31), Decimal(76))]


def test_a_new_tax_rate_closes_the_old_one() -> None:
    TaxRateFactory(rate=Decimal("19.60"))

    set_tax_rate(country="FR", tax_code="standard", rate=Decimal(20), starts_on=date(2024, 1, 1))
    with pytest.raises(TaxRateNotAcceptable, match="between 0 and 100"):
        set_tax_rate(
            country="FR", tax_code="standard", rate=Decimal(200), starts_on=date(2026, 1, 1)
        )

    found = TaxRate.objects.order_by("starts_on").values_list("last_day_on", "rate")
    assert list(found) == [(date(2023, 12, 31), Decimal("19.60")), (None, Decimal(20))]
