"""Hours that contracts include and blocks that were bought, with what live charges have drawn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, When

from billing.domain import agreements
from billing.domain.agreements import ANYWHERE, Block, Contract, Destination, Drawn
from billing.domain.buckets import is_needed, month_needed, serves_on
from billing.domain.evidence import BlockSold
from billing.domain.terms import BlockUnit, Rollover
from billing.models import Charge, Claim
from contracts.models import Allowance, DrawWeight, PrepaidBlock
from core.periods import Period

Weights = Mapping[int, Sequence[agreements.DrawWeight]]
BUCKET = ("allowance_id", "bucket_on", "drawn_block_id")


@dataclass(frozen=True)
class Needed:
    """Which draws decide on open work: of its clients' first days or later, and of its tickets.

    Draws from blocks that are ``watched`` are needed from the first one on.
    """

    since: Mapping[int, date]
    tickets: Collection[int] = ()
    watched: Collection[int] = ()


@dataclass(frozen=True)
class Hours:
    """The hours of some clients: allowances and weights by contract, all else by client."""

    allowances: Mapping[int, Sequence[agreements.Allowance]]
    weights: Weights
    blocks: Mapping[int, Sequence[Block]]
    blocks_sold: Mapping[int, Sequence[BlockSold]]
    drawn: Mapping[int, Sequence[Drawn]]

    def in_contract(self, contract: Contract) -> Contract:
        """Return the contract with the hours that it includes."""
        if contract.id not in self.allowances and contract.id not in self.weights:
            return contract
        return replace(
            contract,
            allowances=self.allowances.get(contract.id, ()),
            weights=self.weights.get(contract.id, ()),
        )


def load_hours(client_ids: Collection[int], needed: Needed | None = None) -> Hours:
    """Return all hours of the clients, used up and expired ones too; a query for each kind.

    With ``needed`` only draws that decide on open work are among them.
    """
    rows = list(allowance_rows().filter(contract__client__one_of=client_ids))
    block_list = list(block_rows().filter(client__one_of=client_ids))
    weights = _weights_of(client_ids)
    allowances: dict[int, list[agreements.Allowance]] = defaultdict(list)
    for row in rows:
        allowances[row.contract_id].append(allowance_value(row))
    blocks: dict[int, list[Block]] = defaultdict(list)
    sold: dict[int, list[BlockSold]] = defaultdict(list)
    for block in block_list:
        blocks[block.client_id].append(block_value(block, weights))
        if not block.is_settled:
            sold[block.client_id].append(_sale_of(block))
    return Hours(allowances, weights, blocks, sold, drawn_from(rows, block_list, needed))


def allowance_rows() -> QuerySet[Any]:
    """Return the allowances with the ids of their work types."""
    rows = Allowance.objects.select_related("contract").order_by("starts_on", "pk")
    annotated: QuerySet[Any] = rows.annotate(type_ids=_work_types())
    return annotated


def block_rows() -> QuerySet[Any]:
    """Return the blocks that were not cancelled, with whether their sale needs no charge."""
    return every_block_row().filter(cancelled_on=None)


def every_block_row() -> QuerySet[Any]:
    """Return all blocks, with the ids of their work types and what has become of them."""
    following = PrepaidBlock.objects.filter(follows=OuterRef("pk"), cancelled_on=None)
    sales = Claim.objects.filter(prepaid_block__isnull=False, released_at=None)
    billed = sales.filter(prepaid_block=OuterRef("pk"))
    return (
        PrepaidBlock.objects.select_related("client", "contract", "product")
        .annotate(
            type_ids=_work_types(),
            is_settled=Q(billed_elsewhere=True) | Exists(billed),
            is_followed=Exists(following),
        )
        .order_by("starts_on", "pk")
    )


def watched_block_rows() -> QuerySet[Any]:
    """Return the blocks that top up by themselves and that no other has followed yet."""
    return block_rows().filter(
        tops_up=True, low_balance__isnull=False, followed_by=None, client__lost_on=None
    )


def clients_to_top_up() -> list[int]:
    """Return the clients who have a block that tops up by itself and has no follower."""
    rows = watched_block_rows().order_by("client_id")
    return list(rows.values_list("client_id", flat=True).distinct())


def drawn_from(
    allowances: Iterable[Allowance], blocks: Iterable[PrepaidBlock], needed: Needed | None = None
) -> dict[int, list[Drawn]]:
    """Return, by client, what live charges have taken, added up by bucket, day and incident.

    With ``needed`` it is what decides on open work. A query for each sort of hours there is, so
    that each has its own index.
    """
    found: dict[int, list[Drawn]] = defaultdict(list)
    rows = list(blocks)
    keys = [row.pk for row in rows if needed is None or _decides(row, needed)]
    asked = [_taken(months) for months in [_months_from(allowances, needed)] if months]
    asked += [_taken(Q(drawn_block__one_of=keys))] if keys else []
    served = [row.pk for row in rows if needed is not None and _serves_on(row, needed)]
    if needed is not None and served and needed.tickets:
        asked.append(_taken_for(needed.tickets, served))
    for taken in asked:
        for client_id, day, *bucket, quantity in taken:
            found[client_id].append(Drawn(day, quantity, *bucket))
    return found


def _decides(row: PrepaidBlock, needed: Needed) -> bool:
    return row.pk in needed.watched or is_needed(block_value(row), needed.since[row.client_id])


def _serves_on(row: PrepaidBlock, needed: Needed) -> bool:
    is_read = row.pk in needed.watched
    return not is_read and serves_on(block_value(row), needed.since[row.client_id])


def _taken(buckets: Q) -> QuerySet[Any, tuple[Any, ...]]:
    incident = Case(When(drawn_block__unit=BlockUnit.INCIDENTS, then=F("charge__ticket_id")))
    rows = Claim.objects.filter(buckets, released_at=None).exclude(drawn_quantity=0)
    return (
        rows.annotate(ticket_id=incident)
        .values_list("charge__client_id", "charge__starts_on", *BUCKET, "ticket_id")
        .annotate(quantity=Sum("drawn_quantity"))
        .order_by()
    )


def _taken_for(
    tickets: Collection[int], block_ids: Collection[int]
) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the incidents taken for some tickets from these blocks, found by the tickets."""
    rows = Charge.objects.filter(
        ticket__one_of=tickets, claims__drawn_block__in=block_ids, claims__released_at=None
    )
    bucket = [f"claims__{name}" for name in BUCKET]
    return (
        rows.exclude(claims__drawn_quantity=0)
        .values_list("client_id", "starts_on", *bucket, "ticket_id")
        .annotate(quantity=Sum("claims__drawn_quantity"))
        .order_by()
    )


