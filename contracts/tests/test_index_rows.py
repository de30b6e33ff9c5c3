"""Values of an index as people paste them."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.domain.index_rows import Problem, Row, parsed

JANUARY = date(2026, 1, 1)


@pytest.mark.parametrize(
    "line",
    [
        "2026-01;114.25",
        "2026-01,114.25",
        "2026-01\t114,25",
        "2026-01-31 114,25",
        "01/2026;114,25",
        "1.2026 114.25",
        "31/01/2026;114,25;",
        '"2026-01","114.25"',
    ],
)
def test_a_month_and_a_number_are_read_however_they_are_written(line: str) -> None:
    (row,) = parsed(line)

    assert (row.month_on, row.value, row.problem) == (JANUARY, Decimal("114.25"), Problem.NONE)


def test_a_heading_and_empty_lines_are_passed_and_numbers_stay_those_of_the_lines() -> None:
    rows = parsed("Month;Value\n\n2026-01;114.25\n2026-02;1 114,3\n")

    assert rows == [
        Row(3, "2026-01;114.25", JANUARY, Decimal("114.25")),
        Row(4, "2026-02;1 114,3", date(2026, 2, 1), Decimal("1114.3")),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2026-13;114.25", "month"),
        ("January 2026;114.25", "month"),
        ("114.25", "month"),
        ("2026-01;", "value"),
        ("2026-01;n/a", "value"),
        ("2026-01;0", "value"),
        ("2026-01;-5", "value"),
        ("2026-01;1.23456", "value"),
        ("2026-01;1,114.25", "value"),
        ("2026-01;123456789", "value"),
    ],
)
def test_what_cannot_be_read_is_told_line_by_line(line: str, problem: str) -> None:
    (row,) = parsed(line)

    assert (row.number, row.problem) == (1, problem)


def test_a_month_may_stand_once() -> None:
    rows = parsed("2026-01;114.25\n01/2026;114.30")

    assert [row.problem for row in rows] == ["", "twice"]
