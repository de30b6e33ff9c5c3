"""Let a contract that rests run again from a day on."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractPause
from contracts.operations._pauses import PauseNotPossible, lock_pause
from core.display import day_text


@transaction.atomic(durable=True)
def resume_contract(*, pause_id: int, resumes_on: date) -> ContractPause:
    """End a pause the day before.

    :raises PauseNotPossible: the contract would resume before the pause began, or after its end
    """
    pause = lock_pause(pause_id)
    if resumes_on <= pause.starts_on:
        raise PauseNotPossible(
            _("The pause begins on %(day)s: take it back instead.")
            % {"day": day_text(pause.starts_on)},
            "resumes_on",
        )
    if pause.last_day_on is not None and resumes_on > pause.last_day_on:
        raise PauseNotPossible(
            _("The pause ends on %(day)s by itself.") % {"day": day_text(pause.last_day_on)},
            "resumes_on",
        )
    pause.last_day_on = resumes_on - timedelta(days=1)
    pause.save(update_fields=["last_day_on"])
    return pause
