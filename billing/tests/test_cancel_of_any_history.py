"""Whatever is billed, issued, credited, cancelled and drafted again: no minute twice, none lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import QuerySet, Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.models import Claim, Invoice
from billing.operations._crediting import CreditNotPossible
from billing.operations.cancel_invoice import CancelNotPossible
from billing.operations.discard_draft import discard_draft
from billing.operations.redraft import redraft
from billing.tests.cancelled import cancel, faults, issue
from billing.tests.credited import credit
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import Client
from tickets.tests.factories import TimeEntryFactory

JULY = date(2026, 7, 1)
MONTHS = (date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1))
STEP = st.tuples(
    st.sampled_from(["run", "run", "issue", "issue", "cancel", "again", "credit", "drop", "fresh",
                     "work"]),
    st.integers(0, 9),
)  # fmt: skip


class Firm:
    """Does a drawn step, as far as it is allowed."""

    def __init__(self) -> None:
        open_firm()
        self.client: Client = busy_client()
        self.entries = 1

    def run(self, n: int) -> None:
        bill(MONTHS[n % 3], client_ids=[self.client.pk])

    def issue(self, n: int) -> None:
        for draft in self._of(Invoice.objects.drafts(), n):
            issue(draft, JULY)

    def cancel(self, n: int, *, again: bool = False) -> None:
        for invoice in self._of(Invoice.objects.issued().invoices_only(), n):
            try:
                cancel(invoice, JULY, again=again)
            except CancelNotPossible as refusal:
                assert "already" in str(refusal) or "corrects" in str(refusal)  # noqa: PT017  (only one of the two refusals)

    def again(self, n: int) -> None:
        self.cancel(n, again=True)

    def credit(self, n: int) -> None:
        for invoice in self._of(Invoice.objects.issued().invoices_only(), n):
            try:
                credit(invoice, "10.00", on=JULY)
            except CreditNotPossible as refusal:
                assert "left" in str(refusal)  # noqa: PT017  (only one of the two refusals)

    def drop(self, n: int) -> None:
        for draft in self._of(Invoice.objects.drafts(), n):
            discard_draft(invoice_id=draft.pk, actor=None)

    def fresh(self, n: int) -> None:
        for draft in self._of(Invoice.objects.drafts(), n):
            redraft(invoice_id=draft.pk)

    def work(self, n: int) -> None:
        self.entries += 1
        day = date(2026, 3, 11 + n)
        TimeEntryFactory.create(ticket__client=self.client, minutes=37, worked_on=day)

    def _of(self, rows: QuerySet[Invoice], n: int) -> list[Invoice]:
        found = list(rows.filter(client=self.client).order_by("pk"))
        return [found[n % len(found)]] if found else []


@pytest.mark.django_db(transaction=True)
@settings(max_examples=5, deadline=None)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_in_the_end_all_is_billed_once_and_the_books_hold(steps: list[tuple[str, int]]) -> None:
    """37 minutes are 63.00 an entry, a month 298.80 from April to July, the cable 3.19."""
    firm = Firm()
    for name, n in steps:
        getattr(firm, name)(n)
    assert faults() == {}

    bill(JULY, client_ids=[firm.client.pk])
    for draft in Invoice.objects.drafts().filter(client=firm.client):
        issue(draft, JULY)

    live = Claim.objects.filter(charge__client=firm.client, released_at=None)
    worked = live.exclude(time_entry=None).values_list("time_entry").annotate(Sum("minutes"))
    assert [minutes for _, minutes in worked] == [37] * firm.entries
    days = live.exclude(contract_line=None).values_list("period_on", flat=True)
    assert sorted(day for day in days if day) == [*MONTHS, JULY]
    standing = (
        Invoice.objects.issued().invoices_only().filter(client=firm.client, cancellation=None)
    )
    asked = sum((invoice.net for invoice in standing), Decimal(0))
    assert asked == firm.entries * Decimal("63.00") + 4 * Decimal("298.80") + Decimal("3.19")
    assert faults() == {}
