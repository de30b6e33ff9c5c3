"""Cases 17 to 20, 29 and 30 from what is agreed and worked to what is issued."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from billing.dry_run import try_run
from billing.models import Charge, Claim, Invoice, NumberSeries, Outcome, RunOutcome
from billing.queries.balances import balances_of
from billing.tests.hours import rows
from catalog.models import WorkRole
from catalog.tests.factories import ProductFactory
from clients.models import LegalEntity
from contracts.models import Contract
from contracts.operations.set_draw_weights import Weight, set_draw_weights
from tests.cases.story import Story, billed, held, sell
from tests.scenarios.billing_days import bill, bill_firsts
from tickets.domain.work import FlatRatePerformed
from tickets.operations.perform_flat_rate import perform_flat_rate

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
MARCH_10, MARCH_30 = date(2026, 3, 10), date(2026, 3, 30)


def work_settled() -> list[tuple[str, int, str]]:
    """Return treatment, minutes and amount of each charge for work."""
    charges = Charge.objects.filter(kind="time").order_by("pk")
    return [(one.treatment, int(one.quantity), str(one.amount)) for one in charges]


def test_case_5_hours_of_the_first_days(story: Story) -> None:
    """10 h from 20 March: all of them, or 600 x 12 / 31 = 232 min, as the contract says."""
    contract = story.sign(date(2026, 3, 20))
    story.include(contract)
    story.promise(contract, 10, prorates_stub=True)
    story.work(date(2026, 3, 25), 240)

    assert billed(APRIL) == ["0.00", "16.00"]
    assert work_settled() == [("drawn", 232, "0.00"), ("billed", 8, "16.00")]


def test_case_17_late_work_takes_from_the_block_of_its_day(story: Story) -> None:
    story.sell_block("240", date(2026, 1, 1), last_day_on=date(2026, 3, 31), name="A")
    story.sell_block("600", MARCH, name="B")
    assert billed(APRIL) == ["100.00", "100.00"]
    story.work(MARCH_30, 300)

    assert billed(date(2026, 4, 2)) == []
    assert [
        (claim.drawn_block.name, int(claim.drawn_quantity))  # type: ignore[union-attr]  # each of them drew
        for claim in Claim.objects.filter(drawn_block__isnull=False).order_by("portion")
    ] == [("A", 240), ("B", 60)]


def test_case_17_overage_is_split_on_the_same_entry(story: Story, contract: Contract) -> None:
    story.include(contract)
    story.sell_block("90", date(2026, 1, 1), contract_id=contract.pk)
    bill(date(2026, 1, 1))
    story.work(MARCH_10, 120, hourly_rate=Decimal(180))

    assert billed(APRIL) == ["0.00", "90.00"]
    assert work_settled() == [("drawn", 90, "0.00"), ("billed", 30, "90.00")]


def test_case_17_an_hour_of_a_senior_burns_two(story: Story, contract: Contract) -> None:
    story.include(contract)
    senior = WorkRole.objects.create(name="Senior")
    set_draw_weights(
        contract_id=contract.pk, weights=[Weight(factor=Decimal(2), work_role_id=senior.pk)]
    )
    story.sell_block("600", date(2026, 1, 1), contract_id=contract.pk)
    story.work(MARCH_10, 60, work_role_id=senior.pk)

    bill(APRIL)

    assert Claim.objects.get(drawn_block__isnull=False).drawn_quantity == 120


def test_case_18_the_oldest_hours_go_first(story: Story, contract: Contract) -> None:
    """January's 4 h serve February's 3; 1 h expires, and 10 h are carried into March."""
    story.include(contract)
    story.promise(contract, 10, rollover="oldest_first")
    story.work(date(2026, 1, 20), 360)
    story.work(date(2026, 2, 20), 180)
    bill_firsts(date(2026, 2, 1), MARCH)

    [balance] = balances_of([story.client], LegalEntity.objects.current(), MARCH)

    assert rows(balance.statement)[:2] == ["10 0 6 0 4", "10 4 3 1 10"]


def test_case_19_one_ticket_with_hours_overage_and_excluded_work(
    story: Story, contract: Contract
) -> None:
    """2 h at 0.00, 1 h at 120.00, 1 h on site at 150.00: 270.00."""
    story.include(contract)
    story.include(contract, "onsite", effect="at_rate", hourly_rate=Decimal(150))
    story.promise(contract, 5, overage_rate=Decimal(120))
    story.work(date(2026, 3, 2), 180)
    bill(date(2026, 3, 5))
    ticket = story.open()
    story.work(MARCH_10, 180, ticket=ticket)
    story.work(MARCH_10, 60, "onsite", ticket=ticket)

    assert billed(APRIL) == ["0.00", "120.00", "150.00"]
    assert Invoice.objects.get().net == 270


def test_case_19_the_rules_of_the_day_of_the_work_count(story: Story, contract: Contract) -> None:
    story.include(contract, last_day_on=date(2026, 3, 9))
    story.work(date(2026, 3, 9), 60)
    story.work(MARCH_10, 60)

    assert billed(APRIL) == ["0.00", "120.00"]


def test_case_19_what_two_contracts_could_cover_is_for_a_person(
    story: Story, contract: Contract
) -> None:
    story.include(contract)
    story.include(story.sign(date(2026, 1, 1), "K2"))
    story.work(MARCH_10, 60)
    sell(contract, "100.00", starts_on=APRIL)

    assert billed(APRIL) == ["100.00"]
    assert held() == [("contract_ambiguous", "60")]


def test_case_20_a_flat_rate_consumes_its_hours_once(story: Story) -> None:
    """299.00 for 5 h and 30 min beside it at 60.00; nothing comes back later."""
    job = ProductFactory.create(flat_rate=True, name="PC set-up", price=Decimal(299))
    ticket = story.open(datetime(2026, 3, 10, 9, tzinfo=UTC))
    performed = FlatRatePerformed(product_id=job.pk)
    perform_flat_rate(ticket_id=ticket.pk, performed=performed, actor=story.technician)
    story.work(MARCH_10, 300, ticket=ticket)
    story.work(MARCH_10, 30, ticket=ticket, is_out_of_scope=True)
    assert billed(date(2026, 3, 20)) == ["60.00"]
    story.close(ticket, datetime(2026, 3, 20, 12, tzinfo=UTC))

    assert billed(APRIL) == ["299.00"]
    assert billed(MAY) == []
    assert ("flat", 300, "0.00") in work_settled()


def test_case_20_rework_is_printed_at_nothing(story: Story) -> None:
    story.work(MARCH_10, 60)
    story.work(MARCH_10, 45, waiver="rework")

    assert billed(APRIL) == ["120.00", "0.00"]


def test_case_29_a_second_run_changes_no_row(story: Story, contract: Contract) -> None:
    sell(contract, "100.00", starts_on=MARCH)
    story.work(MARCH_10, 60)
    bill(APRIL)
    before = sorted(Charge.objects.values_list()), sorted(Claim.objects.values_list())

    assert billed(APRIL) == []
    assert (sorted(Charge.objects.values_list()), sorted(Claim.objects.values_list())) == before


def test_case_29_a_dry_run_writes_nothing_and_takes_no_number(
    story: Story, contract: Contract
) -> None:
    sell(contract, "100.00", starts_on=APRIL)

    [tried] = try_run(None, LegalEntity.objects.current(), APRIL)

    assert (tried.outcome, int(tried.net)) == (Outcome.DRAFTED, 100)
    assert not Charge.objects.exists()
    assert not NumberSeries.objects.exists()
    assert not RunOutcome.objects.exists()


def test_case_29_nothing_due_and_nothing_to_pay_are_on_record(
    story: Story, contract: Contract
) -> None:
    bill(MARCH)
    story.include(contract)
    story.work(MARCH_10, 60)
    bill(APRIL)

    first, second = RunOutcome.objects.order_by("pk")
    assert first.outcome == Outcome.NOTHING_DUE
    assert second.outcome != Outcome.HELD
    assert work_settled() == [("covered", 60, "0.00")]
    assert not Invoice.objects.exists()


def test_case_30_late_time_is_rated_by_its_own_month(story: Story, contract: Contract) -> None:
    """1 h is left of March's 3: 0.00 and 120.00; April's hours are untouched."""
    story.include(contract)
    story.promise(contract, 3, overage_rate=Decimal(120))
    story.work(MARCH_10, 120)
    bill(APRIL)
    story.work(date(2026, 3, 20), 120)
    story.work(date(2026, 4, 20), 180)

    assert billed(MAY) == ["0.00", "120.00", "0.00"]
    late = Charge.objects.filter(starts_on=date(2026, 3, 20)).values_list("invoice__as_of_on")
    assert set(late) == {(MAY,)}
    april = Charge.objects.get(starts_on=date(2026, 4, 20))
    assert (april.treatment, int(april.quantity)) == ("drawn", 180)
