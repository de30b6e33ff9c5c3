"""What was agreed with clients: coverage, rates, taxes; a query for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q

from billing.domain.agreements import (
    Contract,
    CoverageRule,
    DatedRate,
    DatedTax,
    RateCard,
    RateTable,
)
from billing.domain.tax import tax_country
from billing.domain.terms import CoverageEffect
from billing.queries.destinations import destination_of_contract
from catalog.models import Rate, TaxRate
from contracts import models as contracts
from core.periods import Period

ClientIds = Collection[int]


def contracts_of(client_ids: ClientIds) -> dict[int, list[Contract]]:
    """Return each client's contracts and what they include, in the order of their numbers."""
    rules: dict[int, list[CoverageRule]] = defaultdict(list)
    for rule in contracts.CoverageRule.objects.filter(contract__client__in=client_ids):
        rules[rule.contract_id].append(
            CoverageRule(rule.pk, CoverageEffect.INCLUDED, work_type_id=rule.work_type_id)
        )
    found: dict[int, list[Contract]] = defaultdict(list)
    agreed = contracts.Contract.objects.filter(client__in=client_ids)
    rows = agreed.select_related("site").order_by("number")
    for row in rows:
        found[row.client_id].append(
            Contract(
                row.pk,
                row.number,
                row.name,
                row.term,
                rules.get(row.pk, ()),
                destination=destination_of_contract(row),
            )
        )
    return found


def rates_of(client_ids: ClientIds) -> Mapping[int, RateTable]:
    """Return the rates that hold for each client: their own card's before the firm's."""
    rows = Rate.objects.filter(
        Q(rate_card__client=None) | Q(rate_card__client__in=client_ids)
    ).order_by("pk")
    cards: dict[int | None, dict[int, list[DatedRate]]] = defaultdict(lambda: defaultdict(list))
    for rate in rows.select_related("rate_card"):
        cards[rate.rate_card.client_id][rate.work_type_id].append(
            DatedRate(
                period=Period.through(rate.starts_on, rate.last_day_on),
                hourly_rate=rate.hourly_rate,
                minimum_minutes=rate.minimum_minutes,
                step_minutes=rate.step_minutes,
            )
        )
    firm = RateCard(cards[None])
    return {client_id: RateTable(RateCard(cards[client_id]), firm) for client_id in client_ids}


def taxes_in(country: str) -> Mapping[str, Sequence[DatedTax]]:
    """Return the tax rates of a country by tax code."""
    rows = TaxRate.objects.filter(country__in={country, tax_country(country)}).order_by("pk")
    found: dict[str, list[DatedTax]] = defaultdict(list)
    for rate in rows:
        period = Period.through(rate.starts_on, rate.last_day_on)
        found[rate.tax_code].append(DatedTax(period, rate.rate))
    return found
