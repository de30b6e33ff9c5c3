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
ZONE = {"zone", "clients_legalentity"}


def _statement_of(subject: str) -> str:
    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        lost_of(subject)
    [statement] = asked
    return statement


def _plan_without(ways: tuple[str, ...], statement: str) -> dict[str, Any]:
    """Return the plan where PostgreSQL joins in these ways only if no other is possible."""
    with connection.cursor() as cursor:
        for way in ways:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement, {})
        [[[plan]]] = cursor.fetchall()
    steps: dict[str, Any] = plan["Plan"]
    return steps


def _done_again(node: dict[str, Any], *, is_inner: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the steps of a plan that are done again for each row of another one."""
    if is_inner:
        yield node
    parts = node.get("Plans", [])
    is_loop = node["Node Type"] == "Nested Loop" and not _is_one_row(parts[0])
    for part in parts:
        is_again = is_loop and part["Parent Relationship"] == "Inner"
        yield from _done_again(part, is_inner=is_inner or is_again)


def _is_one_row(node: dict[str, Any]) -> bool:
    """Tell whether a step only reads the firm's zone, so that nothing is done twice for it."""
    return "Plans" not in node and bool(ZONE & {node.get("CTE Name"), node.get("Relation Name")})


def _lists_done_again(plan: dict[str, Any]) -> set[str]:
    return {node["CTE Name"] for node in _done_again(plan) if "CTE Name" in node}


@pytest.mark.parametrize("subject", Subject.values)
def test_each_list_can_be_joined_without_reading_it_again_for_each_row(subject: str) -> None:
    plan = _plan_without(("nestloop",), _statement_of(subject))

    assert _lists_done_again(plan) <= SMALL


def test_expected_days_and_counted_ones_are_compared_without_any_join() -> None:
    # Joined by hash they would be quick as well, but nothing tells PostgreSQL how long they are.
    plan = _plan_without(("hashjoin", "mergejoin"), _statement_of(Subject.DAYS))

    assert _lists_done_again(plan) <= SMALL
