"""Time from the database to the draft: choices, calendars, shared roundings, decisions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from billing.models import Charge, Claim, HeldItem, Invoice, Outcome, RunOutcome, Treatment
from billing.operations.redraft import redraft
from billing.queries.books import check_books
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from catalog.models import Category, RateCard, RoleAssignment, WorkRole
from catalog.models import TravelZone as Zone
from catalog.tests.factories import ClientRateCardFactory, RateFactory, WorkTypeFactory
from clients.models import Asset, Client, LegalEntity
from clients.tests.factories import AssetFactory, SiteFactory
from contracts.models import Contract
from contracts.tests.factories import ContractFactory, CoverageRuleFactory
from tickets.domain.work import TimeWorked
from tickets.models import TimeEntry
from tickets.operations.log_time import log_time
from tickets.tests.factories import PartUsedFactory, TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
TEN_TO = datetime(2026, 3, 10, 15, tzinfo=UTC)  # 16:00 in Paris
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def firm() -> LegalEntity:
    """The firm, whose remote work costs 84.00 an hour, at least 15 minutes in steps of 15."""
    return open_firm()


def lines() -> list[tuple[int, Decimal]]:
    """Return quantity and amount of every charge for work."""
    found = Charge.objects.filter(kind="time").order_by("pk")
    return [(int(charge.quantity), charge.amount) for charge in found]


def covering(client: Client, **fields: Any) -> Contract:
    """Make a contract that includes remote work."""
    contract: Contract = ContractFactory.create(client=client, **fields)
    CoverageRuleFactory.create(contract=contract)
    return contract


def test_work_that_two_contracts_could_cover_is_held_and_the_rest_is_billed() -> None:
    client = busy_client()
    entry = TimeEntry.objects.get()
    silver, gold = covering(client), covering(client)

    bill()

    held = HeldItem.objects.get()
    assert (held.time_entry, held.hold, held.minutes) == (entry, "contract_ambiguous", 37)
    assert [one["id"] for one in held.facts["candidates"]] == [silver.pk, gold.pk]
    outcome = RunOutcome.objects.get()
    assert outcome.outcome == Outcome.DRAFTED
    assert "1 prestation attend une décision" in outcome.reason
    assert Invoice.objects.get().net == Decimal("301.99")  # 298.80 + 3.19, without the work
    assert all(check.ok for check in check_books())


def test_held_work_is_billed_once_somebody_has_chosen() -> None:
    client = busy_client()
    silver = covering(client)
    covering(client)
    bill()
    entry = TimeEntry.objects.get()
    entry.contract_choice, entry.contract = "contract", silver
    entry.save()

    draft = redraft(invoice_id=Invoice.objects.get().pk)

    assert draft is not None
    charge = draft.charges.get(kind="time")
    assert (charge.treatment, charge.contract) == (Treatment.COVERED, silver)
    assert not HeldItem.objects.exists()
    assert RunOutcome.objects.get().reason == ""


def test_a_client_of_whom_all_waits_for_a_person_is_held() -> None:
    entry = TimeEntryFactory.create()
    covering(entry.ticket.client)
    covering(entry.ticket.client)

    bill()

    outcome = RunOutcome.objects.get()
    assert outcome.outcome == Outcome.HELD
    assert outcome.reason.startswith("1 prestation attend une décision.")


def test_a_rule_asks_for_site_category_and_group_of_devices() -> None:
    site = SiteFactory.create()
    asset: Asset = AssetFactory.create(client=site.client, group="servers")
    category = Category.objects.create(name="Backup")
    contract = ContractFactory.create(client=site.client, other_work="bill")
    CoverageRuleFactory.create(
        contract=contract, work_type=None, site=site, category=category, asset_group="servers"
    )
    known = {"client": site.client, "site": site, "category": category}
    TimeEntryFactory.create(ticket=TicketFactory.create(**known, asset=asset))
    TimeEntryFactory.create(ticket=TicketFactory.create(**known))

    bill()

    assert [charge.treatment for charge in Charge.objects.all()] == [Treatment.COVERED]
    assert HeldItem.objects.get().facts["candidates"][0]["unmet"] == ["asset_group"]


def test_case_12_and_11_billing_on_two_days_rounds_a_ticket_as_one() -> None:
    """7 + 8 min are billed as 15; 22 more make 37, which are 45, so 30 more."""
    RateCard.objects.update(rounding_scope="ticket")
    ticket = TicketFactory.create()
    for minutes, day in ((7, 9), (8, 9), (22, 12)):
        TimeEntryFactory.create(ticket=ticket, minutes=minutes, worked_on=date(2026, 3, day))

    bill(date(2026, 3, 10))
    bill(APRIL)

    # 15 min are shared 7 : 8; 30 min more at 84.00 are 42.00
    assert lines() == [(7, Decimal("9.80")), (8, Decimal("11.20")), (30, Decimal("42.00"))]
    assert Charge.objects.order_by("pk").last().basis["group_worked"] == 37  # type: ignore[union-attr]  # there is one


def test_case_14_work_belongs_to_the_local_day_on_which_it_began(technician: User) -> None:
    """31 March, 20:30 to 21:15 in New York, is 1 April in UTC, and belongs to March."""
    LegalEntity.objects.update(time_zone="America/New_York")
    begun = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
    work = TimeWorked(
        work_type_id=WorkTypeFactory.create().pk,
        started_at=begun,
        ended_at=begun.replace(hour=1, minute=15),
    )
    log_time(
        ticket_id=TicketFactory.create().pk, work=work, actor=technician, now=begun.replace(hour=9)
    )

    bill(date(2026, 3, 31))
    assert lines() == []
    bill(APRIL)

    assert lines() == [(45, Decimal("63.00"))]
    assert Charge.objects.get().starts_on == date(2026, 3, 31)


def test_case_14_an_entry_over_midnight_is_in_one_month_only() -> None:
    TimeEntryFactory.create(
        started_at=datetime(2026, 3, 31, 21, 30, tzinfo=UTC),  # 23:30 in Paris
        ended_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC),
        minutes=60,
        worked_on=date(2026, 3, 31),
    )

    bill(APRIL)
    bill(date(2026, 5, 1))

    assert lines() == [(60, Decimal("84.00"))]


def test_the_usual_role_of_the_technician_decides_unless_the_entry_names_another() -> None:
    senior, junior = (WorkRole.objects.create(name=name) for name in ("Senior", "Junior"))
    card = RateCard.objects.get()
    RateFactory.create(rate_card=card, work_role=senior, hourly_rate=Decimal(120))
    technician: User = UserFactory.create()
    RoleAssignment.objects.create(user=technician, work_role=senior)
    TimeEntryFactory.create(technician=technician, minutes=60)
    TimeEntryFactory.create(technician=technician, minutes=60, work_role=junior)

    bill()

    assert lines() == [(60, Decimal("120.00")), (60, Decimal("84.00"))]


def test_what_is_agreed_for_an_entry_or_a_ticket_goes_before_the_cards() -> None:
    ticket = TicketFactory.create(hourly_rate=Decimal(70))
    ClientRateCardFactory.create(client=ticket.client)
    TimeEntryFactory.create(ticket=ticket, minutes=60)
    TimeEntryFactory.create(ticket=ticket, minutes=60, hourly_rate=Decimal(50))

    bill()

    assert lines() == [(60, Decimal("70.00")), (60, Decimal("50.00"))]


def test_a_journey_costs_the_price_of_its_zone_on_the_day() -> None:
    zone = Zone.objects.create(name="Zone 2")
    zone.prices.create(price=Decimal(30), starts_on=LONG_AGO, last_day_on=date(2026, 3, 9))
    zone.prices.create(price=Decimal(35), starts_on=date(2026, 3, 10))
    TimeEntryFactory.create(minutes=55, travel_zone=zone)

    bill()

    charge = Charge.objects.get()
    assert (charge.unit, charge.quantity, charge.amount) == ("piece", 1, Decimal("35.00"))
    assert Claim.objects.get().minutes == 55


def test_warranty_is_printed_at_nothing_and_goodwill_is_not_printed() -> None:
    ticket = TicketFactory.create()
    TimeEntryFactory.create(ticket=ticket, is_billable=False, waiver="warranty")
    TimeEntryFactory.create(ticket=ticket, is_billable=False, waiver="goodwill")
    PartUsedFactory.create(ticket=ticket, is_billable=False, waiver="warranty")
    PartUsedFactory.create(ticket=ticket)

    bill()

    printed = Charge.objects.filter(position__isnull=False)
    assert [(one.kind, one.amount) for one in printed] == [
        ("time", Decimal("0.00")),
        ("part", Decimal("0.00")),
        ("part", Decimal("48.00")),
    ]
