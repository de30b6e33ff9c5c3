"""Contracts follow a new revision of their plan by day, and lose nothing agreed by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from catalog.tests.factories import WorkTypeFactory
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, PlanRevision
from contracts.moving import Fate, Move, movable, moves, offered
from contracts.operations._line_terms import NewLine, SoldLine
from contracts.operations._plans import CoverageTerm, PlanNotAcceptable, RevisionTerms
from contracts.operations.add_line import add_line
from contracts.operations.change_revision import change_revision
from contracts.operations.correct_version import correct_version
from contracts.operations.move_contract import move_contract
from contracts.operations.publish_revision import publish_revision
from contracts.operations.remove_plan_line import remove_plan_line
from contracts.operations.revise_plan import revise_plan
from contracts.operations.save_plan_allowance import save_plan_allowance
from contracts.operations.save_plan_coverage import save_plan_coverage
from contracts.operations.save_plan_line import save_plan_line
from contracts.operations.sell_plan import sell_plan
from contracts.tests.factories import (
    PlanAllowanceFactory,
    PlanCoverageFactory,
    PlanLineFactory,
    published,
)

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)
CARE = SoldLine(
    description="Workstation care", quantity=Decimal(1), unit="device", unit_price=Decimal(25)
)
HAND = NewLine(description="Extra", quantity=Decimal(1), unit_price=Decimal(9))


def first_revision() -> PlanRevision:
    """Devices at 25.00, backup at 59.90, set-up 490.00 once; remote work; five hours."""
    revision: PlanRevision = PlanLineFactory(position=1).revision
    for place, (name, price, months) in enumerate((("Backup", "59.90", 1), ("Set-up", 490, 0)), 2):
        PlanLineFactory(
            revision=revision, description=name, unit="flat", unit_price=price,
            rhythm_months=months, position=place,
        )  # fmt: skip
    PlanCoverageFactory(revision=revision)
    PlanAllowanceFactory(revision=revision)
    return published(revision)


def signed(revision: PlanRevision, number: str = "K1", devices: int = 10) -> Contract:
    main = revision.lines.earliest("position")
    return sell_plan(
        revision_id=revision.pk, client_id=ClientFactory().pk, number=number, name="Silver",
        starts_on=MARCH, quantities={main.pk: Decimal(devices)},
    )  # fmt: skip


def second_revision(old: PlanRevision | None, **changes: Any) -> PlanRevision:
    """Prepare a revision in which a device costs 31.00, or is sold as ``changes`` say."""
    assert old is not None
    new = revise_plan(plan_id=old.plan_id)
    main = new.lines.earliest("position")
    line = replace(CARE, **(changes or {"unit_price": Decimal(31)}))
    save_plan_line(revision_id=new.pk, line=line, line_id=main.pk)
    return new


def put_on_sale(revision: PlanRevision) -> PlanRevision:
    return publish_revision(revision_id=revision.pk, published_on=date(2026, 4, 1))


def move(contract: Contract, revision: PlanRevision | None, **given: Any) -> Contract:
    assert revision is not None
    return move_contract(
        contract_id=contract.pk, revision_id=revision.pk, effective_on=MAY, **given
    )


def preview(revision: PlanRevision) -> Move:
    rows = movable(Contract.objects.all(), revision, MAY)
    return moves(rows, offered(revision), MAY, keeps_own_prices=True)[0]


def line_of(contract: Contract, name: str) -> ContractLine:
    return contract.lines.filter(description=name).earliest("pk")


def test_a_price_changes_from_the_day_on_and_the_quantity_stays() -> None:
    contract = signed(first_revision())
    revision = put_on_sale(second_revision(contract.plan_revision))

    seen = preview(revision)
    move(contract, revision)

    versions = line_of(contract, "Workstation care").versions.order_by("starts_on")
    assert seen.monthly == Decimal("60.00")  # 10 x 6.00
    assert list(versions.values_list("starts_on", "quantity", "unit_price")) == [
        (MARCH, 10, 25), (MAY, 10, 31),
    ]  # fmt: skip
    contract.refresh_from_db()
    assert contract.plan_revision == revision
    assert line_of(contract, "Workstation care").plan_line in revision.lines.all()


def test_a_bargained_price_stays_unless_it_is_to_follow() -> None:
    contract = signed(first_revision())
    version = line_of(contract, "Workstation care").versions.get()
    correct_version(version_id=version.pk, starts_on=MARCH, unit_price=Decimal(20))
    revision = put_on_sale(second_revision(contract.plan_revision))

    seen = preview(revision)
    move(contract, revision)

    assert (seen.monthly, seen.changed_lines) == (0, [])
    assert line_of(contract, "Workstation care").versions.count() == 1


def test_a_bargained_price_follows_where_that_is_chosen() -> None:
    contract = signed(first_revision())
    version = line_of(contract, "Workstation care").versions.get()
    correct_version(version_id=version.pk, starts_on=MARCH, unit_price=Decimal(20))
    revision = put_on_sale(second_revision(contract.plan_revision))

    move(contract, revision, keeps_own_prices=False)

    newest = line_of(contract, "Workstation care").versions.latest("starts_on")
    assert newest.unit_price == Decimal(31)


def test_another_rhythm_ends_the_line_and_begins_a_new_one() -> None:
    contract = signed(first_revision())
    quarterly = second_revision(
        contract.plan_revision, rhythm_months=3, unit_price=Decimal(90)
    )  # fmt: skip
    revision = put_on_sale(quarterly)

    seen = preview(revision)
    move(contract, revision)

    old, new = contract.lines.filter(description="Workstation care").order_by("pk")
    assert seen.monthly == Decimal("50.00")  # 10 x 90 / 3 - 250
    assert (old.last_day_on, old.rhythm_months) == (date(2026, 4, 30), 1)
    assert (new.starts_on, new.rhythm_months, new.versions.get().quantity) == (MAY, 3, 10)


def test_lines_come_and_go_with_the_plan_but_those_added_by_hand_and_billed_once_stay() -> None:
    contract = signed(first_revision())
    add_line(contract_id=contract.pk, line=HAND)
    new = second_revision(contract.plan_revision)
    remove_plan_line(line_id=new.lines.get(description="Backup").pk)
    monitoring = replace(CARE, description="Monitoring", unit="flat", unit_price=Decimal(40))
    save_plan_line(revision_id=new.pk, line=monitoring)
    revision = put_on_sale(new)

    seen = preview(revision)
    move(contract, revision)

    fates = {one.description: one.fate for one in seen.lines}
    assert fates == {
        "Workstation care": Fate.PRICED, "Backup": Fate.ENDED, "Set-up": Fate.KEPT,
        "Extra": Fate.KEPT, "Monitoring": Fate.ADDED,
    }  # fmt: skip
    assert seen.monthly == Decimal("40.10")  # 60.00 - 59.90 + 40.00
    assert line_of(contract, "Backup").last_day_on == date(2026, 4, 30)
    assert line_of(contract, "Monitoring").starts_on == MAY
    assert line_of(contract, "Extra").last_day_on is None
    assert contract.lines.filter(description="Set-up").count() == 1


def test_coverage_hours_and_promises_follow_by_day() -> None:
    contract = signed(first_revision())
    new = second_revision(contract.plan_revision)
    remote = new.coverage.get().work_type_id
    at_rate = CoverageTerm(work_type_id=remote, effect="at_rate", hourly_rate=Decimal(60))
    save_plan_coverage(revision_id=new.pk, term=at_rate)
    onsite = WorkTypeFactory(code="os", name="On site")
    save_plan_coverage(revision_id=new.pk, term=CoverageTerm(work_type_id=onsite.pk))
    hours = new.allowances.get()
    save_plan_allowance(
        revision_id=new.pk, allowance_id=hours.pk, terms={"name": "Support", "minutes": 600}
    )
    terms = RevisionTerms(renewal_kind="automatic", term_months=12)
    change_revision(revision_id=new.pk, terms=terms)

    move(contract, put_on_sale(new))

    rules = contract.coverage.order_by("work_type_id", "pk")
    assert list(rules.values_list("effect", "starts_on", "last_day_on")) == [
        ("included", None, date(2026, 4, 30)), ("at_rate", MAY, None), ("included", MAY, None),
    ]  # fmt: skip
    kept = contract.allowances.order_by("starts_on").values_list("minutes", "last_day_on")
    assert list(kept) == [(300, date(2026, 4, 30)), (600, None)]
    contract.refresh_from_db()
    assert (contract.term_months, contract.term_ends_on) == (12, date(2027, 2, 28))


def test_only_a_newer_published_revision_of_its_own_plan_is_followed() -> None:
    contract = signed(first_revision())
    unpublished = second_revision(contract.plan_revision)
    another = first_revision()

    for revision, sentence in (
        (unpublished, "not a published revision"),
        (another, "not a published revision"),
        (contract.plan_revision, "at this revision already"),
    ):
        with pytest.raises(PlanNotAcceptable, match=sentence):
            move(contract, revision)

    assert line_of(contract, "Workstation care").versions.count() == 1


def test_the_page_shows_each_contract_and_moves_only_those_chosen(as_manager: Browser) -> None:
    old = first_revision()
    chosen, left = signed(old), signed(old, "K2", devices=5)
    revision = put_on_sale(second_revision(old))
    url = f"/contracts/plans/revisions/{revision.pk}/move/"

    page = as_manager.get(url, {"effective_on": "2026-05-01", "keeps_own_prices": "on"})
    as_manager.post(
        url,
        {"effective_on": "2026-05-01", "keeps_own_prices": "on", "contract": [chosen.pk],
         "move": "1"},
    )  # fmt: skip

    text = page.content.decode()
    assert ("+€60.00" in text, "+€30.00" in text) == (True, True)
    for contract in (chosen, left):
        contract.refresh_from_db()
    assert (chosen.plan_revision, left.plan_revision) == (revision, old)


def test_a_line_that_goes_on_in_another_way_does_not_pay_for_first_days_again() -> None:
    """Moved on 16 May: the old line is paid for 15 of 31 days, the new one is for 16 of them."""
    contract = signed(first_revision())
    revision = put_on_sale(
        second_revision(contract.plan_revision, rhythm_months=3, stub_rule="full")
    )

    move_contract(contract_id=contract.pk, revision_id=revision.pk, effective_on=date(2026, 5, 16))

    old, new = contract.lines.filter(description="Workstation care").order_by("starts_on")
    assert (old.last_day_on, new.starts_on) == (date(2026, 5, 15), date(2026, 5, 16))
    assert (new.rhythm_months, new.stub_rule) == (3, "prorated")


def test_another_price_of_first_days_does_not_replace_a_line_that_runs() -> None:
    contract = signed(first_revision())
    revision = put_on_sale(second_revision(contract.plan_revision, stub_rule="free"))

    seen = preview(revision)

    assert [one.fate for one in seen.lines] == [Fate.KEPT, Fate.KEPT, Fate.KEPT]
