"""I5: no money is used twice, and nobody is paid more than they ask for."""

from django.utils.translation import gettext as _

from billing.queries.books.credits import CREDITS
from billing.queries.books.finding import Check

# Each of these returns how many rows it read, how many are wrong, and the first of them.
_PAYMENTS = """
WITH used AS (
    SELECT p.id, p.amount, r.id AS reversal_id, coalesce(sum(a.amount), 0) AS used
    FROM billing_payment p
    LEFT JOIN billing_reversal r ON r.payment_id = p.id
    LEFT JOIN billing_allocation a ON a.payment_id = p.id
    GROUP BY p.id, r.id
), broken AS (
    SELECT id FROM used
    WHERE used < 0 OR used > amount OR (reversal_id IS NOT NULL AND used <> 0)
)
SELECT (SELECT count(*) FROM used), (SELECT count(*) FROM broken),
       (SELECT 'payment ' || min(id) FROM broken)
"""
_INVOICES = """
WITH paid AS (
    SELECT i.number, i.status, i.total, i.currency, coalesce(sum(a.amount), 0) AS paid,
           bool_or(p.currency <> i.currency) AS is_foreign
    FROM billing_invoice i
    JOIN billing_allocation a ON a.invoice_id = i.id
    JOIN billing_payment p ON p.id = a.payment_id
    GROUP BY i.id
), broken AS (
    SELECT number FROM paid
    WHERE paid < 0 OR paid > total OR status <> 'issued' OR is_foreign
)
SELECT (SELECT count(*) FROM paid), (SELECT count(*) FROM broken),
       (SELECT min(number) FROM broken)
"""
_REFUNDS = """
WITH borne AS (
    SELECT f.id, f.amount, r.id AS reversal_id, coalesce(sum(a.amount), 0) AS borne,
           bool_or(p.currency <> f.currency) AS is_foreign
    FROM billing_refund f
    LEFT JOIN billing_reversal r ON r.refund_id = f.id
    LEFT JOIN billing_allocation a ON a.refund_id = f.id
    LEFT JOIN billing_payment p ON p.id = a.payment_id
    GROUP BY f.id, r.id
), broken AS (
    SELECT id FROM borne
    WHERE is_foreign OR borne <> CASE WHEN reversal_id IS NULL THEN amount ELSE 0 END
)
SELECT (SELECT count(*) FROM borne), (SELECT count(*) FROM broken),
       (SELECT 'refund ' || min(id) FROM broken)
"""
_RELEASES = """
WITH broken AS (
    SELECT r.id FROM billing_allocation r
    JOIN billing_allocation a ON a.id = r.releases_id
    WHERE a.releases_id IS NOT NULL OR r.amount <> -a.amount OR r.payment_id <> a.payment_id
       OR r.invoice_id IS DISTINCT FROM a.invoice_id OR r.refund_id IS DISTINCT FROM a.refund_id
)
SELECT (SELECT count(*) FROM billing_allocation WHERE releases_id IS NOT NULL),
       (SELECT count(*) FROM broken), (SELECT 'release ' || min(id) FROM broken)
"""
_STATEMENTS = """
WITH booked AS (
    SELECT e.id, e.amount, e.currency, coalesce(p.amount, -t.amount) AS moved,
           coalesce(p.currency, t.currency) AS moved_currency
    FROM billing_bankentry e
    LEFT JOIN billing_payment p ON p.id = e.payment_id
    LEFT JOIN billing_reversal r ON r.id = e.reversal_id
    LEFT JOIN billing_payment t ON t.id = r.payment_id
    WHERE e.payment_id IS NOT NULL OR e.reversal_id IS NOT NULL
), broken AS (
    SELECT id FROM booked
    WHERE moved IS DISTINCT FROM amount OR moved_currency IS DISTINCT FROM currency
)
SELECT (SELECT count(*) FROM booked), (SELECT count(*) FROM broken),
       (SELECT 'line of a statement ' || min(id) FROM broken)
"""


def check_money() -> Check:
    """Find payments used and invoices credited beyond what they are, and refunds of other sums."""
    check = Check("I5", _("No payment is used, no invoice credited for more than it is"))
    for statement in (_PAYMENTS, _INVOICES, _REFUNDS, _RELEASES, _STATEMENTS, CREDITS):
        check.ask(statement)
    return check
