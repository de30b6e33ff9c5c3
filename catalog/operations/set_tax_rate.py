"""Enter what the state takes from a day on."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import TaxRate

HUNDRED = Decimal(100)


class TaxRateNotAcceptable(Exception):
    """No state takes such a rate."""


@transaction.atomic(durable=True)
def set_tax_rate(*, country: str, tax_code: str, rate: Decimal, starts_on: date) -> TaxRate:
    """Let a tax rate hold from a day on; the rate before it ends the day before.

    A rate that starts on the very same day is corrected in place. Issued documents keep the rate
    they were issued with.

    :raises TaxRateNotAcceptable: the rate is below 0 or above 100 %
    """
    if not 0 <= rate <= HUNDRED:
        raise TaxRateNotAcceptable(_("A tax rate lies between 0 and 100 %."))
    same = TaxRate.objects.select_for_update().filter(country=country, tax_code=tax_code)
    rates = {known.starts_on: known for known in same}
    earlier = [known for known in rates.values() if known.starts_on < starts_on]
    later = [day for day in rates if day > starts_on]
    for known in earlier:
        if known.last_day_on is None or known.last_day_on >= starts_on:
            known.last_day_on = starts_on - timedelta(days=1)
            known.save(update_fields=["last_day_on"])
    last_day = min(later) - timedelta(days=1) if later else None
    new = rates.get(starts_on) or TaxRate(
        country=country, tax_code=tax_code, starts_on=starts_on, last_day_on=last_day
    )
    new.rate = rate
    new.save()
    return new
