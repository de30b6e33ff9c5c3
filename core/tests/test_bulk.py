"""Writing many rows at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.bulk import copy_to

pytestmark = pytest.mark.django_db


def copied(*rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    """Write the rows into a table of their own and read them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE copied"
            " (n int, words text, day date, amount numeric(9, 2), more jsonb)"
        )
        copy_to("copied", ("n", "words", "day", "amount", "more"), rows)
        cursor.execute("SELECT n, words, day, amount, more ->> 'said' FROM copied ORDER BY n")
        found = list(cursor.fetchall())
        cursor.execute("DROP TABLE copied")
    return found


def test_values_of_every_sort_arrive_as_they_were() -> None:
    rows = copied(
        (1, "Écran", date(2026, 3, 31), Decimal("-0.05"), {"said": 'ç "so"'}),
        (2, None, None, None, None),
    )

    assert rows == [
        (1, "Écran", date(2026, 3, 31), Decimal("-0.05"), 'ç "so"'),
        (2, None, None, None, None),
    ]


def test_no_rows_are_no_trouble() -> None:
    assert copied() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", codec="utf-8") | st.sampled_from("\\\t\n\r")))
def test_any_text_arrives_letter_by_letter(text: str) -> None:
    assert copied((1, text, None, None, {"said": text})) == [(1, text, None, None, text)]
