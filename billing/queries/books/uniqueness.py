"""I2 and I3: nothing is billed twice, and no number is missing or out of order."""

from django.utils.translation import gettext as _

from billing.queries.books.finding import Check

_EVIDENCE_ONCE = """
WITH doubled AS (
    SELECT CASE WHEN time_entry_id IS NOT NULL THEN 'time entry ' || time_entry_id
                WHEN part_used_id IS NOT NULL THEN 'part ' || part_used_id
                WHEN flat_rate_item_id IS NOT NULL THEN 'flat rate ' || flat_rate_item_id
                WHEN time_correction_id IS NOT NULL THEN 'correction ' || time_correction_id
                WHEN prepaid_block_id IS NOT NULL THEN 'prepaid block ' || prepaid_block_id
                WHEN hand_line_id IS NOT NULL THEN 'line by hand ' || hand_line_id
                ELSE 'contract line ' || contract_line_id || ', ' || to_char(period_on, 'YYYY-MM')
           END AS source
    FROM billing_claim WHERE released_at IS NULL
    GROUP BY time_entry_id, part_used_id, flat_rate_item_id, time_correction_id,
             prepaid_block_id, hand_line_id, contract_line_id, period_on, portion, revision
    HAVING count(*) > 1
), unfounded AS (
    SELECT 'line ' || c.id || ' without evidence' AS source
    FROM billing_charge c
    WHERE c.amount <> 0 AND c.credits_id IS NULL AND c.reduces_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM billing_claim k WHERE k.charge_id = c.id)
    UNION ALL
    SELECT 'discount ' || c.id || ' on another line' AS source
    FROM billing_charge c JOIN billing_charge r ON r.id = c.reduces_id
    WHERE (c.invoice_id, c.tax_category, c.tax_rate) IS DISTINCT FROM
          (r.invoice_id, r.tax_category, r.tax_rate)
       OR r.reduces_id IS NOT NULL OR c.amount * r.amount > 0
       OR EXISTS (SELECT 1 FROM billing_claim k WHERE k.charge_id = c.id)
), broken AS (
    SELECT source FROM doubled UNION ALL SELECT source FROM unfounded
)
SELECT (SELECT count(*) FROM billing_claim WHERE released_at IS NULL),
       (SELECT count(*) FROM broken), (SELECT min(source) FROM broken)
"""
_SERIES = """
WITH numbered AS (
    SELECT legal_entity_id, document_kind, extract(year FROM issued_on)::int AS year,
           number, issued_on,
           substring(number FROM '([0-9]+)$')::int AS n
    FROM billing_invoice WHERE status = 'issued'
), placed AS (
    SELECT *,
           row_number() OVER in_series AS expected,
           lag(issued_on) OVER in_series AS before
    FROM numbered
    WINDOW in_series AS (PARTITION BY legal_entity_id, document_kind, year ORDER BY n, number)
), counted AS (
    SELECT s.prefix || '-' || s.year AS name, s.last, count(p.n) AS found
    FROM billing_numberseries s
    LEFT JOIN placed p ON p.legal_entity_id = s.legal_entity_id
        AND p.document_kind = s.document_kind AND p.year = s.year
    GROUP BY s.id
), broken AS (
    SELECT number AS name FROM placed WHERE n IS DISTINCT FROM expected OR issued_on < before
    UNION ALL
    SELECT name FROM counted WHERE last <> found
)
SELECT (SELECT count(*) FROM numbered),
       (SELECT count(*) FROM broken), (SELECT min(name) FROM broken)
"""


def check_evidence_once() -> Check:
    """Find evidence and contract months that two live lines claim, and lines that claim nothing."""
    check = Check("I2", _("No evidence and no contract period is on two live documents"))
    check.ask(_EVIDENCE_ONCE)
    return check


def check_series() -> Check:
    """Find gaps in the numbers, dates that go back, and counters that disagree."""
    check = Check("I3", _("Every series is contiguous from 1 with dates that never go back"))
    check.ask(_SERIES)
    return check
