"""What need not be read again: never a cent of difference, whatever was agreed and billed since."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.domain.agreements import BilledPeriod, LineTerm
from billing.domain.charge import RatedCharge
from billing.domain.settled import digest_of_terms, settled_before
from billing.tests.agreed_lines import Billed, agreed, carried, flat
from billing.tests.evidence import charged, evidence, version
from billing.tests.test_recurring_properties import START, lines, versions_from
from core.periods import FOREVER, Period

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


class Books:
    """What is billed of a line, and the day and terms of which it is known to be settled."""

    def __init__(self) -> None:
        self.billed: Billed = {}
        self.settled: tuple[date, str] | None = None

    def since(self, line: LineTerm) -> date | None:
        if self.settled is None or self.settled[1] != digest_of_terms(line, "EUR"):
            return None
        return self.settled[0]

    def read(self, line: LineTerm) -> Billed:
        """Return what a run reads: nothing before the line's settled day."""
        first = self.since(line) or date.min
        periods = self.billed.get(1, {})
        return {1: {day: one for day, one in periods.items() if day >= first}}

    def bill(self, line: LineTerm, as_of: date) -> list[RatedCharge]:
        """Bill the line as a run does, and settle what it found billed as it is owed."""
        since, billed = self.since(line), self.read(line)
        settled = {} if since is None else {1: since}
        charges = charged(evidence(line, billed=billed, settled=settled), as_of)
        self.billed = carried(charges, self.billed)
        self._forget(charges)
        before = settled_before(line, billed.get(1, {}), since, as_of, "EUR")
        if before is not None:
            self.settled = (before, digest_of_terms(line, "EUR"))
        return charges

    def _forget(self, charges: list[RatedCharge]) -> None:
        """Do as the trigger on claims does."""
        days = [one.source.period_on for one in charges if one.source.period_on]
        if self.settled and any(day < self.settled[0] for day in days):
            self.settled = None


@st.composite
def terms(draw: st.DrawFn) -> list[LineTerm]:
    """Return a line as it may be agreed in turn: at first, dearer, paused, ended."""
    line = replace(draw(lines()), owed=Period(START, FOREVER), versions=draw(versions_from(START)))
    dearer = [replace(one, unit_price=one.unit_price + 1) for one in line.versions]
    paused = [*line.pauses, Period(date(2024, 3, 10), date(2024, 4, 20))]
    return [
        line,
        replace(line, versions=tuple(dearer)),
        replace(line, pauses=paused),
        replace(line, owed=Period(START, date(2024, 7, 15))),
        draw(lines(line.rhythm)),
    ]


@settings(max_examples=200)
@given(terms(), st.data(), st.lists(st.integers(0, 70), min_size=3, max_size=9))
def test_any_history_of_changes_is_billed_as_if_everything_were_read_each_time(
    agreed_in_turn: list[LineTerm], data: st.DataObject, steps: list[int]
) -> None:
    books, plain, day = Books(), Billed(), START
    for step in steps:
        day += timedelta(days=step)
        line = data.draw(st.sampled_from(agreed_in_turn))

        found = books.bill(line, day)
        wanted = charged(evidence(line, billed=plain), day)

        assert found == wanted
        plain = carried(wanted, plain)
    assert books.billed == plain


def whole(*amounts: str, first: int = 1) -> dict[date, BilledPeriod]:
    """Return months of 2026 that were billed these amounts."""
    months = [date(2026, first + n, 1) for n in range(len(amounts))]
    return {
        day: BilledPeriod(Decimal(amount), 0, Period(day, date(2026, day.month + 1, 1)))
        for day, amount in zip(months, amounts, strict=True)
    }


def test_months_are_settled_up_to_the_first_that_is_not_billed_as_it_is_owed() -> None:
    line = flat(JAN, "100.00")

    assert settled_before(line, whole("100.00", "100.00"), None, APR, "EUR") == MAR
    assert settled_before(line, whole("100.00", "90.00", "100.00"), None, APR, "EUR") == FEB
    assert settled_before(line, whole("90.00", "100.00"), None, APR, "EUR") is None


def test_a_month_that_is_billed_and_not_owed_settles_nothing() -> None:
    from_february = flat(FEB, "100.00")

    assert settled_before(from_february, whole("100.00", "100.00"), None, APR, "EUR") is None


def test_what_was_settled_is_gone_on_from() -> None:
    later = whole("100.00", first=3)

    assert settled_before(flat(JAN, "100.00"), later, MAR, APR, "EUR") == APR


def test_whatever_decides_on_the_price_changes_the_digest_and_a_name_does_not() -> None:
    line = flat(JAN, "100.00")
    digest = digest_of_terms(line, "EUR")

    others = [
        flat(FEB, "100.00"),
        flat(JAN, "100.01"),
        flat(JAN, "100.00", until=MAR),
        flat(JAN, "100.00", months=3),
        agreed(version(JAN, 1, "100.00"), version(MAR, 2, "100.00"), unit="flat"),
        replace(line, pauses=[Period(FEB, MAR)]),
        replace(line, counted=[]),
    ]
    assert digest not in {digest_of_terms(other, "EUR") for other in others}
    assert digest != digest_of_terms(line, "JPY")
    assert digest == digest_of_terms(replace(line, description="Other", tax_code="-"), "EUR")
