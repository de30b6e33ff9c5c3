"""Allowances, blocks and requests for tests of drawing: plain values with valid defaults."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import Allowance, Block, Contract, Drawn
from billing.domain.balances import Statement, statement
from billing.domain.draws import Key, Placed, Request, place
from billing.domain.terms import BlockUnit, Rollover
from billing.tests.evidence import K1, ON_SITE, REMOTE
from core.periods import Period

JAN, FEB, MAR, APR, MAY = (date(2026, month, 1) for month in range(1, 6))
SENIOR = 7
ANY_WORK: frozenset[int] = frozenset()
ON_SITE_ONLY = frozenset({ON_SITE.id})
REMOTE_ONLY = frozenset({REMOTE.id})


def allowance(hours: int = 10, since: date = JAN, **fields: Any) -> Allowance:
    """Return hours a month from a day on, counted by calendar month."""
    given = {"id": 1, "name": "Support hours", "anchor": JAN, **fields}
    until = given.pop("until", None)
    return Allowance(minutes=hours * 60, term=Period.through(since, until), **given)


def rolling(hours: int = 10, cap: int | None = None, age: int = 1, **fields: Any) -> Allowance:
    """Return hours a month of which the oldest are carried."""
    return allowance(
        hours,
        rollover=Rollover.OLDEST_FIRST,
        cap_minutes=None if cap is None else cap * 60,
        age_months=age,
        **fields,
    )


def with_hours(*allowances: Allowance, **fields: Any) -> Contract:
    """Return the contract K001 with these allowances."""
    return replace(K1, allowances=allowances, **fields)


def block(quantity: str, since: date = JAN, until: date | None = None, **fields: Any) -> Block:
    """Return a prepaid block; without more it holds minutes, for all work of no contract."""
    given = {"id": 1, "name": "Prepaid", "unit": BlockUnit.MINUTES, **fields}
    return Block(quantity=Decimal(quantity), valid=Period.through(since, until), **given)


def asked(minutes: int, on: date, contract: Contract | None = None, **fields: Any) -> Request:
    """Return a request for minutes of remote work on ticket 1, worth 2.00 a minute."""
    given = {
        "key": (1, 0),
        "work_type_id": REMOTE.id,
        "work_role_id": None,
        "ticket_id": 1,
        "hourly_rate": Decimal(120),
        **fields,
    }
    return Request(worked_on=on, contract=contract, minutes=minutes, **given)


def placed(
    *requests: Request, blocks: Sequence[Block] = (), drawn: Iterable[Drawn] = ()
) -> dict[Key, Placed]:
    """Place the requests on their own contracts and the blocks."""
    contracts = {one.contract.id: one.contract for one in requests if one.contract}
    return place(requests, contracts.values(), blocks, list(drawn))


def taken(where: Placed) -> list[tuple[date | int | None, int, Decimal]]:
    """Return each draw as the month or the block, the minutes and the quantity taken."""
    return [
        (one.source.bucket_on or one.source.block_id, one.minutes, one.quantity)
        for one in where.draws
    ]


def draws_of(places: dict[Key, Placed]) -> list[Drawn]:
    """Return everything that was drawn, as live charges would carry it."""
    return [draw.source for where in places.values() for draw in where.draws]


def rows(balance: Statement) -> list[str]:
    """Return, by month, the hours granted, carried in, drawn, expired and left."""
    return [
        " ".join(
            f"{(value / 60).normalize():f}"
            for value in (one.granted, one.carried_in, one.drawn, one.expired, one.left)
        )
        for one in balance.months
    ]


def statement_of(hours: Allowance | Block, drawn: Iterable[Drawn], through: date) -> Statement:
    """Return the balance after a day."""
    return statement(hours, list(drawn), through)
