"""Let a rate hold no longer."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Rate
from core.display import day_text


class RateNotEndable(Exception):
    """The rate cannot end on that day."""


@transaction.atomic(durable=True)
def end_rate(*, rate_id: int, last_day_on: date) -> Rate:
    """Set the last day of a rate, after which the firm's own card holds again.

    :raises RateNotEndable: the day comes before the first, or the rate has ended already
    """
    rate = Rate.objects.select_for_update().get(pk=rate_id)
    if last_day_on < rate.starts_on:
        raise RateNotEndable(
            _("This rate holds from %(first)s: it cannot end before.")
            % {"first": day_text(rate.starts_on)}
        )
    if rate.last_day_on is not None and rate.last_day_on < last_day_on:
        raise RateNotEndable(
            _("This rate ended on %(last)s already.") % {"last": day_text(rate.last_day_on)}
        )
    rate.last_day_on = last_day_on
    rate.save(update_fields=["last_day_on"])
    return rate
