"""Let a journey into a zone cost another price from a day on."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import TravelZone, TravelZonePrice

DAY = timedelta(days=1)


class ZonePriceNotAcceptable(Exception):
    """No journey costs this."""


@transaction.atomic(durable=True)
def set_zone_price(*, zone_id: int, price: Decimal, starts_on: date) -> TravelZonePrice:
    """Let the price hold from a day on; the one before it ends the day before.

    A price of that very day is corrected in place, one agreed for a later day stays.

    :raises ZonePriceNotAcceptable: the price is negative
    """
    if price < 0:
        raise ZonePriceNotAcceptable(_("A price cannot be negative."))
    zone = TravelZone.objects.select_for_update().get(pk=zone_id)
    same_day = zone.prices.filter(starts_on=starts_on).first()
    if same_day is not None:
        same_day.price = price
        same_day.save(update_fields=["price"])
        return same_day
    later = zone.prices.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    before = zone.prices.filter(starts_on__lt=starts_on).exclude(last_day_on__lt=starts_on)
    before.update(last_day_on=starts_on - DAY)
    return TravelZonePrice.objects.create(
        zone=zone,
        price=price,
        starts_on=starts_on,
        last_day_on=later.starts_on - DAY if later else None,
    )
