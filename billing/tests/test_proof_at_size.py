"""The proof of all clients compares what it counted in one pass, however many they are."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from billing.models import Subject
from billing.queries.books.accounting import lost_of

pytestmark = pytest.mark.django_db
# One row, and what the entry at hand was divided into.
SMALL = {"zone", "portion"}


def _statement_of(subject: str) -> str:
    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        lost_of(subject)
    [statement] = asked
    return statement


def _plan_without_shortcuts(statement: str) -> dict[str, Any]:
    """Return the plan where nothing hides that lists are compared each row with each."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement, {})
        [[[plan]]] = cursor.fetchall()
    steps: dict[str, Any] = plan["Plan"]
    return steps


def _done_again(node: dict[str, Any], *, is_inner: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the steps of a plan that are done again for each row of another one."""
    if is_inner:
        yield node
    for part in node.get("Plans", []):
        is_again = node["Node Type"] == "Nested Loop" and part["Parent Relationship"] == "Inner"
        yield from _done_again(part, is_inner=is_inner or is_again)


@pytest.mark.parametrize("subject", Subject.values)
def test_no_list_of_all_clients_is_read_again_for_each_row(subject: str) -> None:
    plan = _plan_without_shortcuts(_statement_of(subject))

    lists = {node.get("CTE Name") for node in _done_again(plan)} - {None}
    assert lists <= SMALL
