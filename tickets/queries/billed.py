"""Whether work is billed for good."""

from django.db.models import Q

from tickets.models import TimeEntry


def is_billed(entry: TimeEntry) -> bool:
    """Whether the entry stands on an issued invoice, or was settled without one."""
    stands = Q(charge__invoice__status="issued") | Q(charge__invoice=None)
    return entry.claims.filter(stands, released_at=None).exists()
