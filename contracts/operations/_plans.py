"""Shared steps of the writes to managed plans; they open no transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from contracts.domain.price import tiers_of
from contracts.models import (
    Contract,
    CoverageEffect,
    OtherWork,
    PlanAllowance,
    PlanCoverage,
    PlanLine,
    PlanRevision,
    RenewalKind,
)
from contracts.operations._line_terms import PRICES, TERMS, NewLine, picked

PROMISES = ("sla_policy_id", "other_work")
RENEWAL = ("renewal_kind", "term_months", "notice_days", "renewal_uplift")
COVERS = ("work_type_id", "category_id", "asset_group", "effect", "hourly_rate")
KEY = ("work_type_id", "category_id", "asset_group")


class PlanNotAcceptable(Exception):
    """The plan cannot be changed or sold like this; ``field`` names what must change."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class RevisionTerms:
    """What a revision promises beside its lines, its coverage and its hours."""

    note: str = ""
    sla_policy_id: int | None = None
    other_work: str = OtherWork.BILL
    renewal_kind: str = RenewalKind.NONE
    term_months: int | None = None
    notice_days: int = 0
    renewal_uplift: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class CoverageTerm:
    """What is said about work that meets the conditions; an empty one is met by all work."""

    effect: str = CoverageEffect.INCLUDED
    hourly_rate: Decimal | None = None
    work_type_id: int | None = None
    category_id: int | None = None
    asset_group: str = ""


def lock_draft(revision_id: int) -> PlanRevision:
    """Lock a revision that is still in preparation.

    :raises PlanNotAcceptable: it is published, and never changes again
    """
    rows = PlanRevision.objects.select_for_update(of=["self"]).select_related("plan")
    revision = rows.get(pk=revision_id)
    if revision.is_published:
        raise PlanNotAcceptable(
            _("%(revision)s is published and stays as it is: prepare a new revision.")
            % {"revision": revision}
        )
    return revision


def allowance_fields() -> list[str]:
    """Return what an allowance of a plan and one of a contract have in common."""
    own = {"id", "revision"}
    return [field.attname for field in PlanAllowance._meta.fields if field.name not in own]


def copy_lines(source: PlanRevision, target: PlanRevision) -> None:
    """Copy the lines of a revision; each remembers the one that it follows."""
    PlanLine.objects.bulk_create(
        PlanLine(
            revision=target,
            position=line.position,
            follows=line,
            **picked(line, (*TERMS, *PRICES, "tiers")),
        )
        for line in source.lines.all()
    )


def copy_coverage(source: PlanRevision, target: PlanRevision) -> None:
    """Copy what a revision says about work."""
    PlanCoverage.objects.bulk_create(
        PlanCoverage(revision=target, **picked(rule, COVERS)) for rule in source.coverage.all()
    )


def copy_allowances(source: PlanRevision, target: PlanRevision) -> None:
    """Copy the hours of a revision."""
    for allowance in source.allowances.all():
        values = picked(allowance, allowance_fields())
        copied = PlanAllowance.objects.create(revision=target, **values)
        copied.work_types.set(allowance.work_types.all())


def keys_of(rules: Iterable[Any]) -> dict[tuple[Any, ...], Any]:
    """Return rules by the work they are about."""
    return {tuple(getattr(rule, name) for name in KEY): rule for rule in rules}


def plan_of(contract: Contract) -> int | None:
    """Return the plan that a contract was made of."""
    revision = contract.plan_revision
    return revision.plan_id if revision else None


def line_of_plan(line: PlanLine, quantity: Decimal | None = None) -> NewLine:
    """Return a line of a contract as the plan describes it."""
    values = picked(line, (*TERMS, *PRICES))
    if quantity is not None:
        uncounted = dict.fromkeys(("counts", "count_kind", "count_role", "count_group"), "")
        values |= {"quantity": quantity, **uncounted}
    return NewLine(**values, tiers=tiers_of(line.tiers), plan_line_id=line.pk)
