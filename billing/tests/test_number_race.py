"""Two people who issue at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest
from django.db import IntegrityError, connection, transaction

from billing.models import Invoice, JournalEntry, NumberSeries
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory
from tickets.models import TimeEntry

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
def test_fifty_issues_at_once_have_fifty_contiguous_numbers() -> None:
    first = DraftFactory()
    one_firm = {"client": first.client, "legal_entity": first.legal_entity}
    drafts = [first.pk, *(DraftFactory(**one_firm).pk for _ in range(49))]
    start = Barrier(10)

    def issue(some: list[int]) -> None:
        start.wait()
        try:
            for pk in some:
                issue_invoices(invoice_ids=[pk], issued_on=LAST_OF_MARCH, actor=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(issue, [drafts[at::10] for at in range(10)]))

    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"F-2026-{n:05d}" for n in range(1, 51)]
    assert NumberSeries.objects.get().last == 50
    assert JournalEntry.objects.count() == 50


@pytest.mark.django_db(transaction=True)
def test_a_set_that_fails_half_way_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = DraftFactory(), DraftFactory()

    def fail(_: object) -> None:
        raise OSError("the machine stops")

    with monkeypatch.context() as patch:
        patch.setattr("billing.operations.issue_invoices.keep_series", fail)
        with pytest.raises(OSError, match="the machine stops"):
            issue_invoices(invoice_ids=[first.pk], issued_on=LAST_OF_MARCH, actor=None)
    issue_invoices(invoice_ids=[second.pk], issued_on=LAST_OF_MARCH, actor=None)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.is_draft
    assert second.number == "F-2026-00001"


@pytest.mark.django_db(transaction=True)
def test_issuing_waits_for_a_change_of_its_work_and_then_refuses() -> None:
    draft = DraftFactory()
    entry = TimeEntry.objects.get()
    begun = Event()

    def issue() -> list[str]:
        begun.set()
        try:
            result = issue_invoices(invoice_ids=[draft.pk], issued_on=LAST_OF_MARCH, actor=None)
            return [refusal.reason for refusal in result.refused]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            TimeEntry.objects.filter(pk=entry.pk).update(minutes=120)
            issuing = pool.submit(issue)
            begun.wait()
            wait_until_somebody_waits()
        reasons = issuing.result(timeout=30)

    assert reasons == [
        f"The work on {entry.ticket.number} changed after this draft was made; refresh the draft."
    ]


@pytest.mark.django_db(transaction=True)
def test_a_change_of_work_waits_for_the_issuing_and_is_then_refused() -> None:
    draft = DraftFactory()
    entry = TimeEntry.objects.get()

    def change() -> str:
        try:
            TimeEntry.objects.filter(pk=entry.pk).update(minutes=120)
        except IntegrityError as refusal:
            return str(refusal).splitlines()[0]
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Invoice.objects.select_for_update().get(pk=draft.pk)
            changing = pool.submit(change)
            wait_until_somebody_waits()
            Invoice.objects.filter(pk=draft.pk).update(
                status="issued",
                number="F-2026-00001",
                issued_on=LAST_OF_MARCH,
                due_on=LAST_OF_MARCH,
                hash="0" * 64,
            )
        assert changing.result(timeout=30) == "billed evidence: F-2026-00001"


def wait_until_somebody_waits() -> None:
    """Return once another connection waits for this one."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("nobody waits")
