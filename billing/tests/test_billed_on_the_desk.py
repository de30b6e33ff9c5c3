"""What the desk is told when it wants to change what has been billed."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.operations.issue_invoices import issue_invoices
from billing.tests.firm import bill, busy_client, open_firm
from tickets.models import TimeEntry
from tickets.operations.delete_time import delete_time
from tickets.operations.remove_part import remove_part
from tickets.refusals import EvidenceBilled


@pytest.fixture
def entry(technician: User) -> TimeEntry:
    """Thirty-seven minutes that are on invoice F-2026-00001."""
    open_firm()
    busy_client()
    drafts = bill().invoices.values_list("pk", flat=True)
    issue_invoices(invoice_ids=list(drafts), issued_on=date(2026, 4, 1), actor=technician)
    return TimeEntry.objects.get()


def test_billed_time_does_not_change_and_the_page_says_where_it_is_billed(
    as_technician: Browser, entry: TimeEntry
) -> None:
    answer = as_technician.post(
        reverse("tickets:time-edit", args=[entry.pk]),
        {
            "time-minutes": "45",
            "time-work_type": entry.work_type_id,
            "time-worked_on": "2026-03-10",
            "time-is_billable": "on",
        },
    )

    entry.refresh_from_db()
    assert (answer.status_code, entry.minutes) == (422, 37)
    assert answer.context["form"].non_field_errors() == [
        "This is on invoice F-2026-00001; correct it by a further entry."
    ]


def test_billed_time_and_parts_are_not_taken_back(technician: User, entry: TimeEntry) -> None:
    part = entry.ticket.parts_used.get()

    with pytest.raises(EvidenceBilled):
        delete_time(entry_id=entry.pk, actor=technician)
    with pytest.raises(EvidenceBilled):
        remove_part(part_id=part.pk, actor=technician)

    assert TimeEntry.objects.filter(pk=entry.pk).exists()
    assert entry.ticket.parts_used.exists()


def test_time_on_a_draft_is_not_taken_back_before_the_draft_is_discarded(technician: User) -> None:
    open_firm()
    busy_client()
    bill()
    drafted = TimeEntry.objects.get()

    with pytest.raises(EvidenceBilled, match="Discard the draft first"):
        delete_time(entry_id=drafted.pk, actor=technician)
