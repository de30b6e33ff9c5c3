"""Plans: prepared, published, fixed from then on, revised, and sold as contracts."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from catalog.tests.factories import WorkTypeFactory
from clients.tests.factories import ClientFactory
from contracts.domain.price import Tier
from contracts.models import Contract, PlanLine, PlanRevision
from contracts.operations._line_terms import LineNotAcceptable, SoldLine
from contracts.operations._numbers import ContractNotAcceptable
from contracts.operations._plans import CoverageTerm, PlanNotAcceptable, RevisionTerms
from contracts.operations.change_revision import change_revision
from contracts.operations.create_plan import create_plan
from contracts.operations.discard_revision import discard_revision
from contracts.operations.publish_revision import publish_revision
from contracts.operations.remove_plan_line import remove_plan_line
from contracts.operations.revise_plan import revise_plan
from contracts.operations.save_plan_allowance import save_plan_allowance
from contracts.operations.save_plan_coverage import save_plan_coverage
from contracts.operations.save_plan_line import save_plan_line
from contracts.operations.sell_plan import sell_plan
from contracts.tests.factories import (
    ContractFactory,
    PlanAllowanceFactory,
    PlanCoverageFactory,
    PlanLineFactory,
    published,
)

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 3, 1)
TIERS = (Tier(Decimal(25), Decimal(30)), Tier(None, Decimal(28)))
DEVICES = SoldLine(
    description="Devices", quantity=Decimal(0), unit="device", pricing="volume", tiers=TIERS,
    counts="assets",
)  # fmt: skip


def draft() -> PlanRevision:
    plan = create_plan(code="SILVER", name="Silver")
    return plan.revisions.get()


def silver() -> PlanRevision:
    """A published plan: devices by volume, a set-up fee, remote work, five hours."""
    line = PlanLineFactory(
        counts="assets", pricing="volume",
        tiers=[{"up_to": "25", "unit_price": "30"}, {"up_to": None, "unit_price": "28"}],
    )  # fmt: skip
    revision: PlanRevision = line.revision
    PlanLineFactory(
        revision=revision, description="Set-up", unit="flat", rhythm_months=0, unit_price=490
    )
    PlanCoverageFactory(revision=revision)
    PlanAllowanceFactory(revision=revision).work_types.add(WorkTypeFactory(code="r2"))
    PlanRevision.objects.filter(pk=revision.pk).update(
        renewal_kind="automatic", term_months=12, notice_days=90
    )
    revision.refresh_from_db()
    return published(revision)


def test_a_plan_begins_with_a_revision_in_preparation() -> None:
    revision = draft()

    assert (revision.number, revision.is_published) == (1, False)
    with pytest.raises(PlanNotAcceptable, match="Another plan has this code"):
        create_plan(code="silver", name="Other")


def test_lines_coverage_and_hours_are_written_and_replaced() -> None:
    revision = draft()
    remote = WorkTypeFactory()

    line = save_plan_line(revision_id=revision.pk, line=DEVICES)
    save_plan_coverage(revision_id=revision.pk, term=CoverageTerm(work_type_id=remote.pk))
    at_rate = CoverageTerm(work_type_id=remote.pk, effect="at_rate", hourly_rate=Decimal(60))
    save_plan_coverage(revision_id=revision.pk, term=at_rate)
    hours = save_plan_allowance(
        revision_id=revision.pk,
        terms={"name": "Support", "minutes": 300},
        work_type_ids=[remote.pk],
    )

    assert line.tiers == [
        {"up_to": "25", "unit_price": "30"}, {"up_to": None, "unit_price": "28"},
    ]  # fmt: skip
    assert [(rule.effect, rule.hourly_rate) for rule in revision.coverage.all()] == [
        ("at_rate", Decimal(60))
    ]
    assert list(hours.work_types.all()) == [remote]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tiers": ()}, "of the last tier empty"),
        ({"tiers": TIERS[:1]}, "of the last tier empty"),
        ({"tiers": (TIERS[0], TIERS[0], TIERS[1])}, "must reach further"),
        ({"count_role": "boss"}, "does not fit what is counted"),
        ({"tiers": (Tier(None, Decimal(-1)),)}, "cannot be negative"),
    ],
)
def test_terms_that_price_nothing_are_refused(changes: dict[str, object], sentence: str) -> None:
    revision = draft()
    given = {name: getattr(DEVICES, name) for name in DEVICES.__dataclass_fields__}

    with pytest.raises(LineNotAcceptable, match=sentence):
        save_plan_line(revision_id=revision.pk, line=SoldLine(**{**given, **changes}))

    assert not revision.lines.exists()


def test_an_empty_plan_is_not_published_and_a_renewal_needs_a_term() -> None:
    revision = draft()

    with pytest.raises(PlanNotAcceptable, match="without a line"):
        publish_revision(revision_id=revision.pk, published_on=DAY)
    with pytest.raises(PlanNotAcceptable, match="needs a term"):
        change_revision(revision_id=revision.pk, terms=RevisionTerms(renewal_kind="automatic"))

    revision.refresh_from_db()
    assert (revision.published_on, revision.renewal_kind) == (None, "none")


def test_a_published_revision_is_fixed_by_its_operations() -> None:
    revision = silver()
    line = revision.lines.earliest("pk")

    for attempt in (
        lambda: save_plan_line(revision_id=revision.pk, line=DEVICES),
        lambda: remove_plan_line(line_id=line.pk),
        lambda: change_revision(revision_id=revision.pk, terms=RevisionTerms()),
        lambda: save_plan_coverage(revision_id=revision.pk, term=CoverageTerm()),
        lambda: discard_revision(revision_id=revision.pk),
        lambda: publish_revision(revision_id=revision.pk, published_on=DAY),
    ):
        with pytest.raises(PlanNotAcceptable, match="stays as it is"):
            attempt()

    assert (revision.lines.count(), revision.coverage.count()) == (2, 1)


def test_the_database_keeps_a_published_revision_too() -> None:
    revision = silver()
    hours = revision.allowances.get()

    for attempt in (
        lambda: PlanLine.objects.filter(revision=revision).update(unit_price=1),
        lambda: PlanLine.objects.filter(revision=revision).delete(),
        lambda: PlanLineFactory(revision=revision),
        lambda: PlanRevision.objects.filter(pk=revision.pk).update(note="x"),
        lambda: revision.coverage.all().delete(),
        hours.work_types.clear,
    ):
        with pytest.raises(DatabaseError, match=r"cannot change"), transaction.atomic():
            attempt()

    assert revision.lines.filter(unit_price=1).count() == 0


def test_a_new_revision_is_a_copy_that_changes_neither_the_last_nor_contracts() -> None:
    revision = silver()
    contract = sell(revision)

    new = revise_plan(plan_id=revision.plan_id)
    first = new.lines.earliest("position", "pk")
    save_plan_line(
        revision_id=new.pk, line_id=first.pk,
        line=SoldLine(description="Devices", quantity=Decimal(0), unit_price=Decimal(99)),
    )  # fmt: skip

    assert (new.number, new.term_months, new.is_published) == (2, 12, False)
    assert first.follows in revision.lines.all()
    assert new.allowances.get().work_types.count() == 1
    assert contract.lines.earliest("pk").pricing == "volume"
    with pytest.raises(PlanNotAcceptable, match="already has a revision in preparation"):
        revise_plan(plan_id=revision.plan_id)


def test_a_revision_in_preparation_can_be_thrown_away_but_not_the_only_one() -> None:
    revision = silver()
    new = revise_plan(plan_id=revision.plan_id)

    discard_revision(revision_id=new.pk)

    assert revision.plan.revisions.count() == 1
    with pytest.raises(PlanNotAcceptable, match="only revision"):
        discard_revision(revision_id=create_plan(code="G", name="Gold").revisions.get().pk)


def test_a_contract_of_a_plan_has_all_that_the_plan_promises() -> None:
    revision = silver()

    contract = sell(revision)

    devices, fee = contract.lines.order_by("pk")
    assert (devices.counts, devices.pricing, fee.rhythm_months) == ("assets", "volume", 0)
    assert devices.versions.get().tiers[0] == {"up_to": "25", "unit_price": "30"}
    assert fee.versions.get().unit_price == Decimal(490)
    assert contract.coverage.get().work_type == revision.coverage.get().work_type
    assert contract.allowances.get().minutes == 300
    assert contract.allowances.get().work_types.count() == 1
    # twelve months from 1 March 2026
    assert (contract.term_ends_on, contract.notice_days) == (date(2027, 2, 28), 90)


def test_a_typed_quantity_is_not_counted_and_lines_can_be_left_out() -> None:
    revision = silver()
    devices, fee = revision.lines.order_by("pk")

    contract = sell(revision, quantities={devices.pk: Decimal(12)}, left_out=[fee.pk])

    line = contract.lines.get()
    assert (line.counts, line.versions.get().quantity) == ("", Decimal(12))


def test_only_a_published_revision_is_sold_under_a_free_number() -> None:
    with pytest.raises(PlanNotAcceptable, match="Publish the revision"):
        sell(draft())
    ContractFactory(number="K0100")
    with pytest.raises(ContractNotAcceptable, match="already a contract"):
        sell(silver())

    assert Contract.objects.count() == 1


def sell(revision: PlanRevision, **given: object) -> Contract:
    return sell_plan(
        revision_id=revision.pk,
        client_id=ClientFactory().pk,
        number="K0100",
        name="Silver",
        starts_on=DAY,
        **given,  # type: ignore[arg-type]  # named as the operation names them
    )
