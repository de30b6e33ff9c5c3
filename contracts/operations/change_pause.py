"""Give a pause other days."""

from datetime import date

from django.db import transaction

from contracts.models import ContractPause
from contracts.operations._pauses import lock_pause, require_free_days


@transaction.atomic(durable=True)
def change_pause(
    *, pause_id: int, starts_on: date, reason: str, last_day_on: date | None = None
) -> ContractPause:
    """Shorten, lengthen or move a pause; what that changes is settled by the next run.

    :raises PauseNotPossible: the days are out of order, outside the contract, or taken
    """
    pause = lock_pause(pause_id)
    require_free_days(pause.contract, starts_on, last_day_on, besides=pause.pk)
    pause.starts_on, pause.last_day_on, pause.reason = starts_on, last_day_on, reason
    pause.save(update_fields=["starts_on", "last_day_on", "reason"])
    return pause
