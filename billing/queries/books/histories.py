"""I10: the histories of tickets are legal, and no clock was paused for longer than there was time.

Each step begins with the status in which the one before it ended, and the last ends where the
ticket stands; only what is closed has a day of closing, and none before it was opened. The
stretches of a clock follow one another, only the last may still go on, and the clock stands still
exactly while that one is a pause.
"""

from django.utils.translation import gettext as _

from billing.queries.books.finding import Check

_STEPS = """
WITH step AS (
    SELECT ticket_id, from_status_id, to_status_id,
           lag(to_status_id) OVER history AS before_id, lead(id) OVER history AS next_id
    FROM tickets_statuschange
    WINDOW history AS (PARTITION BY ticket_id ORDER BY id)
), judged AS (
    SELECT t.number, s.from_status_id <> s.before_id
           OR s.before_id IS NOT NULL AND s.from_status_id IS NULL
           OR s.next_id IS NULL AND s.to_status_id <> t.status_id AS is_wrong
    FROM step s JOIN tickets_ticket t ON t.id = s.ticket_id
)
SELECT count(*), count(*) FILTER (WHERE is_wrong),
       'step of ' || min(number) FILTER (WHERE is_wrong)
FROM judged
"""
_CLOSINGS = """
WITH judged AS (
    SELECT t.number, (t.closed_at IS NULL) = (s.kind = 'closed')
           OR coalesce(t.closed_at < t.opened_at, false) AS is_wrong
    FROM tickets_ticket t JOIN tickets_ticketstatus s ON s.id = t.status_id
)
SELECT count(*), count(*) FILTER (WHERE is_wrong),
       'closing of ' || min(number) FILTER (WHERE is_wrong)
FROM judged
"""
_STRETCHES = """
WITH stretch AS (
    SELECT ticket_id, ends_at, is_paused, lead(starts_at) OVER clock AS next_at,
           min(starts_at) OVER (PARTITION BY ticket_id) AS first_at
    FROM tickets_clockstretch
    WINDOW clock AS (PARTITION BY ticket_id ORDER BY starts_at, id)
), judged AS (
    SELECT t.number, s.first_at < t.opened_at
           OR s.next_at IS NOT NULL AND coalesce(s.ends_at > s.next_at, true)
           OR s.ends_at IS NULL AND s.is_paused <> c.is_paused AS is_wrong
    FROM stretch s JOIN tickets_ticket t ON t.id = s.ticket_id
    JOIN tickets_ticketclock c ON c.ticket_id = s.ticket_id
)
SELECT count(*), count(*) FILTER (WHERE is_wrong),
       'clock of ' || min(number) FILTER (WHERE is_wrong)
FROM judged
"""
_PAUSES = """
WITH paused AS (
    SELECT ticket_id, sum(coalesce(ends_at, now()) - starts_at) AS length
    FROM tickets_clockstretch WHERE is_paused GROUP BY ticket_id
), judged AS (
    SELECT t.number, p.length > coalesce(t.closed_at, now()) - t.opened_at AS is_wrong
    FROM paused p JOIN tickets_ticket t ON t.id = p.ticket_id
)
SELECT count(*), count(*) FILTER (WHERE is_wrong),
       'pauses of ' || min(number) FILTER (WHERE is_wrong)
FROM judged
"""


def check_histories() -> Check:
    """Follow each ticket from status to status, and its clock from stretch to stretch."""
    check = Check("I10", _("Histories of tickets are legal, and pauses fit into them"))
    for statement in (_STEPS, _CLOSINGS, _STRETCHES, _PAUSES):
        check.ask(statement)
    return check
