"""Contract lines as rating wants them: terms, versions, pauses, what is counted."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import JSONField, Value
from django.db.models.functions import NullIf

from billing.domain.agreements import (
    Contract,
    LineTerm,
    LineVersion,
    Rhythm,
    Tier,
)
from billing.domain.terms import (
    ChangeEffect,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
    Timing,
)
from billing.queries.counted import units_of
from billing.queries.destinations import OF_LINE, destination_of_line
from contracts import models as contracts
from core.periods import FOREVER, Period

ClientIds = Collection[int]
CALENDAR = date(2000, 1, 1)
LINE_FIELDS = (
    "pk",
    "description",
    "unit",
    "rhythm_months",
    "anchor",
    "anchor_on",
    "timing",
    "stub_rule",
    "proration",
    "pricing",
    "quantity_rule",
    "counts",
    "count_kind",
    "count_role",
    "count_group",
    "count_site_id",
    "starts_on",
    "last_day_on",
    "billed_through_on",
    "tax_code",
    "product__ledger_account",
    "contract_id",
    "contract__client_id",
    "contract__number",
    "contract__name",
    "contract__anchor_on",
    "contract__starts_on",
    "contract__last_day_on",
    *OF_LINE,
)
# Most prices have no tiers, and then there is nothing to decode.
WITH_TIERS = NullIf("tiers", Value([], JSONField()))
# One row of the query, its columns by name.
Row = Any


def lines_of(client_ids: ClientIds) -> dict[int, list[LineTerm]]:
    """Return the contract lines of each client, ended ones too."""
    found = contracts.ContractLine.objects.filter(contract__client__one_of=client_ids)
    rows = list(found.order_by("pk").values_list(*LINE_FIELDS, named=True))
    versions, pauses, units = _versions_of(client_ids), _pauses_of(client_ids), units_of(rows)
    lines: dict[int, list[LineTerm]] = defaultdict(list)
    for row in rows:
        lines[row.contract__client_id].append(
            LineTerm(
                id=row.pk,
                contract=Contract(row.contract_id, row.contract__number, row.contract__name),
                description=row.description,
                owed=_owed(row),
                versions=versions.get(row.pk, ()),
                rhythm=_rhythm_of(row),
                pauses=pauses.get(row.contract_id, ()),
                pricing=Pricing(row.pricing),
                quantity_rule=QuantityRule(row.quantity_rule),
                counted=units.get(row.pk),
                unit=row.unit,
                tax_code=row.tax_code,
                ledger_account=row.product__ledger_account or "",
                destination=destination_of_line(row),
            )
        )
    return lines


def _owed(row: Row) -> Period:
    """Return the days that line and contract share and that no other system has billed.

    What is due once was billed there altogether, or not at all.
    """
    term = Period.through(row.starts_on, row.last_day_on)
    term = term.clip_to(Period.through(row.contract__starts_on, row.contract__last_day_on))
    if not _was_billed_elsewhere(row):
        return term
    if row.rhythm_months == contracts.BillingRhythm.ONCE:
        return Period(term.start, term.start)
    elsewhere = Period.through(term.start, row.billed_through_on)
    return term.clip_to(Period(elsewhere.end, FOREVER))


def _was_billed_elsewhere(row: Row) -> bool:
    first_day = max(row.starts_on, row.contract__starts_on)
    return row.billed_through_on is not None and row.billed_through_on >= first_day


def _rhythm_of(row: Row) -> Rhythm:
    """Return the line's rhythm; its first days are not ours where another system billed them."""
    anchor = CALENDAR
    if row.anchor == contracts.BillingAnchor.ANNIVERSARY:
        anchor = row.anchor_on or row.contract__anchor_on or row.contract__starts_on
    stub = StubRule.PRORATED if _was_billed_elsewhere(row) else row.stub_rule
    return _rhythm(row.rhythm_months, anchor, row.timing, stub, row.proration)


# Thousands of lines share a handful of rhythms.
@lru_cache(maxsize=10_000)
def _rhythm(months: int, anchor: date, timing: str, stub: str, proration: str) -> Rhythm:
    return Rhythm(months, anchor, Timing(timing), StubRule(stub), Proration(proration))


def _versions_of(client_ids: ClientIds) -> dict[int, list[LineVersion]]:
    rows = contracts.LineVersion.objects.filter(line__contract__client__one_of=client_ids)
    columns = (
        rows.annotate(steps=WITH_TIERS)
        .order_by("line_id", "starts_on")
        .values_list(
            "line_id",
            "starts_on",
            "quantity",
            "unit_price",
            "effect",
            "included_quantity",
            "overage_price",
            "steps",
        )
    )
    found: dict[int, list[LineVersion]] = defaultdict(list)
    for line_id, starts_on, quantity, price, effect, included, overage, tiers in columns:
        found[line_id].append(
            LineVersion(
                starts_on=starts_on,
                quantity=quantity,
                unit_price=price,
                effect=ChangeEffect(effect),
                included_quantity=included,
                overage_price=overage,
                tiers=tuple(_tier(tier) for tier in tiers or ()),
            )
        )
    return found


def _tier(stored: dict[str, Any]) -> Tier:
    limit = stored["up_to"]
    return Tier(None if limit is None else Decimal(limit), Decimal(stored["unit_price"]))


def _pauses_of(client_ids: ClientIds) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for pause in contracts.ContractPause.objects.filter(contract__client__one_of=client_ids):
        found[pause.contract_id].append(pause.days)
    return found
