"""A client's year under a managed contract, billed and issued on every first of the month.

| from | seats | price | what happens |
|---|---|---|---|
| 16 January | 10 | 24.90 | the contract begins in mid-month |
| 20 March | 13 | 24.90 | three seats more, told on 25 March: March is billed by then |
| 1 July | 13 | 26.10 | a new price, known in time |
| 31 October | | | the contract ends, told on 5 November: November is billed by then |
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.models import Charge, Invoice
from billing.tests.firm import open_firm
from contracts.models import Contract, ContractLine
from contracts.tests.factories import ContractLineFactory, CoverageRuleFactory, LineVersionFactory
from tests.scenarios.billing_days import bill, bill_firsts
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> ContractLine:
    """Ten seats at 24.90 from 16 January 2026 on; remote work is included."""
    open_firm()
    found: ContractLine = ContractLineFactory.create(
        contract__starts_on=date(2026, 1, 16), quantity=10, unit_price=Decimal("24.90")
    )
    CoverageRuleFactory.create(contract=found.contract)
    return found


def net_of(as_of: date) -> str:
    return str(Invoice.objects.issued().get(as_of_on=as_of).net)


def test_every_month_is_billed_once_and_every_change_trued_up(line: ContractLine) -> None:
    bill_firsts(date(2026, 1, 1), date(2026, 3, 1))
    change(line, date(2026, 3, 20), 13, "24.90")
    bill_firsts(date(2026, 4, 1), date(2026, 6, 1))
    change(line, date(2026, 7, 1), 13, "26.10")
    bill_firsts(date(2026, 7, 1), date(2026, 11, 1))
    Contract.objects.update(last_day_on=date(2026, 10, 31))
    bill(date(2026, 12, 1))

    assert [str(net) for net in Invoice.objects.order_by("pk").values_list("net", flat=True)] == [
        "377.52",  # 1 Feb: 10 x 24.90 x 16/31 = 128.52 for January, 249.00 for February
        "249.00",  # 1 Mar
        "352.62",  # 1 Apr: 13 x 24.90 = 323.70, and 3 x 24.90 x 12/31 = 28.92 for March
        "323.70",  # 1 May
        "323.70",  # 1 Jun
        *["339.30"] * 5,  # 1 Jul to 1 Nov: 13 x 26.10
    ]
    assert not Charge.objects.filter(starts_on__gte=date(2026, 12, 1)).exists()


def test_what_is_owed_back_waits_until_it_is_outweighed(line: ContractLine) -> None:
    """249.00 of November come back: held in December, set off against 3 h on site in January."""
    bill_firsts(date(2026, 1, 1), date(2026, 11, 1))
    Contract.objects.update(last_day_on=date(2026, 10, 31))
    bill(date(2026, 12, 1))
    held = Invoice.objects.filter(as_of_on=date(2026, 12, 1)).exists()
    TimeEntryFactory.create(
        ticket__client=line.contract.client,
        work_type__on_site=True,
        minutes=180,
        worked_on=date(2026, 12, 10),
    )
    bill(date(2027, 1, 1))

    assert not held
    assert net_of(date(2027, 1, 1)) == "39.00"  # 3 x 96.00 - 249.00


def test_included_work_of_a_year_costs_nothing_and_is_never_counted_again(
    line: ContractLine,
) -> None:
    ticket = TicketFactory.create(client=line.contract.client)
    for week in range(20):
        day = date(2026, 1, 20) + timedelta(weeks=week)
        TimeEntryFactory.create(ticket=ticket, minutes=40, worked_on=day)

    bill_firsts(date(2026, 1, 1), date(2026, 8, 1))

    work = Charge.objects.filter(kind="time")
    assert {charge.amount for charge in work} == {Decimal(0)}
    assert sum(charge.list_amount for charge in work) == Decimal("1260.00")  # 20 x 0.75 x 84.00
    assert work.count() == 20


def change(line: ContractLine, day: date, seats: int, price: str) -> None:
    LineVersionFactory.create(line=line, starts_on=day, quantity=seats, unit_price=Decimal(price))