def _months_from(allowances: Iterable[Allowance], needed: Needed | None) -> Q:
    """Return the condition for draws from the months that are needed, those of one day together."""
    by_first: dict[date, list[int]] = defaultdict(list)
    for row in allowances:
        first = date.min
        if needed is not None:
            first = month_needed(allowance_value(row), needed.since[row.contract.client_id])
        by_first[first].append(row.pk)
    found = Q()
    for first, keys in by_first.items():
        found |= Q(allowance__one_of=keys, bucket_on__gte=first)
    return found


def allowance_value(row: Any) -> agreements.Allowance:  # noqa: ANN401  (a row with its types)
    """Return an allowance as the engine takes it."""
    return agreements.Allowance(
        id=row.pk,
        name=row.name,
        minutes=row.minutes,
        term=Period.through(row.starts_on, row.last_day_on),
        anchor=row.counted_from,
        work_type_ids=frozenset(row.type_ids),
        overage_rate=row.overage_rate,
        rollover=Rollover(row.rollover),
        cap_minutes=row.cap_minutes,
        age_months=row.age_months,
        prorates_stub=row.prorates_stub,
    )


def block_value(row: Any, weights: Weights | None = None) -> Block:  # noqa: ANN401  (as above)
    """Return a block as the engine takes it; its contract's weights count for it too."""
    return Block(
        id=row.pk,
        name=row.name,
        unit=BlockUnit(row.unit),
        quantity=row.quantity - row.moved_quantity,
        valid=Period.through(row.starts_on, row.last_day_on),
        contract_id=row.contract_id,
        work_type_ids=frozenset(row.type_ids),
        weights=(weights or {}).get(row.contract_id, ()),
    )


def _sale_of(row: PrepaidBlock) -> BlockSold:
    contract = row.contract
    return BlockSold(
        id=row.pk,
        contract=Contract(contract.pk, contract.number, contract.name) if contract else None,
        description=row.name,
        price=row.price,
        sold_on=row.sold_on,
        unit=BlockUnit(row.unit),
        quantity=row.quantity,
        valid=Period.through(row.starts_on, row.last_day_on),
        tax_code=row.tax_code,
        ledger_account=row.product.ledger_account if row.product else "",
        destination=ANYWHERE
        if contract is None
        else Destination(
            contract.pk, contract.site_id, contract.cost_centre, contract.purchase_order_id
        ),
    )


def _weights_of(client_ids: Collection[int]) -> dict[int, list[agreements.DrawWeight]]:
    rows = DrawWeight.objects.filter(contract__client__one_of=client_ids).order_by("pk")
    found: dict[int, list[agreements.DrawWeight]] = defaultdict(list)
    for row in rows:
        weight = agreements.DrawWeight(row.factor, row.work_type_id, row.work_role_id)
        found[row.contract_id].append(weight)
    return found


def _work_types() -> ArrayAgg:
    return ArrayAgg("work_types", filter=Q(work_types__isnull=False), default=[])
