"""Billing on a day as a firm does it: a run, worked through, its drafts issued."""

from datetime import date

from billing.models import Invoice
from billing.operations.start_run import start_run
from billing.queries.runs import unfinished_batches
from billing.running import work_on
from core.periods import add_months


def bill(as_of: date) -> None:
    """Bill and issue everything that is due as of the day."""
    run = start_run(as_of_on=as_of, issues_drafts=True, is_handed_out=False)
    for batch_id in unfinished_batches(run.pk):
        work_on(batch_id)


def bill_firsts(first: date, last: date) -> None:
    """Bill on each first of the month from one through the other."""
    day = first
    while day <= last:
        bill(day)
        day = add_months(day, 1)


def nets() -> list[tuple[str, str]]:
    """Return the net amount of each invoice by the day it was billed as of."""
    rows = Invoice.objects.issued().order_by("as_of_on", "pk").values_list("as_of_on", "net")
    return [(as_of.isoformat(), str(net)) for as_of, net in rows]
