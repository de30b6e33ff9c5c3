"""What drafts say, as it is sealed, and which of them do not add up: in one reading of the lines.

The sums are proved as ``billing.domain.proof`` proves them, which ``check_books`` applies to the
same documents later: what one of them overlooks, the other finds.
"""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from billing.domain.proof import Fault
from core.lookups import as_array
from core.money import EXPONENTS

# Ten more places make the quotient exact enough that its rounding cannot be a rounding too many;
# most prices are for one, and need no quotient. Codes are words of our own; only what people write
# needs JSON's marks. Days come as ISO has them: the database driver sees to that.
_WRITTEN = """
WITH draft AS MATERIALIZED (
    SELECT id, net, tax, total, coalesce((%(places)s::jsonb ->> currency)::int, 2) AS places
    FROM billing_invoice WHERE id = ANY(%(ids)s)
), line AS MATERIALIZED (
    SELECT c.invoice_id, c.id, c.position, c.kind, c.tax_category AS category, c.tax_rate AS rate,
           c.amount, c.amount <> CASE
               WHEN c.treatment <> 'billed' THEN 0
               WHEN c.price_base = 1 THEN round(c.quantity * c.unit_price, d.places)
               ELSE round(c.quantity * c.unit_price * 1.0000000000 / c.price_base, d.places)
           END AS is_wrong,
           concat(
               '[', coalesce(c.position::text, 'null'),
               ',"', c.kind, '","', c.treatment, '",', to_json(c.description), ',"',
               concat_ws('","', c.starts_on, c.last_day_on, c.quantity, c.unit, c.unit_price),
               '",', c.price_base, ',"', concat_ws('","', c.amount, c.tax_category, c.tax_rate),
               '"', CASE WHEN c.reach <> '' THEN concat(',', (
                   SELECT r.position FROM billing_charge r WHERE r.id = c.reduces_id
               ), ',"', c.reach, '"') END,
               ']'
           ) AS written
    FROM draft d JOIN billing_charge c ON c.invoice_id = d.id
    WHERE c.invoice_id = ANY(%(ids)s)
), lines AS (
    SELECT invoice_id, string_agg(written, ',' ORDER BY position, id) AS written,
           string_agg(kind, ' ') FILTER (WHERE position IS NOT NULL) AS kinds
    FROM line GROUP BY invoice_id
), base AS (
    SELECT invoice_id, category, rate, sum(amount) AS base, bool_or(is_wrong) AS is_wrong
    FROM line GROUP BY invoice_id, category, rate
), stated AS (
    SELECT t.*, t.tax <> round(t.base * t.rate * 0.01, d.places) AS is_wrong,
           concat('["', concat_ws('","', t.category, t.rate, t.base, t.tax), '"]') AS written
    FROM draft d JOIN billing_taxline t ON t.invoice_id = d.id
    WHERE t.invoice_id = ANY(%(ids)s)
), taxes AS (
    SELECT invoice_id, string_agg(s.written, ',' ORDER BY category, rate) AS written,
           bool_or(b.is_wrong) AS wrong_line, bool_or(s.is_wrong) AS wrong_tax,
           bool_or(coalesce(b.base, 0) <> coalesce(s.base, 0)) AS wrong_base,
           sum(coalesce(b.base, 0)) AS net, sum(coalesce(s.tax, 0)) AS tax
    FROM base b FULL JOIN stated s USING (invoice_id, category, rate) GROUP BY invoice_id
)
SELECT d.id, coalesce(l.written, ''), coalesce(l.kinds, ''), coalesce(t.written, ''), CASE
    WHEN t.wrong_line THEN 'line'
    WHEN t.wrong_base THEN 'base'
    WHEN t.wrong_tax THEN 'tax'
    WHEN d.net <> t.net THEN 'net'
    WHEN d.tax <> t.tax THEN 'tax'
    WHEN d.total <> d.net + d.tax THEN 'total' END
FROM draft d
LEFT JOIN lines l ON l.invoice_id = d.id LEFT JOIN taxes t ON t.invoice_id = d.id
"""


class Written(NamedTuple):
    """The lines and taxes of a document as they are sealed, and what does not add up.

    ``kinds`` are the sorts of those lines that are printed.
    """

    lines: str
    kinds: frozenset[str]
    taxes: str
    fault: Fault | None


def written_of(draft_ids: Collection[int]) -> dict[int, Written]:
    """Return what the drafts say."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, {"ids": as_array(draft_ids), "places": json.dumps(EXPONENTS)})
        return {
            draft_id: Written(lines, _sorts(kinds), taxes, Fault(fault) if fault else None)
            for draft_id, lines, kinds, taxes, fault in cursor.fetchall()
        }


@lru_cache(maxsize=1_000)
def _sorts(kinds: str) -> frozenset[str]:
    """Return the sorts of lines; thousands of documents have the same ones."""
    return frozenset(kinds.split())
