"""Writing down what a run left out until a person decides."""

from collections.abc import Sequence
from typing import Any

from billing.domain.charge import HeldEvidence
from billing.models import BillingRun, HeldItem
from clients.models import Client
from core.bulk import copy_rows

Row = tuple[object, ...]
HELD_COLUMNS = (
    "run_id",
    "client_id",
    "hold",
    "facts",
    "time_entry_id",
    "part_used_id",
    "flat_rate_item_id",
    "contract_line_id",
    "time_correction_id",
    "prepaid_block_id",
    "period_on",
    "minutes",
)


def write_held(run: BillingRun, held: Sequence[tuple[Client, HeldEvidence]]) -> None:
    """Write down what the run holds back, each piece with its reason."""
    if held:
        rows = (_row(run, client, evidence) for client, evidence in held)
        copy_rows(HeldItem, HELD_COLUMNS, rows)


def forget_held(run: BillingRun | None, client: Client) -> None:
    """Forget what the run held back of a client that is about to be rated again."""
    HeldItem.objects.filter(run=run, client=client).delete()


def _row(run: BillingRun, client: Client, held: HeldEvidence) -> Row:
    source = held.source
    return (
        run.pk,
        client.pk,
        held.hold,
        _facts_of(held),
        source.time_entry_id,
        source.part_used_id,
        source.flat_rate_item_id,
        source.contract_line_id,
        source.time_taken_back_id,
        source.block_sold_id,
        source.period_on,
        source.minutes,
    )


def _facts_of(held: HeldEvidence) -> dict[str, Any]:
    """Return what the sentence names, and the contracts to choose from."""
    candidates = [
        {
            "id": one.contract.id,
            "number": one.contract.number,
            "name": one.contract.name,
            "unmet": list(one.unmet),
        }
        for one in held.candidates
    ]
    return {**held.facts, "candidates": candidates}
