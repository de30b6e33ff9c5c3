"""Roles, their people and rates; travel zones and their prices by day."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client as Browser

from accounts.models import User
from catalog.models import RoleAssignment, TravelZone, WorkRole
from catalog.operations.set_rate import set_rate
from catalog.operations.set_zone_price import ZonePriceNotAcceptable, set_zone_price
from catalog.tests.factories import FirmRateCardFactory, WorkTypeFactory

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def test_people_get_a_role_another_one_and_none(
    as_administrator: Browser, technician: User
) -> None:
    junior, senior = WorkRole.objects.create(name="J"), WorkRole.objects.create(name="S")
    url, field = "/catalog/work-roles/people/", f"person_{technician.pk}"

    held = []
    for role in (junior, senior, None):
        as_administrator.post(url, {field: role.pk if role else ""})
        held.append(list(RoleAssignment.objects.values_list("work_role", flat=True)))

    assert held == [[junior.pk], [senior.pk], []]


def test_rates_of_roles_follow_each_other_apart() -> None:
    card, on_site = FirmRateCardFactory(), WorkTypeFactory(code="own", name="Own")
    senior = WorkRole.objects.create(name="Senior")
    rounding = {"minimum_minutes": 15, "step_minutes": 15}

    for role, day, rate in ((None, MARCH, 96), (senior.pk, MARCH, 120), (senior.pk, MAY, 125)):
        set_rate(
            rate_card_id=card.pk, work_type_id=on_site.pk, work_role_id=role,
            hourly_rate=Decimal(rate), starts_on=day, **rounding,
        )  # fmt: skip

    own = card.rates.filter(work_type=on_site).order_by("pk")
    rows = own.values_list("work_role", "hourly_rate", "last_day_on")
    assert list(rows) == [
        (None, 96, None), (senior.pk, 120, date(2026, 4, 30)), (senior.pk, 125, None),
    ]  # fmt: skip


def test_prices_of_a_zone_hold_by_day() -> None:
    zone = TravelZone.objects.create(name="Lyon")
    set_zone_price(zone_id=zone.pk, price=Decimal(35), starts_on=MARCH)
    set_zone_price(zone_id=zone.pk, price=Decimal(40), starts_on=MAY)

    set_zone_price(zone_id=zone.pk, price=Decimal(38), starts_on=APRIL)
    set_zone_price(zone_id=zone.pk, price=Decimal(37), starts_on=APRIL)

    rows = zone.prices.order_by("starts_on").values_list("price", "last_day_on")
    assert list(rows) == [(35, date(2026, 3, 31)), (37, date(2026, 4, 30)), (40, None)]
    with pytest.raises(ZonePriceNotAcceptable, match="cannot be negative"):
        set_zone_price(zone_id=zone.pk, price=Decimal(-1), starts_on=MAY)


def test_a_zone_is_added_with_its_price_and_listed(as_administrator: Browser) -> None:
    typed = {"name": "Lyon", "position": "0", "is_active": "on", "price": "35",
             "starts_on": "2020-01-01"}  # fmt: skip

    as_administrator.post("/catalog/travel-zones/new/", typed)
    page = as_administrator.get("/catalog/travel-zones/").content.decode()

    assert "€35.00" in page
