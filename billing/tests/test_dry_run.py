"""A dry run says what a run would do, and leaves no trace."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from billing.dry_run import try_run
from billing.explain_outcome import explain_outcome
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


def traces() -> dict[str, object]:
    """Return the rows of every table and where every sequence stands."""
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (names of our own)
            found[table] = cursor.fetchone()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        found["sequences"] = cursor.fetchall()
    return found


def test_it_writes_nothing_not_even_a_number() -> None:
    open_firm()
    busy_client()
    busy_client(currency="USD")
    before = traces()

    call_command("bill", "--as-of", "2026-04-01", "--dry-run", "--json", stdout=StringIO())

    assert traces() == before


def test_it_says_what_the_run_then_does() -> None:
    open_firm()
    due, idle = busy_client(code="DUE"), ClientFactory.create(code="IDLE")
    held = busy_client(code="HELD", currency="USD")

    tried = {one.client: one for one in try_run(None, LegalEntity.objects.current(), APRIL)}
    run = bill()

    outcomes = {row.client: row for row in run.outcomes.select_related("client")}
    assert {client: one.outcome for client, one in tried.items()} == {
        client: row.outcome for client, row in outcomes.items()
    }
    assert tried[due].total == outcomes[due].total
    assert tried[held].reason == explain_outcome(outcomes[held])
    assert tried[idle].invoices == ()


def test_the_command_prints_a_line_for_each_client() -> None:
    open_firm()
    busy_client(code="DUE")
    out = StringIO()

    call_command("bill", "--as-of", "2026-04-01", "--dry-run", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert answer["code"] == "DUE"
    assert answer["invoices"] == [
        {"label": "", "lines": 3, "net": "364.99", "tax": "73.00", "total": "437.99"}
    ]
