"""Shared rules of the days on which a contract rests; they open no transaction."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.models import Contract, ContractPause
from core.display import day_text, days_text
from core.periods import Period


class PauseNotPossible(Exception):
    """The contract cannot rest on these days; ``field`` names what must change."""

    def __init__(self, message: str, field: str = "starts_on") -> None:
        super().__init__(message)
        self.field = field


def require_free_days(
    contract: Contract, starts_on: date, last_day_on: date | None, besides: int | None = None
) -> None:
    """Refuse days outside the contract, and days on which it already rests.

    :raises PauseNotPossible: the days are out of order, outside the contract, or taken
    """
    if last_day_on is not None and last_day_on < starts_on:
        raise PauseNotPossible(_("The last day comes before the first."), "last_day_on")
    if starts_on not in contract.term:
        raise PauseNotPossible(
            _("Contract %(number)s is not in force on %(day)s.")
            % {"number": contract.number, "day": day_text(starts_on)}
        )
    wanted = Period.through(starts_on, last_day_on)
    for pause in contract.pauses.exclude(pk=besides or 0):
        if wanted.clip_to(pause.days):
            raise PauseNotPossible(
                _("The contract already rests %(days)s: change that pause.")
                % {"days": days_text(pause.starts_on, pause.last_day_on)}
            )


def lock_pause(pause_id: int) -> ContractPause:
    """Lock the contract of a pause, and load both."""
    contract_id = ContractPause.objects.values_list("contract", flat=True).get(pk=pause_id)
    Contract.objects.select_for_update().get(pk=contract_id)
    found: ContractPause = ContractPause.objects.select_related("contract").get(pk=pause_id)
    return found
