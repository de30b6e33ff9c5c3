"""The life of one contract in a year: raised, changed, renewed, paused, and gone on elsewhere.

Ten seats at 100.00 a month in advance from New Year 2026, for six months at a time.

| told on | from | what happens | a month |
|---|---|---|---|
| 10 March | 16 March | two seats more | 12 x 100.00 = 1,200.00 |
| 10 May | 1 May | the index: 100.00 x 110.50 / 105.65 = 104.5906 | 12 x 104.59 = 1,255.08 |
| 20 June | 1 July | renewed with 2 %: 104.59 x 1.02 = 106.6818 | 12 x 106.68 = 1,280.16 |
| 20 August | 10 to 24 August | the contract rests | 16 of 31 days of August |
| 20 October | 16 October | it goes on at the sister company | |
| 6 November | 5 November | 12 h on site at 96.00 for the first client | 1,152.00 once |
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from billing.models import Invoice, RunOutcome
from billing.queries.books import check_books
from billing.tests.firm import open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, IndexationClause
from contracts.operations._line_terms import NewLine
from contracts.operations.add_line import add_line
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.change_line import change_line
from contracts.operations.pause_contract import pause_contract
from contracts.operations.renew_contract import renew_contract
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.transfer_contract import transfer_contract
from contracts.tests.factories import ContractFactory
from contracts.tests.indexing import index_of, with_index
from core.periods import add_months
from tests.scenarios.billing_days import bill
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
NEW_YEAR, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)


@pytest.fixture
def contract() -> Contract:
    """The contract as it was signed: six months, ended unless renewed, prices with the index."""
    open_firm()
    found: Contract = ContractFactory.create(starts_on=NEW_YEAR, client__name="Alpha SA")
    seats = NewLine(description="Seats", quantity=Decimal(10), unit_price=Decimal(100))
    add_line(contract_id=found.pk, line=seats)
    set_renewal_terms(contract_id=found.pk, renewal_kind="manual", term_months=6, today=NEW_YEAR)
    index = index_of({date(2026, 2, 1): "110.50"})
    with_index(found, index, first_on=date(2026, 5, 1))
    return found


@pytest.fixture
def sister() -> Client:
    """The company with which the contract goes on in October."""
    found: Client = ClientFactory.create(name="Sister SAS")
    return found


def two_seats_more(contract: Contract) -> None:
    line = ContractLine.objects.get(contract=contract)
    change_line(
        line_id=line.pk, starts_on=date(2026, 3, 16), quantity=Decimal(12), unit_price=Decimal(100)
    )


def raised_with_the_index(contract: Contract) -> None:
    clause = IndexationClause.objects.get(contract=contract)
    apply_indexation(clause_id=clause.pk, effective_on=date(2026, 5, 1))


def renewed(contract: Contract) -> None:
    renew_contract(
        contract_id=contract.pk,
        term_ends_on=date(2026, 6, 30),
        decided_on=date(2026, 6, 20),
        uplift=Decimal(2),
    )


def paused(contract: Contract) -> None:
    pause_contract(
        contract_id=contract.pk,
        starts_on=date(2026, 8, 10),
        last_day_on=date(2026, 8, 24),
        reason="The plant is closed",
    )


def gone_on_elsewhere(contract: Contract) -> None:
    transfer_contract(
        contract_id=contract.pk,
        client_id=Client.objects.get(name="Sister SAS").pk,
        first_day=date(2026, 10, 16),
        number="K9000",
    )


def two_days_on_site(contract: Contract) -> None:
    ticket = TicketFactory.create(client=contract.client)
    for hour in (1, 2):
        TimeEntryFactory.create(
            ticket=ticket, work_type__on_site=True, minutes=360, worked_on=date(2026, 11, 3 + hour)
        )


HISTORY: list[tuple[date, Callable[[Contract], None]]] = [
    (date(2026, 3, 10), two_seats_more),
    (date(2026, 5, 10), raised_with_the_index),
    (date(2026, 6, 20), renewed),
    (date(2026, 8, 20), paused),
    (date(2026, 10, 20), gone_on_elsewhere),
    (date(2026, 11, 6), two_days_on_site),
]


def live(contract: Contract, billed_on: list[date]) -> None:
    """Let all happen on the day it is told, and bill on these days."""
    days = sorted([*HISTORY, *((day, None) for day in billed_on)], key=lambda one: one[0])
    for day, event in days:
        if event is None:
            bill(day)
        else:
            event(contract)


def invoices() -> list[tuple[str, str, str]]:
    rows = Invoice.objects.issued().order_by("as_of_on", "client__name")
    return [(str(one.as_of_on), one.client.name, str(one.net)) for one in rows]


def totals() -> dict[str, str]:
    found: dict[str, Decimal] = {}
    for _day, name, net in invoices():
        found[name] = found.get(name, Decimal(0)) + Decimal(net)
    return {name: str(net) for name, net in found.items()}


def test_every_month_of_the_year_is_billed_to_the_cent(contract: Contract, sister: Client) -> None:
    live(contract, [add_months(NEW_YEAR, n) for n in range(12)])

    assert invoices() == [
        ("2026-01-01", "Alpha SA", "1000.00"),
        ("2026-02-01", "Alpha SA", "1000.00"),
        ("2026-03-01", "Alpha SA", "1000.00"),
        # 12 x 100.00, and for March 2 x 100.00 x 16/31 = 103.23
        ("2026-04-01", "Alpha SA", "1303.23"),
        ("2026-05-01", "Alpha SA", "1200.00"),
        # 12 x 104.59, and for May 12 x 4.59 = 55.08
        ("2026-06-01", "Alpha SA", "1310.16"),
        ("2026-07-01", "Alpha SA", "1280.16"),  # 12 x 106.68
        ("2026-08-01", "Alpha SA", "1280.16"),
        # 1,280.16 less 15 days of August: 1,280.16 x 15/31 = 619.43
        ("2026-09-01", "Alpha SA", "660.73"),
        ("2026-10-01", "Alpha SA", "1280.16"),
        # 16 days of October, 1,280.16 x 16/31 = 660.73, and November
        ("2026-11-01", "Sister SAS", "1940.89"),
        # 12 x 96.00 = 1,152.00 less the same 16 days of October
        ("2026-12-01", "Alpha SA", "491.27"),
        ("2026-12-01", "Sister SAS", "1280.16"),
    ]
    assert [check.first for check in check_books() if not check.ok] == []


def test_what_comes_back_waits_with_its_reason_until_it_is_outweighed(
    contract: Contract, sister: Client
) -> None:
    live(contract, [add_months(NEW_YEAR, n) for n in range(12)])

    outcome = RunOutcome.objects.get(client=contract.client, run__as_of_on=date(2026, 11, 1))
    assert outcome.outcome == "held"
    assert "-792,88" in outcome.reason  # 660.73 with 20 % VAT


@pytest.mark.parametrize(
    "billed_on",
    [
        [DECEMBER],
        [date(2026, 4, 20), DECEMBER],
        [date(2026, 3, 1), date(2026, 8, 15), date(2026, 10, 18), DECEMBER],
        [add_months(NEW_YEAR, n) for n in range(12)],
    ],
    ids=["once", "twice", "now and then", "every month"],
)
def test_billing_once_at_the_end_comes_to_what_billing_step_by_step_does(
    billed_on: list[date], contract: Contract, sister: Client
) -> None:
    live(contract, billed_on)

    # January and February 2,000.00; March 1,103.23; April 1,200.00; May and June 1,255.08 each;
    # July 1,280.16; August 660.73; September 1,280.16; October 619.43; on site 1,152.00.
    # The sister: 660.73 of October, November and December.
    assert totals() == {"Alpha SA": "11805.87", "Sister SAS": "3221.05"}
