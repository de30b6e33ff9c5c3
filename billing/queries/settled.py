"""What contract lines were billed, without the periods that are settled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import connection

from billing.domain.agreements import BilledPeriod, LineTerm
from billing.domain.settled import digest_of_terms
from billing.models import SettledLine
from billing.queries.contract_lines import ClientIds
from core.lookups import as_array
from core.periods import Period

Billed = dict[int, dict[date, BilledPeriod]]
NOTHING = Decimal(0)
# Claims are asked for charge by charge; OFFSET keeps that from becoming a walk through them all.
_TAKEN_OFF = """
SELECT k.contract_line_id, k.period_on, sum(t.back), sum(t.off) FROM (
    SELECT credits_id AS charge_id, amount AS back, 0 AS off FROM billing_charge
    WHERE client_id = ANY(%s) AND credits_id IS NOT NULL
    UNION ALL
    SELECT reduces_id, 0, -amount FROM billing_charge
    WHERE client_id = ANY(%s) AND reduces_id IS NOT NULL
) t CROSS JOIN LATERAL (
    SELECT c.contract_line_id, c.period_on FROM billing_claim c
    WHERE c.charge_id = t.charge_id AND c.contract_line_id IS NOT NULL AND c.released_at IS NULL
    OFFSET 0
) k
GROUP BY k.contract_line_id, k.period_on
"""
# Each line is asked for by itself, from its own day on, so that nothing before it is read.
_BILLED = """
SELECT l.id, p.* FROM unnest(%s::bigint[], %s::date[]) AS l (id, since)
CROSS JOIN LATERAL (
    SELECT k.period_on, sum(c.amount), max(k.revision), min(c.starts_on), max(c.last_day_on)
    FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
    WHERE k.contract_line_id = l.id AND k.period_on >= l.since AND k.released_at IS NULL
    GROUP BY k.period_on
) p
"""


def billed_unless_settled(
    lines: Mapping[int, Sequence[LineTerm]], client_ids: ClientIds, currency: str
) -> tuple[Billed, dict[int, date]]:
    """Return what live charges carry, and by line the day before which they are not listed.

    A settled line whose terms have changed since is read from its beginning.
    """
    known = {line.id: line for of_client in lines.values() for line in of_client}
    settled = _settled(known, client_ids, currency)
    days = [settled.get(line_id, date.min) for line_id in known]
    credited = _credited_of(client_ids)
    billed: Billed = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_BILLED, [as_array(known), as_array(days)])
        for line_id, period_on, amount, revision, first, last in cursor.fetchall():
            back, discount = credited.get((line_id, period_on), (NOTHING, NOTHING))
            served = Period.through(first, last)
            billed[line_id][period_on] = BilledPeriod(amount, revision, served, back, discount)
    return billed, settled


def _settled(
    lines: Mapping[int, LineTerm], client_ids: ClientIds, currency: str
) -> dict[int, date]:
    rows: Iterable[tuple[int, date, str]] = SettledLine.objects.filter(
        line__contract__client__one_of=client_ids
    ).values_list("line_id", "before_on", "digest")
    return {
        line_id: before_on
        for line_id, before_on, digest in rows
        if digest == digest_of_terms(lines[line_id], currency)
    }


def _credited_of(
    client_ids: ClientIds,
) -> dict[tuple[int | None, date | None], tuple[Decimal, Decimal]]:
    """Return, by line and period, what credit notes and what discounts took off live charges."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_OFF, [as_array(client_ids)] * 2)
        return {(line_id, day): (back, off) for line_id, day, back, off in cursor.fetchall()}
