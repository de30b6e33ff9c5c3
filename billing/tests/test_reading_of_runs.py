"""What a run reads depends on what is open, not on all that was ever billed.

The rows are counted that the database reads, with plans that leave it no choice: indexes and
nested loops alone, tables in the order in which the query names them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Charge, Claim, Invoice, SettledLine
from billing.operations._top_up import sell_next_blocks
from billing.operations.cancel_invoice import cancel_invoice
from billing.operations.issue_invoices import issue_invoices
from billing.queries.evidence import load_evidence
from billing.tests.firm import bill, open_firm
from clients.models import Client, LegalEntity
from contracts.models import Allowance, ContractLine, PrepaidBlock
from contracts.tests.factories import ContractLineFactory, LineVersionFactory
from core.periods import add_months
from tickets.tests.factories import PartUsedFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
Reading = Callable[[list[Client], LegalEntity, date], object]
JANUARY, APRIL = date(2023, 1, 1), date(2026, 4, 1)
HISTORY = {
    "billing_claim", "billing_charge", "tickets_timeentry", "tickets_partused",
    "tickets_flatrateitem",
}  # fmt: skip
OPEN = {"billing_openevidence", "billing_settledline"}


@pytest.fixture
def line() -> ContractLine:
    """Ten devices since 2023, an hour and a part a month, all with one client."""
    open_firm()
    found: ContractLine = ContractLineFactory.create(contract__starts_on=JANUARY)
    return found


def work_through(line: ContractLine, last: date) -> None:
    """Log an hour and a part in each month, and bill all of it and all fees as of the day."""
    day, made = (
        JANUARY,
        TimeEntryFactory.create(ticket__client=line.contract.client, worked_on=JANUARY, minutes=60),
    )
    while (day := add_months(day, 1)) < last:
        TimeEntryFactory.create(
            ticket=made.ticket, worked_on=day, minutes=60, work_type=made.work_type
        )
        PartUsedFactory.create(ticket=made.ticket, used_on=day)
    bill(last)
    bill(last)


def rows_read(client: Client, as_of: date, what: Reading = load_evidence) -> Counter[str]:
    """Return how many rows of each table of history are read to know what is due."""
    entity = LegalEntity.objects.current()
    with CaptureQueriesContext(connection) as asked:
        what([client], entity, as_of)
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        # What an earlier test left is not what these tables hold.
        cursor.execute(f"ANALYZE {', '.join(sorted(HISTORY | OPEN))}")
        for choice in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
            cursor.execute(f"SET LOCAL enable_{choice} = off")
        for order in ("join", "from"):
            cursor.execute(f"SET LOCAL {order}_collapse_limit = 1")
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query["sql"])
            for node in nodes(cursor.fetchone()[0][0]["Plan"]):
                found[node.get("Relation Name", "")] += read_by(node)
    return Counter({table: rows for table, rows in found.items() if table in HISTORY and rows})


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def read_by(node: dict[str, Any]) -> int:
    rows = int(node["Actual Rows"]) + int(node.get("Rows Removed by Filter", 0))
    return rows * int(node["Actual Loops"])


def test_nothing_of_three_years_is_read_again(line: ContractLine) -> None:
    work_through(line, APRIL)

    assert Charge.objects.count() > 100
    assert rows_read(line.contract.client, APRIL) == {}


def test_a_new_month_costs_what_is_new_in_it(line: ContractLine) -> None:
    work_through(line, APRIL)
    ticket = Charge.objects.exclude(ticket=None).first().ticket  # type: ignore[union-attr]  # there is one
    TimeEntryFactory.create(ticket=ticket, worked_on=date(2026, 4, 2), minutes=60)

    assert rows_read(line.contract.client, date(2026, 5, 1)) == {"tickets_timeentry": 1}


def test_other_terms_are_compared_with_all_that_was_billed(line: ContractLine) -> None:
    work_through(line, APRIL)
    LineVersionFactory.create(
        line=line, starts_on=date(2023, 2, 1), quantity=10, unit_price=Decimal(26)
    )

    bill(APRIL)

    corrections = Charge.objects.filter(kind="adjustment")
    assert corrections.count() == 39  # February 2023 through April 2026
    assert {one.amount for one in corrections} == {Decimal("10.00")}


def test_terms_that_change_to_and_fro_are_billed_back(line: ContractLine) -> None:
    work_through(line, APRIL)
    dearer = LineVersionFactory.create(
        line=line, starts_on=date(2026, 3, 1), quantity=10, unit_price=Decimal(26)
    )
    bill(APRIL)
    dearer.delete()

    bill(date(2026, 5, 1))

    again = Charge.objects.filter(kind="adjustment").order_by("pk")
    assert [str(one.amount) for one in again] == ["10.00", "10.00", "-10.00", "-10.00"]


def test_a_period_that_is_freed_is_billed_again(line: ContractLine) -> None:
    work_through(line, APRIL)
    invoice = Invoice.objects.get()
    issue_invoices(invoice_ids=[invoice.pk], issued_on=APRIL, actor=None)
    assert SettledLine.objects.filter(line=line).exists()

    cancel_invoice(
        invoice_id=invoice.pk, reason="-", cancelled_on=APRIL, drafts_again=True, actor=None
    )

    assert not SettledLine.objects.filter(line=line).exists()
    assert Claim.objects.filter(contract_line=line, released_at=None).count() == 40


def test_draws_of_months_that_are_over_are_not_read(line: ContractLine) -> None:
    contract = line.contract
    Allowance.objects.create(contract=contract, name="-", minutes=600, starts_on=JANUARY)
    contract.coverage.create(effect="included")
    work_through(line, APRIL)

    assert Claim.objects.filter(allowance__isnull=False).count() == 39
    assert rows_read(contract.client, APRIL) == {}


def test_a_cap_on_what_one_month_carries_does_not_let_the_first_months_be_read(
    line: ContractLine,
) -> None:
    contract = line.contract
    Allowance.objects.create(
        contract=contract, name="-", minutes=600, starts_on=JANUARY, rollover="oldest_first",
        cap_minutes=300, age_months=1,
    )  # fmt: skip
    contract.coverage.create(effect="included")
    work_through(line, APRIL)

    assert Claim.objects.filter(allowance__isnull=False).count() == 39
    assert rows_read(contract.client, APRIL) == {}


def test_only_the_last_of_many_blocks_is_asked_whether_it_has_run_low(line: ContractLine) -> None:
    """An hour a month from blocks of ten: of 39 draws, nine are from the fourth block."""
    first = PrepaidBlock.objects.create(
        client=line.contract.client, name="-", quantity=600, price=Decimal(900),
        sold_on=JANUARY, starts_on=JANUARY, low_balance=Decimal(0), tops_up=True,
    )  # fmt: skip
    work_through(line, APRIL)
    assert PrepaidBlock.objects.count() == 4

    PrepaidBlock.objects.filter(followed_by__isnull=False).update(last_day_on=date(2025, 12, 31))
    read = rows_read(
        first.client,
        APRIL,
        lambda clients, firm, day: sell_next_blocks(clients, firm, day, sold_on=day),
    )

    assert read["billing_charge"] == 9  # one for each draw; sales are asked for without


def test_work_that_waits_with_one_client_lets_nobody_elses_hours_be_read(
    line: ContractLine,
) -> None:
    Allowance.objects.create(contract=line.contract, name="-", minutes=600, starts_on=JANUARY)
    line.contract.coverage.create(effect="included")
    work_through(line, APRIL)
    waiting = TimeEntryFactory.create(worked_on=JANUARY)

    read = rows_read(
        line.contract.client,
        APRIL,
        lambda clients, *given: load_evidence([*clients, waiting.ticket.client], *given),
    )

    assert read == {"tickets_timeentry": 1}
