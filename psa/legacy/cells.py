"""The cells of one row, asked for by column; a wrong answer refuses the row with its reason."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from psa.legacy import values

T = TypeVar("T")
YES_NO = {"oui": True, "non": False}
MAX_WHOLE = 32_000


class Refused(Exception):
    """A row cannot be taken over, for the reason given."""


class Cells:
    """One row of a file, read column by column; ``notes`` collects what people should know."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = {name: values.clean(cell) for name, cell in cells.items()}
        self.notes: list[str] = []

    def text(self, column: str, at_most: int = 0) -> str:
        """Return the text, which may be empty; with a limit, cut to it with a note."""
        text = self._cells.get(column, "")
        if at_most and len(text) > at_most:
            self.notes.append(f"{column}: cut to {at_most} characters, was “{text}”")
            return text[:at_most].rstrip()
        return text

    def needed(self, column: str, at_most: int = 0) -> str:
        """Return the text of a column that must not be empty."""
        text = self.text(column, at_most)
        if not text:
            raise Refused(f"{column} is empty")
        return text

    def code(self, column: str, at_most: int) -> str:
        """Return a code, which may be neither empty nor cut."""
        text = self.needed(column)
        if len(text) > at_most:
            raise Refused(f"{column} is longer than {at_most} characters")
        return text

    def read(self, column: str, reader: Callable[[str], T]) -> T:
        """Return what the reader makes of a column that must not be empty."""
        text = self.needed(column)
        try:
            return reader(text)
        except values.Unreadable as problem:
            raise Refused(f"{column}: {problem}") from problem

    def read_or(self, column: str, reader: Callable[[str], T], otherwise: T) -> T:
        """Return what the reader makes of a column, or something else where it is empty."""
        return self.read(column, reader) if self.text(column) else otherwise

    def choice(self, column: str, choices: Mapping[str, T]) -> T:
        """Return what the word of a column stands for."""
        word = self.needed(column).lower()
        if word not in choices:
            known = ", ".join(choices)
            raise Refused(f"{column}: “{word}” is none of {known}")
        return choices[word]

    def flag(self, column: str) -> bool:
        """Return whether a column says oui or non."""
        return self.choice(column, YES_NO)

    def amount(self, column: str, digits: int = 10) -> Decimal:
        """Return a number that is not negative."""
        number = self.read(column, values.read_number)
        if number < 0:
            raise Refused(f"{column}: {self.text(column)} is negative")
        if number >= 10**digits:
            raise Refused(f"{column}: {self.text(column)} is too large")
        return number

    def quantity(self, column: str) -> Decimal:
        """Return a number above zero."""
        number = self.read(column, values.read_number)
        if number <= 0:
            raise Refused(f"{column}: {self.text(column)} is not above zero")
        if number >= 10**8:
            raise Refused(f"{column}: {self.text(column)} is too large")
        return number

    def whole(self, column: str) -> int:
        """Return a whole number from 0 up."""
        number = self.read(column, values.read_whole)
        if number > MAX_WHOLE:
            raise Refused(f"{column}: {self.text(column)} is too large")
        return number

    def day(self, column: str) -> date:
        """Return a day."""
        return self.read(column, values.read_day)

    def day_or_none(self, column: str) -> date | None:
        """Return a day, or None where the column is empty."""
        return self.day(column) if self.text(column) else None

    def moment(self, column: str, zone: ZoneInfo) -> datetime:
        """Return the instant of a local time that must name its time of day."""
        day, at = self.read(column, values.read_clock)
        if at is None:
            raise Refused(f"{column}: {self.text(column)} names no time of day")
        return self._instant(column, day, at, zone)

    def loose_moment(self, column: str, zone: ZoneInfo) -> datetime:
        """Return the instant of a local time; a day alone is taken from its start."""
        day, at = self.read(column, values.read_clock)
        return self._instant(column, day, at or time(0), zone)

    def _instant(self, column: str, day: date, at: time, zone: ZoneInfo) -> datetime:
        instant, was_skipped = values.at_local(day, at, zone)
        if was_skipped:
            shown = instant.astimezone(zone)
            self.notes.append(
                f"{column}: {self.text(column)} does not exist in {zone.key}, read as {shown:%H:%M}"
            )
        return instant
