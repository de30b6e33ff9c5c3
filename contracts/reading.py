"""What a contract or a plan includes, as its page reads it: coverage and hours as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts import wording
from contracts.models import Contract, CoverageEffect, Rollover
from core.display import joined_text, minutes_text, money_text

TONES = {
    CoverageEffect.INCLUDED: "good",
    CoverageEffect.AT_RATE: "info",
    CoverageEffect.EXCLUDED: "bad",
}


@dataclass(frozen=True)
class CoverageRow:
    """What is said about some work, with the days on which it holds."""

    rule: Any
    work: str
    conditions: str
    effect: str
    tone: str
    rate: str
    is_to_come: bool = False


@dataclass(frozen=True)
class HoursRow:
    """Hours a month as a sentence."""

    allowance: Any
    name: str
    hours: str
    terms: str
    is_to_come: bool = False


def coverage_rows(contract: Contract, day: date) -> list[CoverageRow]:
    """Return the rules that hold on the day or will, by work type. One query."""
    rules = contract.coverage.filter(Q(last_day_on=None) | Q(last_day_on__gte=day))
    related = rules.select_related("work_type", "category", "site")
    return rows_of_rules(related, contract.client.currency, day)


def rows_of_rules(
    rules: Iterable[Any], currency: str, day: date | None = None
) -> list[CoverageRow]:
    """Return rules as a table reads them."""
    return [_coverage_row(rule, currency, day) for rule in rules]


def hours_in_force(contract: Contract, day: date) -> list[HoursRow]:
    """Return the hours that hold on the day or will. Two queries."""
    found = contract.allowances.filter(Q(last_day_on=None) | Q(last_day_on__gte=day))
    related = found.prefetch_related("work_types")
    return [hours_row(one, contract.client.currency, one.starts_on > day) for one in related]


def hours_row(allowance: Any, currency: str, is_to_come: bool = False) -> HoursRow:  # noqa: ANN401, FBT001, FBT002  (of a contract or a plan)
    """Return hours a month as a sentence."""
    return HoursRow(
        allowance,
        allowance.name,
        minutes_text(allowance.minutes),
        joined_text(_hour_terms(allowance, currency)),
        is_to_come,
    )


def _coverage_row(rule: Any, currency: str, day: date | None) -> CoverageRow:  # noqa: ANN401  (a row of a plan or a contract)
    starts_on = getattr(rule, "starts_on", None)
    rate = "" if rule.hourly_rate is None else money_text(rule.hourly_rate, currency)
    return CoverageRow(
        rule,
        str(rule.work_type) if rule.work_type else _("All work"),
        wording.coverage_conditions(rule),
        rule.get_effect_display(),
        TONES[CoverageEffect(rule.effect)],
        rate,
        is_to_come=bool(day and starts_on and starts_on > day),
    )


def _hour_terms(allowance: Any, currency: str) -> list[str]:  # noqa: ANN401  (a row of a plan or a contract)
    types = [str(one) for one in allowance.work_types.all()]
    terms = [
        _("for %(work)s") % {"work": ", ".join(types)} if types else _("for all included work")
    ]
    if allowance.rollover == Rollover.NONE:
        terms.append(_("what a month leaves over expires"))
    else:
        months = allowance.age_months
        terms.append(
            ngettext(
                "what is left over is kept for %(n)s month",
                "what is left over is kept for %(n)s months",
                months,
            )
            % {"n": months}
        )
        if allowance.cap_minutes is not None:
            terms.append(_("%(hours)s at most") % {"hours": minutes_text(allowance.cap_minutes)})
    if allowance.overage_rate is not None:
        rate = money_text(allowance.overage_rate, currency)
        terms.append(_("beyond it %(rate)s an hour") % {"rate": rate})
    return terms
