"""Give a work type a new hourly rate from a day on."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.models import Rate, RateCard


class RateNotAcceptable(Exception):
    """The rate cannot stand on the card as it was given."""


@transaction.atomic(durable=True)
def set_rate(  # noqa: PLR0913  (what a rate says, by name)
    *,
    rate_card_id: int,
    work_type_id: int,
    hourly_rate: Decimal,
    starts_on: date,
    work_role_id: int | None = None,
    minimum_minutes: int | None = None,
    step_minutes: int | None = None,
) -> Rate:
    """Let a rate hold from a day on; the rate before it of the same role ends the day before.

    Without a role it holds for all roles that have no rate of their own. A rate that starts on the
    very same day is corrected in place. A rate already agreed for a later day stays: the new one
    holds until then.

    :raises RateNotAcceptable: the rate is negative, or a firm's rate says nothing about rounding
    """
    card = RateCard.objects.select_for_update().get(pk=rate_card_id)
    if hourly_rate < 0:
        raise RateNotAcceptable(_("A rate cannot be negative."))
    if step_minutes is not None and step_minutes < 1:
        raise RateNotAcceptable(_("A step is at least one minute."))
    if card.client_id is None and (minimum_minutes is None or step_minutes is None):
        raise RateNotAcceptable(
            _("The firm's own card must say the minimum and the step; clients' cards follow it.")
        )
    same = {"work_type_id": work_type_id, "work_role_id": work_role_id}
    rates = Rate.objects.filter(rate_card=card, **same)
    rate = rates.filter(starts_on=starts_on).first() or _make_room(rates, card, starts_on)
    rate.work_type_id, rate.work_role_id = work_type_id, work_role_id
    rate.hourly_rate = hourly_rate
    rate.minimum_minutes = minimum_minutes
    rate.step_minutes = step_minutes
    rate.save()
    return rate


def _make_room(rates: QuerySet[Rate], card: RateCard, starts_on: date) -> Rate:
    day_before = starts_on - timedelta(days=1)
    rates.filter(starts_on__lt=starts_on).exclude(last_day_on__lt=starts_on).update(
        last_day_on=day_before
    )
    following = rates.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    last_day = following.starts_on - timedelta(days=1) if following else None
    return Rate(rate_card=card, starts_on=starts_on, last_day_on=last_day)
