"""I5 of credit notes: they never take back more than their invoices asked for."""

# An invoice of which a base is taken back in whole has its tax taken back in whole as well.
CREDITS = """
WITH note AS (
    SELECT n.id, n.number, n.total, n.corrects_id, i.number AS of_number, i.total AS of_total,
           i.client_id = n.client_id AND i.currency = n.currency
           AND i.document_kind = 'invoice' AND i.status = 'issued' AS fits
    FROM billing_invoice n JOIN billing_invoice i ON i.id = n.corrects_id
), line AS (
    SELECT c.invoice_id = n.corrects_id AS fits, n.number,
           sum(k.amount) OVER (PARTITION BY c.id) AS taken, c.amount + coalesce((
               SELECT sum(d.amount) FROM billing_charge d WHERE d.reduces_id = c.id
           ), 0) AS amount
    FROM note n JOIN billing_charge k ON k.invoice_id = n.id
    LEFT JOIN billing_charge c ON c.id = k.credits_id
), rate AS (
    SELECT n.corrects_id, t.category, t.rate, min(n.of_number) AS number,
           sum(t.base) AS base, sum(t.tax) AS tax
    FROM note n JOIN billing_taxline t ON t.invoice_id = n.id
    GROUP BY n.corrects_id, t.category, t.rate
), of_rate AS (
    SELECT r.*, t.base AS of_base, t.tax AS of_tax
    FROM rate r LEFT JOIN billing_taxline t
    ON t.invoice_id = r.corrects_id AND t.category = r.category AND t.rate = r.rate
), broken AS (
    SELECT number FROM note WHERE NOT fits
    UNION ALL
    SELECT number FROM line WHERE fits IS NOT TRUE
        OR taken * amount < 0 OR abs(taken) > abs(amount)
    UNION ALL
    SELECT number FROM of_rate WHERE of_base IS NULL
        OR base * of_base < 0 OR abs(base) > abs(of_base) OR abs(tax) > abs(of_tax)
        OR (base = of_base AND tax <> of_tax)
    UNION ALL
    SELECT min(of_number) FROM note GROUP BY corrects_id HAVING sum(total) > min(of_total)
)
SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM broken),
       (SELECT min(number) FROM broken)
"""
