"""Values of an index as people paste them: a month and a number on each line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

MOST = Decimal("99999999.9999")
PLACES = 4
_MONTH = re.compile(
    r"^\s*\"?(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?"
    r"|(?:\d{1,2}[-/.])?(?P<month2>\d{1,2})[-/.](?P<year2>\d{4}))\"?\s*[;,\t ]\s*(?P<rest>.*)$"
)


class Problem(StrEnum):
    """What is wrong with a line."""

    NONE = ""
    MONTH = "month"
    VALUE = "value"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number, its text, what it says, and what is wrong with it."""

    number: int
    text: str
    month_on: date | None = None
    value: Decimal | None = None
    problem: Problem = Problem.NONE


def parsed(text: str) -> list[Row]:
    """Read lines such as "2026-01;114.25" or "01/2026 114,25"; passing empty lines.

    A heading is passed too. Days within the month do not matter; a comma is a decimal one.
    """
    rows = list(_rows(text))
    seen: set[date] = set()
    for place, row in enumerate(rows):
        if row.month_on is None or row.problem:
            continue
        if row.month_on in seen:
            rows[place] = Row(row.number, row.text, row.month_on, row.value, Problem.TWICE)
        seen.add(row.month_on)
    return rows


def _rows(text: str) -> Iterator[Row]:
    lines = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    for place, (number, line) in enumerate(lines):
        is_heading = place == 0 and not any(sign.isdigit() for sign in line)
        if not is_heading:
            yield _row(number, line)


def _row(number: int, line: str) -> Row:
    found = _MONTH.match(line)
    month_on = _month(found) if found else None
    if found is None or month_on is None:
        return Row(number, line, problem=Problem.MONTH)
    value = _value(found["rest"])
    if value is None:
        return Row(number, line, month_on, problem=Problem.VALUE)
    return Row(number, line, month_on, value)


def _month(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"] or found["year2"]), int(found["month"] or found["month2"]), 1)
    except ValueError:
        return None


def _value(text: str) -> Decimal | None:
    """Return the number, None where it is none, not above nothing, or too long to keep."""
    bare = re.sub(r"[\s\u00a0\u202f\"]", "", text).rstrip(";,")
    if re.fullmatch(r"\d+,\d+", bare):
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", bare):
        return None
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None
    fits = 0 < value <= MOST and value == round(value, PLACES)
    return value if fits else None
