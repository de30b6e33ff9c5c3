"""I8: each way in which evidence can be settled is damaged, and the proof sees it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from billing.models import BillingRun, RunProof
from billing.operations.prove_run import prove_run
from billing.queries.books.accounting import total_of
from billing.queries.books.conservation import check_conservation
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from billing.tests.test_check_books import tamper
from clients.models import Client
from contracts.models import ContractLine
from contracts.tests.factories import (
    AllowanceFactory,
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
)
from tickets.tests.factories import FlatRateItemFactory, TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
Table = dict[tuple[str, str], int]
CLAIM = "FROM billing_charge c WHERE c.id = k.charge_id AND c.treatment"


@pytest.fixture(autouse=True)
def _firm() -> None:
    open_firm()


def table_of(run: BillingRun, subject: str) -> Table:
    """Count anew where a subject has gone."""
    prove_run(run_id=run.pk)
    rows = RunProof.objects.filter(run=run, subject=subject)
    return {(row.place, row.reason): row.amount for row in rows}


@pytest.fixture
def worked() -> BillingRun:
    """40 min billed, 50 covered, 60 drawn, 70 flat, 30 waived, 20 held, 15 not approved: 285."""
    covered = ContractFactory.create()
    CoverageRuleFactory.create(contract=covered)
    metered = ContractFactory.create()
    CoverageRuleFactory.create(contract=metered)
    AllowanceFactory.create(contract=metered)
    flat = TicketFactory.create(flat_rate=True, closed_at=datetime(2026, 3, 20, tzinfo=UTC))
    FlatRateItemFactory.create(ticket=flat)
    doubtful = ContractFactory.create()
    for contract in (doubtful, ContractFactory.create(client=doubtful.client)):
        CoverageRuleFactory.create(contract=contract)
    TimeEntryFactory.create(minutes=40)
    TimeEntryFactory.create(minutes=50, ticket__client=covered.client)
    TimeEntryFactory.create(minutes=60, ticket__client=metered.client)
    TimeEntryFactory.create(minutes=70, ticket=flat)
    TimeEntryFactory.create(minutes=30, is_billable=False)
    TimeEntryFactory.create(minutes=20, ticket__client=doubtful.client)
    TimeEntryFactory.create(minutes=15, is_approved=False)
    return bill()


WHOLE = {
    ("billed", ""): 40,
    ("covered", ""): 50,
    ("drawn", ""): 60,
    ("flat", ""): 70,
    ("waived", ""): 30,
    ("held", "contract_ambiguous"): 20,
    ("open", "not_approved"): 15,
}


def test_all_minutes_add_up_before_anything_is_damaged(worked: BillingRun) -> None:
    assert table_of(worked, "minutes") == WHOLE
    assert total_of(worked.pk, "minutes") == sum(WHOLE.values()) == 285
    assert check_conservation().ok


@pytest.mark.parametrize("treatment", ["billed", "covered", "drawn", "flat", "waived"])
def test_settled_minutes_whose_claim_is_gone_are_lost(worked: BillingRun, treatment: str) -> None:
    tamper(
        f"DELETE FROM billing_claim k USING billing_charge c"  # noqa: S608  (words of this test)
        f" WHERE c.id = k.charge_id AND c.treatment = '{treatment}' AND c.kind = 'time'"
    )

    minutes = WHOLE[treatment, ""]
    expected = {key: found for key, found in WHOLE.items() if key != (treatment, "")}
    assert table_of(worked, "minutes") == {**expected, ("lost", ""): minutes}
    assert not check_conservation().ok


@pytest.mark.parametrize("treatment", ["billed", "covered", "drawn", "flat", "waived"])
def test_minutes_that_are_settled_twice_do_not_add_up(worked: BillingRun, treatment: str) -> None:
    tamper(
        f"UPDATE billing_claim k SET minutes = 2 * k.minutes {CLAIM} = '{treatment}'"  # noqa: S608  (words of this test)
        " AND c.kind = 'time'"
    )

    minutes = WHOLE[treatment, ""]
    table = table_of(worked, "minutes")
    assert (table[treatment, ""], table["lost", "portion"]) == (2 * minutes, -minutes)
    assert not check_conservation().ok


@pytest.mark.parametrize(
    ("damage", "place", "minutes"),
    [
        ("DELETE FROM billing_helditem", ("held", "contract_ambiguous"), 20),
        (
            "UPDATE tickets_timeentry SET is_approved = true WHERE NOT is_approved",
            ("open", "not_approved"),
            15,
        ),
    ],
)
def test_minutes_that_wait_for_no_reason_any_more_are_lost(
    worked: BillingRun, damage: str, place: tuple[str, str], minutes: int
) -> None:
    tamper(damage)

    expected = {key: found for key, found in WHOLE.items() if key != place}
    assert table_of(worked, "minutes") == {**expected, ("lost", ""): minutes}
    assert not check_conservation().ok


FEBRUARY = date(2026, 2, 28)


@pytest.fixture
def served() -> BillingRun:
    """Through 5 April: 30 days of April and 31 of March billed, 12 waived, 5 of April run on."""
    client = Client.objects.get(pk=busy_client().pk)
    ContractLine.objects.update(starts_on=APRIL, billed_through_on=None)
    contract = ContractFactory.create(client=client, starts_on=date(2026, 3, 1))
    terms = {"contract": contract, "quantity": 1, "unit_price": Decimal("10.00")}
    ContractLineFactory.create(**terms, timing="arrears")
    ContractLineFactory.create(
        **terms, starts_on=date(2026, 3, 20), last_day_on=date(2026, 3, 31), stub_rule="free"
    )
    return bill(date(2026, 4, 6))


DAYS = {("billed", ""): 61, ("waived", ""): 12, ("open", "not_due"): 5}


def test_all_contract_days_add_up_before_anything_is_damaged(served: BillingRun) -> None:
    assert table_of(served, "days") == DAYS
    assert total_of(served.pk, "days") == 78
    assert check_conservation().ok


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        # a period whose claim is gone
        (
            "DELETE FROM billing_claim WHERE period_on = '2026-04-01'",
            {("billed", ""): 31, ("lost", ""): 30},
        ),
        (
            f"UPDATE billing_claim k SET released_at = now() {CLAIM} = 'waived'",  # noqa: S608  (words of this test)
            {("waived", ""): 0, ("lost", ""): 12},
        ),
        # a charge that names a day less than was served
        (
            "UPDATE billing_charge SET last_day_on = '2026-03-30' WHERE starts_on = '2026-03-01'",
            {("billed", ""): 60, ("lost", ""): 1},
        ),
        # a charge that names the last day of the month before as well, which its line does not owe
        ("UPDATE billing_charge SET starts_on = '2026-02-28' WHERE starts_on = '2026-03-01'", {}),
        # the month in arrears was to be billed in advance all the time
        (
            "UPDATE contracts_contractline SET timing = 'advance'",
            {("open", "not_due"): 0, ("lost", ""): 30},
        ),
    ],
)
def test_damaged_contract_days_are_lost(served: BillingRun, damage: str, expected: Table) -> None:
    tamper(damage)

    found = {**DAYS, **expected}
    assert table_of(served, "days") == {key: days for key, days in found.items() if days}
    assert check_conservation().ok == (not expected)


def test_contract_days_on_two_periods_are_billed_twice(served: BillingRun) -> None:
    """March's charge names four days of April as well, which April's own charge bills too."""
    bill(date(2026, 5, 1))
    last = bill(date(2026, 5, 6))
    tamper("UPDATE billing_charge SET last_day_on = '2026-04-04' WHERE starts_on = '2026-03-01'")

    table = table_of(last, "days")

    # 61 days of April and May in advance, 61 of March and April in arrears
    assert table == {
        ("billed", ""): 122,
        ("waived", ""): 12,
        ("open", "not_due"): 5,
        ("lost", "twice"): 4,
    }
    assert not check_conservation().ok


def test_held_contract_days_whose_reason_is_gone_are_lost() -> None:
    client = busy_client(requires_purchase_order=True)
    ContractLine.objects.update(billed_through_on=None, starts_on=APRIL)
    run = bill()
    assert table_of(run, "days") == {("held", "order_missing"): 30}

    tamper("DELETE FROM billing_helditem")

    assert table_of(run, "days") == {("lost", ""): 30}
    found = check_conservation()
    assert found.first is not None
    assert client.contracts.get().number in found.first or "time entry" in found.first


@pytest.mark.parametrize(
    ("first_day", "terms", "as_of", "days"),
    [
        # half a year from 31 August in advance: 31 Aug to 27 Feb, and to 30 Aug 2027
        ("2026-08-31", {"rhythm_months": 6, "anchor": "anniversary"}, "2027-02-28", 365),
        # a leap day more
        ("2024-02-29", {"rhythm_months": 12, "anchor": "anniversary"}, "2024-02-29", 365),
        ("2027-02-28", {"rhythm_months": 12}, "2028-01-01", 307 + 366),
        ("2026-01-01", {"timing": "arrears"}, "2026-03-01", 59),
        ("2026-03-20", {"stub_rule": "joined"}, "2026-03-25", 12),
        ("2026-05-01", {}, "2026-04-30", 0),
        ("2026-05-01", {"rhythm_months": 0}, "2026-05-01", 1),
        ("2026-05-01", {"rhythm_months": 0, "timing": "arrears"}, "2026-05-01", 0),
    ],
)
def test_how_many_days_there_must_be_follows_from_dates_alone(
    first_day: str, terms: dict[str, object], as_of: str, days: int
) -> None:
    ContractLineFactory.create(contract__starts_on=date.fromisoformat(first_day), **terms)
    run = bill(date.fromisoformat(as_of))

    assert total_of(run.pk, "days") == days
    assert sum(table_of(run, "days").values()) == days
