"""What an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clients.importing.fields import ImportField
from clients.importing.sheet import Sheet

Outcome = Literal["create", "change", "same", "refuse"]
Columns = Mapping[str, int]


@dataclass(frozen=True)
class Change:
    """One field that would be other than it is."""

    name: str
    label: str | Promise
    old: str
    new: str


@dataclass
class RowPlan:
    """What would become of one row."""

    line: int
    subject: str
    outcome: Outcome
    record: Any = None
    changes: list[Change] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether the row stays out."""
        return self.outcome == "refuse"

    @property
    def details(self) -> str:
        """Why the row stays out, or what changes, in one line."""
        if self.reasons:
            return "; ".join(self.reasons)
        return "; ".join(f"{one.label}: {one.old or '–'} → {one.new}" for one in self.changes)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do."""

    rows: list[RowPlan]

    @property
    def counts(self) -> Counter[str]:
        """How many rows each outcome has."""
        return Counter(row.outcome for row in self.rows)

    @property
    def writes(self) -> list[RowPlan]:
        """The rows that would be written."""
        return [row for row in self.rows if row.outcome in {"create", "change"}]


def read_rows(
    sheet: Sheet, columns: Columns, fields: Sequence[ImportField]
) -> Iterator[tuple[int, dict[str, Any], list[str]]]:
    """Yield line, values and complaints of each row; empty cells have no value."""
    used = [(one, columns[one.name]) for one in fields if one.name in columns]
    for line, cells in sheet.rows:
        values: dict[str, Any] = {}
        complaints: list[str] = []
        for one, column in used:
            if not cells[column]:
                continue
            try:
                values[one.name] = one.read(cells[column])
            except ValidationError as error:
                complaints.append(f"{one.label}: {' '.join(error.messages)}")
        yield line, values, complaints


def apply(record: Any, values: Mapping[str, Any], fields: Sequence[ImportField]) -> list[Change]:  # noqa: ANN401  (any party)
    """Set the values on a record and return what is other than before."""
    changes = []
    for one in fields:
        if one.name not in values:
            continue
        old, new = getattr(record, one.name), values[one.name]
        if old != new:
            changes.append(Change(one.name, one.label, _written(old), _written(new)))
            setattr(record, one.name, new)
    return changes


def require(values: Mapping[str, Any], fields: Sequence[ImportField]) -> list[str]:
    """Return a complaint for every field that a new record needs and the row leaves empty."""
    return [
        _("%(field)s is missing") % {"field": one.label}
        for one in fields
        if one.is_required and not values.get(one.name)
    ]


class SeenBefore:
    """Notices rows of one file that mean the same record."""

    def __init__(self) -> None:
        self._lines: dict[object, int] = {}

    def complaint(self, key: object, line: int) -> str:
        """Return what to say if an earlier row had the key, and remember this one otherwise."""
        if key in self._lines:
            return _("line %(line)s already says something about this one") % {
                "line": self._lines[key]
            }
        self._lines[key] = line
        return ""


def collect(check: Callable[[], None]) -> list[str]:
    """Run a check and return its complaints."""
    try:
        check()
    except ValidationError as error:
        return list(error.messages)
    return []


def _written(value: object) -> str:
    return "" if value is None else str(value)
