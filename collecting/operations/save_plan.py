"""Writing a reminder plan down, new or changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collecting.models import Level, ReminderPlan, ReminderStep, ReminderWords
from collecting.operations._terms import CollectingRefused

__all__ = ["CollectingRefused", "PlanTerms", "save_plan"]

Said = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a plan says: days late by level, and own words by level and language.

    A level without days is left out of the plan.
    """

    name: str
    days: Mapping[int, int]
    is_default: bool = False
    grace_days: int = 2
    days_between: int = 7
    smallest_amount: Decimal = Decimal("10.00")
    words: Said = field(default_factory=dict)


@transaction.atomic(durable=True)
def save_plan(*, plan_id: int | None, terms: PlanTerms) -> ReminderPlan:
    """Make a plan, or let one say something else; reminders that were sent stay as they are.

    A plan that becomes the one for every client takes that from the other.

    :raises CollectingRefused: its days are not in order, or its name is taken
    """
    _guard(plan_id, terms)
    plan = ReminderPlan.objects.select_for_update().get(pk=plan_id) if plan_id else ReminderPlan()
    if terms.is_default:
        _others(plan_id).filter(is_default=True).update(is_default=False)
    for name in ("name", "is_default", "grace_days", "days_between", "smallest_amount"):
        setattr(plan, name, getattr(terms, name))
    plan.save()
    _write_steps(plan, terms.days)
    _write_words(plan, terms.words)
    return plan


def _guard(plan_id: int | None, terms: PlanTerms) -> None:
    days = [terms.days[level] for level in sorted(terms.days)]
    if not days:
        raise CollectingRefused(_("Say for at least one level after how many days it is due."))
    if min(days) < 1:
        raise CollectingRefused(_("A reminder is due one day late at the earliest."))
    if days != sorted(set(days)):
        raise CollectingRefused(_("Each level must be due later than the one before."))
    if _others(plan_id).filter(name=terms.name).exists():
        raise CollectingRefused(_("Another plan has this name already."))


def _others(plan_id: int | None) -> QuerySet[ReminderPlan]:
    plans = ReminderPlan.objects.all()
    return plans.exclude(pk=plan_id) if plan_id else plans


def _write_steps(plan: ReminderPlan, days: Mapping[int, int]) -> None:
    plan.steps.exclude(level__in=days).delete()
    for level, number in days.items():
        ReminderStep.objects.update_or_create(
            plan=plan, level=Level(level), defaults={"days": number}
        )


def _write_words(plan: ReminderPlan, said: Said) -> None:
    kept = {key: text.strip() for key, text in said.items() if text.strip()}
    for row in plan.words.all():
        if (row.level, row.language) not in kept:
            row.delete()
    for (level, language), text in kept.items():
        ReminderWords.objects.update_or_create(
            plan=plan, level=Level(level), language=language, defaults={"words": text}
        )
