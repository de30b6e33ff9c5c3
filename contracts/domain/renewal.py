"""Terms, notice windows and what must be decided by when.

Days are inclusive as contracts write them: a term that ends on 31 December runs through that day,
and notice of 90 days must be given on 2 October at the latest, so that 90 whole days follow it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.periods import add_months


class Standing(StrEnum):
    """Where a contract with a term stands on a day."""

    RUNNING = "running"
    DECISION_DUE = "decision_due"
    NOTICE_OVER = "notice_over"
    TERM_OVER = "term_over"


@dataclass(frozen=True, slots=True)
class Term:
    """The term that runs now. Its months are counted from ``starts_on``, the start of some term."""

    starts_on: date
    months: int
    ends_on: date
    notice_days: int = 0


def first_term_end(starts_on: date, months: int) -> date:
    """Return the last day of a term of so many months from a day on."""
    return add_months(starts_on, months) - timedelta(days=1)


def next_term(term: Term) -> Term:
    """Return the term after this one, counted from the same day.

    A contract from 31 August with terms of a month ends on 29 September, 30 October, 29 November:
    each is counted from the first day, so a short month never shortens the ones after it. Where the
    term that runs does not end on such a day, the next one and all after it are counted from the
    day after its end.
    """
    end, count = first_term_end(term.starts_on, term.months), 1
    before = None
    while end <= term.ends_on:
        before, count = end, count + 1
        end = first_term_end(term.starts_on, count * term.months)
    if before == term.ends_on:
        return replace(term, ends_on=end)
    begins = term.ends_on + timedelta(days=1)
    return replace(term, starts_on=begins, ends_on=first_term_end(begins, term.months))


def next_term_end(term: Term) -> date:
    """Return the last day of the term after this one."""
    return next_term(term).ends_on


def term_end_on(starts_on: date, months: int, day: date) -> date:
    """Return the last day of the term that runs on a day, or of the first one before it began."""
    count = 1
    while first_term_end(starts_on, count * months) < day:
        count += 1
    return first_term_end(starts_on, count * months)


def last_notice_day(term: Term) -> date:
    """Return the last day on which notice ends the contract with this term."""
    return term.ends_on - timedelta(days=term.notice_days)


def decide_from(term: Term, lead_days: int) -> date:
    """Return the day on which the decision comes up: so many days before the last notice day."""
    return last_notice_day(term) - timedelta(days=lead_days)


def standing_on(day: date, term: Term, lead_days: int) -> Standing:
    """Return where the contract stands on the day."""
    if day > term.ends_on:
        return Standing.TERM_OVER
    if day > last_notice_day(term):
        return Standing.NOTICE_OVER
    return Standing.DECISION_DUE if day >= decide_from(term, lead_days) else Standing.RUNNING


def uplifted(price: Decimal, percent: Decimal, decimals: int = 2) -> Decimal:
    """Return a price after an increase in percent, rounded half up."""
    raised = price * (100 + percent) / 100
    return raised.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
