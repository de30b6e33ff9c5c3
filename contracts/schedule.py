"""A contract as its page shows it: each line with its versions, and what it is worth today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contracts.models import Contract, ContractLine, LineVersion
from core.money import round_money
from core.periods import Period

ZERO = Decimal(0)


@dataclass(frozen=True)
class VersionRow:
    """A version with the last day on which it holds."""

    version: LineVersion
    last_day_on: date | None
    amount: Decimal
    holds: bool
    is_first: bool


@dataclass(frozen=True)
class LineRow:
    """A line with its versions, the newest first."""

    line: ContractLine
    versions: Sequence[VersionRow]
    term: Period
    is_running: bool
    is_to_come: bool
    monthly: Decimal

    @property
    def last_day_on(self) -> date | None:
        """The line's last day, its own or the contract's, if it has one."""
        return None if self.term.end == date.max else self.term.last_day


def schedule(contract: Contract, day: date) -> list[LineRow]:
    """Return the lines of a contract with their versions as of a day. Two queries."""
    lines = contract.lines.select_related("product").prefetch_related("versions")
    return [_row(contract, line, day) for line in lines]


def _row(contract: Contract, line: ContractLine, day: date) -> LineRow:
    own = Period.through(line.starts_on, line.last_day_on)
    term = own.clip_to(contract.term)
    versions = _versions(line, term, contract.client.currency, day)
    return LineRow(
        line,
        versions,
        term,
        is_running=day in term,
        is_to_come=term.start > day,
        monthly=sum((row.amount for row in versions if row.holds), ZERO),
    )


def _versions(line: ContractLine, term: Period, currency: str, day: date) -> list[VersionRow]:
    ordered = sorted(line.versions.all(), key=lambda version: version.starts_on)
    rows = []
    for place, version in enumerate(ordered):
        is_last = place + 1 == len(ordered)
        end = term.end if is_last else min(ordered[place + 1].starts_on, term.end)
        rows.append(
            VersionRow(
                version,
                None if end == date.max else max(version.starts_on, end - timedelta(days=1)),
                round_money(version.quantity * version.unit_price, currency),
                holds=version.starts_on <= day < end and day in term,
                is_first=place == 0,
            )
        )
    return rows[::-1]
