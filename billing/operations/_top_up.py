"""Selling the next block where one has run low; nothing here opens a transaction."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from billing.domain.agreements import Block, Drawn
from billing.domain.evidence import ClientEvidence
from billing.domain.open_hours import drawn_so_far
from billing.domain.top_up import next_validity, ran_low_on
from billing.queries.evidence import load_work
from billing.queries.hours import block_value, watched_block_rows
from clients.models import Client, LegalEntity
from contracts.models import PrepaidBlock
from contracts.operations._hours import NewBlock, write_block
from core.periods import FOREVER

log = logging.getLogger(__name__)
MOST_AT_ONCE = 24


@dataclass(frozen=True)
class Low:
    """A block that has run low, and since when."""

    row: PrepaidBlock
    block: Block
    since: date


def sell_next_blocks(
    clients: Collection[Client], entity: LegalEntity, as_of: date, sold_on: date
) -> list[PrepaidBlock]:
    """Sell the next block wherever one that tops up by itself has run low before the day.

    The clients are locked. The next block is valid from the day on which the last one ran low, so
    that it pays for the work that was too much; much work may use up several.
    """
    sold: list[PrepaidBlock] = []
    for _step in range(MOST_AT_ONCE):
        step = [_sell(low, sold_on) for low in _low(clients, entity, as_of)]
        if not step:
            break
        sold.extend(step)
    return sold


def _low(clients: Collection[Client], entity: LegalEntity, as_of: date) -> Iterator[Low]:
    watched = list(watched_block_rows().filter(client__one_of=[client.pk for client in clients]))
    owners = {row.client_id for row in watched}
    if not owners:
        return
    evidence = load_work(
        [one for one in clients if one.pk in owners],
        entity,
        as_of,
        watched_blocks={row.pk for row in watched},
    )
    drawn = {pk: _drawn(pk, evidence[pk], as_of) for pk in owners}
    for row in watched:
        block = block_value(row)
        since = ran_low_on(block, row.low_balance, drawn[row.client_id])
        if since is not None and (row.contract is None or since in row.contract.term):
            yield Low(row, block, since)


def _drawn(client_id: int, evidence: ClientEvidence, as_of: date) -> list[Drawn]:
    """Return what the client has drawn; trouble with one client keeps nobody from the next."""
    try:
        return drawn_so_far(evidence, as_of)
    except Exception:
        log.exception("The hours of client %s cannot be worked out", client_id)
        return []


def _sell(low: Low, sold_on: date) -> PrepaidBlock:
    row = low.row
    valid = next_validity(low.block, low.since)
    return write_block(
        row.client,
        NewBlock(
            name=row.name,
            unit=row.unit,
            quantity=row.quantity,
            price=row.price,
            sold_on=sold_on,
            starts_on=valid.start,
            last_day_on=None if valid.end == FOREVER else valid.last_day,
            contract_id=row.contract_id,
            product_id=row.product_id,
            tax_code=row.tax_code,
            work_type_ids=sorted(low.block.work_type_ids),
            low_balance=row.low_balance,
            tops_up=True,
            follows_id=row.pk,
        ),
    )
