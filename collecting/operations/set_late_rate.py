"""Entering the rate of a half-year."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from collecting.domain.late_rates import half_year_of
from collecting.models import LateRate, LateRateKind
from collecting.operations._terms import CollectingRefused

__all__ = ["CollectingRefused", "set_late_rate"]


@transaction.atomic(durable=True)
def set_late_rate(*, kind: LateRateKind, starts_on: date, percent: Decimal) -> LateRate:
    """Let a half-year have this rate; one that was entered before is put right by it.

    What was claimed at a wrong rate is put right by the next claim.

    :raises CollectingRefused: the day begins no half-year, or it is no rate
    """
    if half_year_of(starts_on) != starts_on:
        raise CollectingRefused(_("A half-year begins on 1 January or 1 July."))
    if not 0 <= percent <= 100:  # noqa: PLR2004  (per cent)
        raise CollectingRefused(_("A rate is between 0 and 100 per cent."))
    rate, _made = LateRate.objects.update_or_create(
        kind=kind, starts_on=starts_on, defaults={"percent": percent}
    )
    return rate
