"""I8: nothing is lost on the way from evidence to money.

Every minute, part, flat rate, prepaid block and contract day of a client is on live charges, was
billed by another system, is held by the client's last finished run, or is open for a reason: not
approved, not due, after the run's day, entered or changed since it began, on an invoice that was
cancelled since, or on a draft that a person has discarded since. What is in none of these places is
lost. So would be what is open and not on the list from which runs read what is open.
"""

from django.utils.translation import gettext as _

from billing.models import Subject
from billing.queries.books.accounting import lost_of
from billing.queries.books.finding import Check

NAMES = {
    Subject.MINUTES: "time entry",
    Subject.TAKEN_BACK: "correction",
    Subject.PARTS: "part",
    Subject.FLAT_RATES: "flat rate",
    Subject.BLOCKS: "prepaid block",
    Subject.DAYS: "contract",
}

# What is open, found the long way round, against the list; all of it has been examined already.
_LIST_OF_OPEN = """
WITH time_entry AS (
    SELECT e.id, t.client_id
    FROM tickets_timeentry e JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE NOT e.billed_elsewhere AND NOT EXISTS (
        SELECT 1 FROM billing_claim c WHERE c.time_entry_id = e.id AND c.released_at IS NULL)
), part_used AS (
    SELECT e.id, t.client_id
    FROM tickets_partused e JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE NOT e.billed_elsewhere AND NOT EXISTS (
        SELECT 1 FROM billing_claim c WHERE c.part_used_id = e.id AND c.released_at IS NULL)
), flat_rate_item AS (
    SELECT e.id, t.client_id
    FROM tickets_flatrateitem e JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE NOT e.billed_elsewhere AND NOT EXISTS (
        SELECT 1 FROM billing_claim c WHERE c.flat_rate_item_id = e.id AND c.released_at IS NULL)
), found AS (
    SELECT 'time_entry' AS kind, id AS evidence_id, client_id AS owner_id FROM time_entry
    UNION ALL SELECT 'part_used', id, client_id FROM part_used
    UNION ALL SELECT 'flat_rate_item', id, client_id FROM flat_rate_item
)
SELECT 0, count(*), min(format('list of what is open: %s %s', kind, evidence_id))
FROM found FULL JOIN billing_openevidence l USING (kind, evidence_id, owner_id)
WHERE l.id IS NULL OR found IS NULL
"""


def check_conservation() -> Check:
    """Find what was due at the last run and is neither billed, settled nor held."""
    check = Check("I8", _("All that was due at the last run is billed, settled or held"))
    for subject, name in NAMES.items():
        examined, failed, first = lost_of(subject)
        check.examined += examined
        if failed:
            check.fail(f"{name} {first}", failed)
    check.ask(_LIST_OF_OPEN)
    return check
