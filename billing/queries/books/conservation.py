"""I8: nothing is lost on the way from evidence to money.

Every minute, part, flat rate, prepaid block and contract day of a client is on live charges, was
billed by another system, is held by the client's last finished run, or is open for a reason: not
approved, not due, after the run's day, entered or changed since it began, on an invoice that was
cancelled since, or on a draft that a person has discarded since. What is in none of these places is
lost.
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


def check_conservation() -> Check:
    """Find what was due at the last run and is neither billed, settled nor held."""
    check = Check("I8", _("All that was due at the last run is billed, settled or held"))
    for subject, name in NAMES.items():
        examined, failed, first = lost_of(subject)
        check.examined += examined
        if failed:
            check.fail(f"{name} {first}", failed)
    return check
