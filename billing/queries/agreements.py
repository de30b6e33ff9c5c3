"""What was agreed with clients: coverage, rates, taxes; a query for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q

from billing.domain.agreements import (
    ALWAYS,
    NO_CARD,
    Contract,
    CoverageRule,
    DatedRate,
    DatedTax,
    RateCard,
    RateTable,
    RoundingTerms,
)
from billing.domain.tax import tax_country
from billing.domain.terms import CoverageEffect, OtherWork, RoundingScope
from billing.queries.destinations import destination_of_contract
from catalog import models as catalog
from catalog.models import TaxRate
from contracts import models as contracts
from core.periods import Period

ClientIds = Collection[int]


def contracts_of(client_ids: ClientIds) -> dict[int, list[Contract]]:
    """Return each client's contracts with all that they say about work, by their numbers."""
    rules, pauses = _rules_of(client_ids), _pauses_of(client_ids)
    found: dict[int, list[Contract]] = defaultdict(list)
    agreed = contracts.Contract.objects.filter(client__one_of=client_ids)
    rows = agreed.select_related("site").order_by("number")
    for row in rows:
        found[row.client_id].append(
            Contract(
                id=row.pk,
                number=row.number,
                name=row.name,
                term=row.term,
                rules=tuple(rules.get(row.pk, ())),
                other_work=OtherWork(row.other_work),
                rounding=_rounding_of(row, row.minimum_minutes, row.step_minutes),
                pauses=tuple(pauses.get(row.pk, ())),
                destination=destination_of_contract(row),
            )
        )
    return found


def _rules_of(client_ids: ClientIds) -> dict[int, list[CoverageRule]]:
    rows = contracts.CoverageRule.objects.filter(contract__client__one_of=client_ids).order_by("pk")
    found: dict[int, list[CoverageRule]] = defaultdict(list)
    for row in rows:
        found[row.contract_id].append(
            CoverageRule(
                id=row.pk,
                effect=CoverageEffect(row.effect),
                hourly_rate=row.hourly_rate,
                work_type_id=row.work_type_id,
                category_id=row.category_id,
                site_id=row.site_id,
                asset_group=row.asset_group,
                period=Period.through(row.starts_on or ALWAYS.start, row.last_day_on),
            )
        )
    return found


def _pauses_of(client_ids: ClientIds) -> dict[int, list[Period]]:
    rows = contracts.ContractPause.objects.filter(contract__client__one_of=client_ids)
    found: dict[int, list[Period]] = defaultdict(list)
    for row in rows:
        found[row.contract_id].append(row.days)
    return found


def _rounding_of(
    row: contracts.Contract | catalog.RateCard,
    minimum_minutes: int | None = None,
    step_minutes: int | None = None,
) -> RoundingTerms:
    """Return what a contract or a rate card says about rounding."""
    order = row.rounding_order
    return RoundingTerms(
        minimum_minutes=minimum_minutes,
        step_minutes=step_minutes,
        grace_minutes=row.grace_minutes,
        scope=RoundingScope(row.rounding_scope) if row.rounding_scope else None,
        rounds_first=order == catalog.RoundingOrder.STEPS_FIRST if order else None,
    )


def rates_of(client_ids: ClientIds) -> Mapping[int, RateTable]:
    """Return the rates that hold for each client: their own card's before the firm's."""
    rows = catalog.RateCard.objects.filter(Q(client=None) | Q(client__one_of=client_ids))
    cards = {
        card.client_id: RateCard(_rates_on(card), _rounding_of(card))
        for card in rows.prefetch_related("rates")
    }
    firm = cards.get(None, NO_CARD)
    return {key: RateTable(cards.get(key, NO_CARD), firm) for key in client_ids}


def _rates_on(card: catalog.RateCard) -> dict[int, list[DatedRate]]:
    found: dict[int, list[DatedRate]] = defaultdict(list)
    for rate in sorted(card.rates.all(), key=lambda rate: rate.pk):
        found[rate.work_type_id].append(
            DatedRate(
                period=Period.through(rate.starts_on, rate.last_day_on),
                hourly_rate=rate.hourly_rate,
                minimum_minutes=rate.minimum_minutes,
                step_minutes=rate.step_minutes,
                work_role_id=rate.work_role_id,
            )
        )
    return dict(found)


def taxes_in(country: str) -> Mapping[str, Sequence[DatedTax]]:
    """Return the tax rates of a country by tax code."""
    rows = TaxRate.objects.filter(country__in={country, tax_country(country)}).order_by("pk")
    found: dict[str, list[DatedTax]] = defaultdict(list)
    for rate in rows:
        period = Period.through(rate.starts_on, rate.last_day_on)
        found[rate.tax_code].append(DatedTax(period, rate.rate))
    return found
