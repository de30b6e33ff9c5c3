"""Two people who issue at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from billing.models import Invoice, JournalEntry, NumberSeries
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory

LAST_OF_MARCH = date(2026, 3, 31)


@pytest.mark.django_db(transaction=True)
def test_two_transactions_at_once_leave_neither_gap_nor_double() -> None:
    drafts = [DraftFactory().pk for _ in range(8)]
    start = Barrier(4)

    def issue(pair: list[int]) -> None:
        start.wait()
        try:
            issue_invoices(invoice_ids=pair, issued_on=LAST_OF_MARCH, actor=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(issue, [drafts[:4], drafts[2:6], drafts[4:], drafts]))

    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"F-2026-{n:05d}" for n in range(1, 9)]
    links = list(JournalEntry.objects.order_by("position"))
    assert [link.position for link in links] == list(range(1, 9))
    assert [link.previous_hash for link in links] == ["", *(link.hash for link in links[:-1])]
    assert NumberSeries.objects.get().last == 8


@pytest.mark.django_db(transaction=True)
def test_a_set_that_fails_half_way_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = DraftFactory(), DraftFactory()

    def fail(_: object) -> None:
        raise OSError("the machine stops")

    with monkeypatch.context() as patch:
        patch.setattr("billing.operations.issue_invoices._keep_series", fail)
        with pytest.raises(OSError, match="the machine stops"):
            issue_invoices(invoice_ids=[first.pk], issued_on=LAST_OF_MARCH, actor=None)
    issue_invoices(invoice_ids=[second.pk], issued_on=LAST_OF_MARCH, actor=None)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.is_draft
    assert second.number == "F-2026-00001"
