"""Which drafts do not add up: asked of the database, for a whole set in one statement.

The same proof as ``billing.domain.proof``, which ``check_books`` applies to the same documents
later: what one of them overlooks, the other finds.
"""

import json
from collections.abc import Sequence

from django.db import connection

from billing.domain.proof import Fault
from core.money import EXPONENTS

# Ten more places make the quotient exact enough that its rounding cannot be a rounding too many.
_FAULTS = """
WITH draft AS MATERIALIZED (
    SELECT id, net, tax, total, coalesce((%(places)s::jsonb ->> currency)::int, 2) AS places
    FROM billing_invoice WHERE id = ANY(%(ids)s)
), line AS (
    SELECT c.invoice_id, c.tax_category AS category, c.tax_rate AS rate, sum(c.amount) AS base,
           bool_or(c.amount <> CASE c.treatment WHEN 'billed'
               THEN round(c.quantity * c.unit_price * 1.0000000000 / c.price_base, d.places)
               ELSE 0 END) AS is_wrong
    FROM draft d JOIN billing_charge c ON c.invoice_id = d.id
    WHERE c.invoice_id = ANY(%(ids)s)
    GROUP BY c.invoice_id, c.tax_category, c.tax_rate
), stated AS (
    SELECT t.*, t.tax <> round(t.base * t.rate * 0.01, d.places) AS is_wrong
    FROM draft d JOIN billing_taxline t ON t.invoice_id = d.id
    WHERE t.invoice_id = ANY(%(ids)s)
), by_rate AS (
    SELECT invoice_id, l.is_wrong AS wrong_line, s.is_wrong AS wrong_tax,
           coalesce(l.base, 0) AS base, coalesce(s.base, 0) AS stated, coalesce(s.tax, 0) AS tax
    FROM line l FULL JOIN stated s USING (invoice_id, category, rate)
), judged AS (
    SELECT d.id, CASE
        WHEN bool_or(r.wrong_line) THEN 'line'
        WHEN bool_or(r.base <> r.stated) THEN 'base'
        WHEN bool_or(r.wrong_tax) THEN 'tax'
        WHEN d.net <> sum(r.base) THEN 'net'
        WHEN d.tax <> sum(r.tax) THEN 'tax'
        WHEN d.total <> d.net + d.tax THEN 'total' END AS fault
    FROM draft d JOIN by_rate r ON r.invoice_id = d.id
    GROUP BY d.id, d.net, d.tax, d.total
)
SELECT id, fault FROM judged WHERE fault IS NOT NULL
"""


def faults_of(draft_ids: Sequence[int]) -> dict[int, Fault]:
    """Return what is wrong with the drafts that do not add up."""
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, {"ids": [*draft_ids], "places": json.dumps(EXPONENTS)})
        return {draft_id: Fault(fault) for draft_id, fault in cursor.fetchall()}
