"""What happened to a contract and what will: each change with its day, old, new and effect."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts import wording
from contracts.models import Contract, CoverageRule
from contracts.schedule import LineRow, VersionRow
from core.display import day_text, joined_text, labelled_text, minutes_text, percent_text

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """One change of a contract; ``monthly`` is what it adds to or takes from a month."""

    on: date
    icon: str
    title: str
    detail: str = ""
    monthly: Decimal | None = None
    tone: str = "neutral"
    withdraw_url: str = ""
    is_to_come: bool = False


def timeline(contract: Contract, lines: Sequence[LineRow], today: date) -> list[Change]:
    """Return every change of the contract, the latest first. Five queries."""
    found = [
        *_ends_of_contract(contract),
        *_of_lines(contract, lines),
        *_of_coverage(contract),
        *_of_hours(contract),
        *_of_pauses(contract),
        *_of_decisions(contract),
    ]
    dated = [
        replace(change, is_to_come=True) if change.on > today else replace(change, withdraw_url="")
        for change in found
    ]
    return sorted(dated, key=lambda change: change.on, reverse=True)


def _ends_of_contract(contract: Contract) -> Iterator[Change]:
    yield Change(
        contract.starts_on,
        "flag",
        _("The contract begins"),
        str(contract.plan_revision or ""),
        tone="good",
    )
    if contract.last_day_on is not None:
        yield Change(
            contract.last_day_on,
            "flag",
            _("Last day of the contract"),
            contract.end_reason,
            tone="bad",
            withdraw_url=reverse("contracts:contract-continue", args=[contract.pk]),
        )


def _of_lines(contract: Contract, lines: Iterable[LineRow]) -> Iterator[Change]:
    for row in lines:
        yield from _changes_of(row)
        line = row.line
        if line.starts_on > contract.starts_on:
            yield Change(
                line.starts_on,
                "plus",
                _("New line: %(line)s") % {"line": line.description},
                f"{row.price} {row.quantity}",
                row.versions[-1].monthly if row.versions else None,
                "good",
                reverse("contracts:line-withdraw", args=[line.pk]),
            )
        if line.last_day_on is not None:
            ended = row.versions[0].monthly if row.versions else None
            yield Change(
                line.last_day_on,
                "minus",
                _("Last day of %(line)s") % {"line": line.description},
                monthly=None if ended is None else -ended,
                tone="bad",
                withdraw_url=reverse("contracts:line-continue", args=[line.pk]),
            )


def _changes_of(row: LineRow) -> Iterator[Change]:
    in_order = row.versions[::-1]
    for before, after in pairwise(in_order):
        yield Change(
            after.version.starts_on,
            "calendar-event",
            row.line.description,
            _difference(row, before, after),
            after.monthly - before.monthly,
            "info",
            reverse("contracts:version-withdraw", args=[after.version.pk]),
        )


def _difference(row: LineRow, before: VersionRow, after: VersionRow) -> str:
    parts = []
    if before.price != after.price:
        parts.append(f"{before.price} → {after.price}")
    if row.counted is None and before.version.quantity != after.version.quantity:
        old, new = (
            wording.quantity_text("piece" if row.line.unit == "flat" else row.line.unit, one)
            for one in (before.version.quantity, after.version.quantity)
        )
        parts.append(f"{old} → {new}")
    if after.version.effect == "next_period":
        parts.append(after.version.get_effect_display())
    if after.version.reason:
        parts.append(after.version.reason)
    return " · ".join(parts)


def _of_coverage(contract: Contract) -> Iterator[Change]:
    rules = contract.coverage.select_related("work_type", "category", "site")
    for rule in rules:
        name = _work(rule)
        if rule.starts_on is not None and rule.starts_on > contract.starts_on:
            yield Change(
                rule.starts_on,
                "shield-check",
                name,
                rule.get_effect_display(),
                tone="info",
                withdraw_url=reverse("contracts:coverage-withdraw", args=[rule.pk]),
            )
        if rule.last_day_on is not None and rule.last_day_on != contract.last_day_on:
            yield Change(
                rule.last_day_on + DAY,
                "shield-check",
                name,
                _("no longer: %(effect)s") % {"effect": rule.get_effect_display()},
            )


def _work(rule: CoverageRule) -> str:
    conditions = wording.coverage_conditions(rule)
    work = str(rule.work_type) if rule.work_type else _("all work")
    return f"{work} ({conditions})" if conditions else work


def _of_hours(contract: Contract) -> Iterator[Change]:
    for allowance in contract.allowances.all():
        hours = labelled_text(allowance.name, minutes_text(allowance.minutes))
        if allowance.starts_on > contract.starts_on:
            yield Change(allowance.starts_on, "clock", _("Hours a month begin"), hours, tone="info")
        if allowance.last_day_on is not None:
            yield Change(allowance.last_day_on, "clock", _("Last day of hours a month"), hours)


def _of_pauses(contract: Contract) -> Iterator[Change]:
    for pause in contract.pauses.all():
        until = day_text(pause.last_day_on) if pause.last_day_on else _("until further notice")
        said = joined_text([until, pause.reason])
        yield Change(pause.starts_on, "player-pause", _("The contract rests"), said, tone="warn")


def _of_decisions(contract: Contract) -> Iterator[Change]:
    for step in contract.indexations.all():
        percent = percent_text((step.factor - 1) * 100)
        title = _("Price increase") if step.is_applied else _("Price increase left out")
        yield Change(step.effective_on, "trending-up", title, percent, tone="info")
    for renewal in contract.renewals.all():
        uplift = f" +{percent_text(renewal.uplift)}" if renewal.uplift else ""
        detail = f"{renewal.get_decision_display()}{uplift}"
        if renewal.note:
            detail = joined_text([detail, renewal.note])
        yield Change(renewal.term_ended_on + DAY, "refresh", _("Renewal"), detail, tone="info")
