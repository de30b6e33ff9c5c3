"""I7: all hours that were granted or bought are drawn, expired or left; none is drawn twice."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from billing.domain.agreements import Drawn
from billing.domain.hours_proof import fault_in_hours
from billing.queries.books.finding import Check
from billing.queries.hours import (
    allowance_rows,
    allowance_value,
    block_rows,
    block_value,
    drawn_from,
)
from contracts.models import ContractPause
from core.periods import Period

AT_A_TIME = 500
_CANCELLED = """
SELECT count(*), count(*), 'block ' || min(b.id) || ': drawn or billed though it was cancelled'
FROM billing_claim k
JOIN contracts_prepaidblock b ON b.id IN (k.drawn_block_id, k.prepaid_block_id)
WHERE k.released_at IS NULL AND b.cancelled_on IS NOT NULL
"""


def check_hours() -> Check:
    """Go through all allowances and blocks and find those that do not add up."""
    check = Check("I7", _("Granted hours are drawn, expired or left, and none is drawn twice"))
    for rows in _batches(allowance_rows()):
        drawn = _by_hours(drawn_from(rows, ()))
        pauses = _pauses_of(rows)
        for row in rows:
            taken = drawn[row.pk, None]
            _note(
                check, f"allowance {row.pk}", allowance_value(row), taken, pauses[row.contract_id]
            )
    for rows in _batches(block_rows()):
        drawn = _by_hours(drawn_from((), rows))
        for row in rows:
            _note(check, f"block {row.pk}", block_value(row), drawn[None, row.pk], ())
    check.ask(_CANCELLED)
    return check


def _note(check: Check, name: str, hours: Any, drawn: list[Drawn], pauses: Any) -> None:  # noqa: ANN401  (rows)
    check.examined += 1
    fault = fault_in_hours(hours, drawn, pauses)
    if fault:
        check.fail(f"{name}: {fault}")


def _by_hours(drawn: dict[int, list[Drawn]]) -> dict[tuple[int | None, int | None], list[Drawn]]:
    """Put what was drawn beside the allowance or the block it was drawn from."""
    found: dict[tuple[int | None, int | None], list[Drawn]] = defaultdict(list)
    for of_client in drawn.values():
        for one in of_client:
            found[one.allowance_id, one.block_id].append(one)
    return found


def _pauses_of(rows: list[Any]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for pause in ContractPause.objects.filter(contract__in={row.contract_id for row in rows}):
        found[pause.contract_id].append(pause.days)
    return found


def _batches(rows: Any) -> Iterator[list[Any]]:  # noqa: ANN401  (annotated rows)
    walk = rows.order_by("pk").iterator(AT_A_TIME)
    while batch := list(islice(walk, AT_A_TIME)):
        yield batch
