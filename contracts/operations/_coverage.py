"""Dated rules about work; the steps open no transaction."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clients.models import Site
from contracts.models import Contract, CoverageEffect, CoverageRule
from contracts.operations._plans import KEY, CoverageTerm
from core.display import day_text

DAY = timedelta(days=1)


class CoverageNotAcceptable(Exception):
    """The rule contradicts the contract; ``field`` names what must change."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def write_rule(
    contract: Contract, term: CoverageTerm, site_id: int | None, starts_on: date | None
) -> CoverageRule:
    """Let a rule hold from a day on; what was said about the same work ends the day before.

    A rule of that very day is corrected in place, one agreed for a later day stays.

    :raises CoverageNotAcceptable: a rate is missing, the day or the site is not the contract's
    """
    _require_sensible(contract, term, site_id, starts_on)
    day = None if starts_on is None or starts_on <= contract.starts_on else starts_on
    key = {name: getattr(term, name) for name in KEY}
    same_work = contract.coverage.filter(**{**key, "site_id": site_id})
    values = {"effect": term.effect, "hourly_rate": _rate_of(term)}
    rule = same_work.filter(_starting(contract, day)).first()
    if rule is None:
        rule = _make_room(same_work, contract, term, site_id, day)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.save()
    return rule


def end_rule(rule: CoverageRule, day: date) -> None:
    """Let a rule end the day before; one that would not have begun is deleted."""
    begins = rule.starts_on or rule.contract.starts_on
    if begins >= day:
        rule.delete()
        return
    if rule.last_day_on is None or rule.last_day_on >= day:
        rule.last_day_on = day - DAY
        rule.save(update_fields=["last_day_on"])


def _starting(contract: Contract, day: date | None) -> Q:
    if day is not None:
        return Q(starts_on=day)
    return Q(starts_on=None) | Q(starts_on__lte=contract.starts_on)


def _make_room(
    same_work: QuerySet[Any],
    contract: Contract,
    term: CoverageTerm,
    site_id: int | None,
    day: date | None,
) -> CoverageRule:
    later = same_work.filter(starts_on__gt=day or contract.starts_on).order_by("starts_on").first()
    if day is not None:
        begun = same_work.filter(Q(starts_on=None) | Q(starts_on__lt=day))
        begun.exclude(last_day_on__lt=day).update(last_day_on=day - DAY)
    return CoverageRule(
        contract=contract,
        site_id=site_id,
        starts_on=day,
        last_day_on=later.starts_on - DAY if later else None,
        **{name: getattr(term, name) for name in KEY},
    )


def _rate_of(term: CoverageTerm) -> object:
    return term.hourly_rate if term.effect == CoverageEffect.AT_RATE else None


def _require_sensible(
    contract: Contract, term: CoverageTerm, site_id: int | None, starts_on: date | None
) -> None:
    if term.effect == CoverageEffect.AT_RATE and (term.hourly_rate is None or term.hourly_rate < 0):
        raise CoverageNotAcceptable(_("Say what an hour costs."), "hourly_rate")
    own_sites = Site.objects.filter(client=contract.client_id)
    if site_id is not None and not own_sites.filter(pk=site_id).exists():
        raise CoverageNotAcceptable(_("This site is not the client's."), "site")
    if starts_on is not None and contract.term.end <= starts_on:
        raise CoverageNotAcceptable(
            _("Contract %(number)s ends on %(day)s: nothing can change after.")
            % {"number": contract.number, "day": day_text(contract.term.last_day)},
            "starts_on",
        )
