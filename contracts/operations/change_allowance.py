"""Let a contract include other hours from a month on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Allowance
from contracts.operations._hours import (
    HoursNotAcceptable,
    NewAllowance,
    day_before,
    lock_allowance,
    refusing_drawn,
    write_allowance,
)
from core.display import day_text
from core.periods import nth_period, number_holding


@transaction.atomic(durable=True)
def change_allowance(*, allowance_id: int, terms: NewAllowance) -> Allowance:
    """End the allowance the day before the new terms begin and let those follow.

    What the old months have left is carried as it was agreed for them.

    :raises HoursNotAcceptable: the new terms do not begin with a month of the allowance
    :raises HoursDrawn: hours of such a month have paid for work
    """
    old = lock_allowance(allowance_id)
    starts_on = _require_month(old, terms.starts_on)
    if old.last_day_on is not None and starts_on > old.last_day_on:
        raise HoursNotAcceptable(
            _("These hours end on %(day)s: nothing can change after.")
            % {"day": day_text(old.last_day_on)},
            "starts_on",
        )
    old.last_day_on = day_before(starts_on)
    with refusing_drawn("starts_on"):
        old.save(update_fields=["last_day_on"])
    return write_allowance(old.contract, terms)


def _require_month(old: Allowance, starts_on: date | None) -> date:
    """Return the first day of the new terms: of a month after the one the allowance began in."""
    day = starts_on or old.starts_on
    if day <= old.starts_on:
        raise HoursNotAcceptable(
            _("These hours begin on %(day)s: change them from a later month on.")
            % {"day": day_text(old.starts_on)},
            "starts_on",
        )
    number = number_holding(old.counted_from, day)
    month = nth_period(old.counted_from, number)
    if month.start != day:
        raise HoursNotAcceptable(
            _("Hours change with a month: on %(first)s or on %(next)s.")
            % {"first": day_text(month.start), "next": day_text(month.end)},
            "starts_on",
        )
    return day
