"""What an hour of work costs, and how its minutes are rounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from billing.domain.agreements import RateTable
from billing.domain.evidence import TimeWorked


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """What an hour costs a client on a day, and how its minutes are rounded."""

    amount: Decimal
    minimum_minutes: int = 0
    step_minutes: int = 1
    is_clients_own: bool = False

    def billed_minutes(self, worked: int) -> int:
        """Return the minutes to bill: at least the minimum, then up to whole steps."""
        minutes = max(worked, self.minimum_minutes)
        return -(-minutes // self.step_minutes) * self.step_minutes


def rate_of(entry: TimeWorked, rates: RateTable) -> HourlyRate | None:
    """Return the rate of the entry's work type on its day, None where neither card names one."""
    own = rates.own.on(entry.worked_on, entry.work_type.id)
    firm = rates.firm.on(entry.worked_on, entry.work_type.id)
    named = [rate for rate in (own, firm) if rate is not None]
    if not named:
        return None
    return HourlyRate(
        amount=named[0].hourly_rate,
        minimum_minutes=_first_given(rate.minimum_minutes for rate in named),
        step_minutes=_first_given(rate.step_minutes for rate in named) or 1,
        is_clients_own=own is not None,
    )


def _first_given(values: Iterable[int | None]) -> int:
    return next((value for value in values if value is not None), 0)
