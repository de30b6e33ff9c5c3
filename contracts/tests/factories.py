"""Contracts made for tests.

``ContractLineFactory(quantity=12, unit_price=Decimal("24.90"))`` makes a line with its first
version on the line's first day; ``LineVersionFactory`` adds further versions.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from catalog.tests.factories import WorkTypeFactory
from clients.tests.factories import ClientFactory
from contracts.models import (
    Allowance,
    BillingTiming,
    BlockUnit,
    Contract,
    ContractLine,
    CoverageRule,
    LineVersion,
    ManagedPlan,
    PlanAllowance,
    PlanCoverage,
    PlanLine,
    PlanRevision,
    PrepaidBlock,
    Rollover,
)


class ContractFactory(factory.django.DjangoModelFactory[Contract]):
    """A contract that runs on since New Year 2025, without lines or coverage."""

    class Meta:
        model = Contract

    client = factory.SubFactory(ClientFactory)
    number = factory.Sequence(lambda n: f"K{n + 1:04d}")
    name = "Managed workstations"
    starts_on = date(2025, 1, 1)


class ContractLineFactory(factory.django.DjangoModelFactory[ContractLine]):
    """Ten devices at 25.00 a month in advance, from the contract's first day."""

    class Meta:
        model = ContractLine
        skip_postgeneration_save = True

    class Params:
        in_arrears = factory.Trait(timing=BillingTiming.ARREARS)

    contract = factory.SubFactory(ContractFactory)
    description = "Workstation care"
    unit = "device"
    timing = BillingTiming.ADVANCE
    starts_on = factory.SelfAttribute("contract.starts_on")

    @classmethod
    def _create(cls, model_class: type[ContractLine], *args: Any, **kwargs: Any) -> ContractLine:
        quantity = kwargs.pop("quantity", 10)
        unit_price = kwargs.pop("unit_price", Decimal("25.0000"))
        line: ContractLine = super()._create(model_class, *args, **kwargs)
        if quantity is not None:
            LineVersionFactory(line=line, quantity=quantity, unit_price=unit_price)
        return line


class LineVersionFactory(factory.django.DjangoModelFactory[LineVersion]):
    """Quantity and price of a line from its first day, or from the day that is given."""

    class Meta:
        model = LineVersion

    line = factory.SubFactory(ContractLineFactory, quantity=None)
    starts_on = factory.SelfAttribute("line.starts_on")
    quantity = Decimal("10.0000")
    unit_price = Decimal("25.0000")


class CoverageRuleFactory(factory.django.DjangoModelFactory[CoverageRule]):
    """Remote work is included."""

    class Meta:
        model = CoverageRule

    contract = factory.SubFactory(ContractFactory)
    work_type = factory.SubFactory(WorkTypeFactory)


class AllowanceFactory(factory.django.DjangoModelFactory[Allowance]):
    """Ten hours a month from the contract's first day; what is left over expires."""

    class Meta:
        model = Allowance

    class Params:
        rolling = factory.Trait(rollover=Rollover.OLDEST_FIRST)

    contract = factory.SubFactory(ContractFactory)
    name = "Support hours"
    minutes = 600
    starts_on = factory.SelfAttribute("contract.starts_on")


class PrepaidBlockFactory(factory.django.DjangoModelFactory[PrepaidBlock]):
    """Ten hours for 950.00, sold and valid from New Year 2026; ``of_contract`` ties it to one."""

    class Meta:
        model = PrepaidBlock

    class Params:
        of_contract = factory.Trait(
            contract=factory.SubFactory(ContractFactory, client=factory.SelfAttribute("..client"))
        )

    client = factory.SubFactory(ClientFactory)
    name = "10 hours of support"
    unit = BlockUnit.MINUTES
    quantity = Decimal("600.0000")
    price = Decimal("950.0000")
    sold_on = date(2026, 1, 1)
    starts_on = factory.SelfAttribute("sold_on")


class PlanRevisionFactory(factory.django.DjangoModelFactory[PlanRevision]):
    """The first revision of a plan, in preparation and still empty."""

    class Meta:
        model = PlanRevision

    plan = factory.SubFactory("contracts.tests.factories.ManagedPlanFactory")
    number = 1


class ManagedPlanFactory(factory.django.DjangoModelFactory[ManagedPlan]):
    """A plan on sale, without revisions."""

    class Meta:
        model = ManagedPlan

    code = factory.Sequence(lambda n: f"PLAN{n + 1}")
    name = "Silver"


class PlanLineFactory(factory.django.DjangoModelFactory[PlanLine]):
    """25.00 a device and month in advance."""

    class Meta:
        model = PlanLine

    revision = factory.SubFactory(PlanRevisionFactory)
    description = "Workstation care"
    unit = "device"
    unit_price = Decimal("25.0000")


class PlanCoverageFactory(factory.django.DjangoModelFactory[PlanCoverage]):
    """Remote work is included."""

    class Meta:
        model = PlanCoverage

    revision = factory.SubFactory(PlanRevisionFactory)
    work_type = factory.SubFactory(WorkTypeFactory)


class PlanAllowanceFactory(factory.django.DjangoModelFactory[PlanAllowance]):
    """Five hours a month, which expire."""

    class Meta:
        model = PlanAllowance

    revision = factory.SubFactory(PlanRevisionFactory)
    name = "Support"
    minutes = 300


def published(revision: PlanRevision, day: date = date(2026, 1, 1)) -> PlanRevision:
    """Publish a revision made for a test."""
    revision.published_on = day
    revision.save(update_fields=["published_on"])
    return revision
