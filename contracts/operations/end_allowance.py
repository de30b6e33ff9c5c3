"""Let a contract include no more hours from a day on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Allowance
from contracts.operations._hours import HoursNotAcceptable, lock_allowance, refusing_drawn
from core.display import day_text


@transaction.atomic(durable=True)
def end_allowance(*, allowance_id: int, last_day_on: date | None) -> Allowance:
    """Set the last day of an allowance; without one it runs as long as the contract.

    :raises HoursNotAcceptable: the day comes before the first
    :raises HoursDrawn: hours of a later month have paid for work
    """
    allowance = lock_allowance(allowance_id)
    if last_day_on is not None and last_day_on < allowance.starts_on:
        raise HoursNotAcceptable(
            _("These hours begin on %(day)s: they cannot end before.")
            % {"day": day_text(allowance.starts_on)},
            "last_day_on",
        )
    allowance.last_day_on = last_day_on
    with refusing_drawn("last_day_on"):
        allowance.save(update_fields=["last_day_on"])
    return allowance
