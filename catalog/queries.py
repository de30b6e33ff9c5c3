"""Reads across the catalog."""

from dataclasses import dataclass
from datetime import date

from catalog.models import Rate, RateCard


@dataclass(frozen=True)
class RateRow:
    """A rate on its card, with whether it holds on a given day or will later."""

    rate: Rate
    holds: bool
    is_to_come: bool


def rates_of_card(card: RateCard, day: date) -> list[RateRow]:
    """Return all rates of a card, by work type, the newest first. One query."""
    return [
        RateRow(
            rate,
            holds=rate.starts_on <= day and (rate.last_day_on is None or rate.last_day_on >= day),
            is_to_come=rate.starts_on > day,
        )
        for rate in card.rates.select_related("work_type", "work_role")
    ]
