"""What was agreed with clients: contract lines, coverage, rates, taxes; a query for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, Sum

from billing.domain.agreements import (
    BilledPeriod,
    Contract,
    CoverageRule,
    DatedRate,
    DatedTax,
    LineTerm,
    LineVersion,
    RateCard,
    RateTable,
    Rhythm,
)
from billing.domain.tax import tax_country
from billing.domain.terms import CoverageEffect, Timing
from billing.models import Claim
from billing.queries.destinations import OF_LINE, destination_of_contract, destination_of_line
from catalog.models import Rate, TaxRate
from contracts import models as contracts
from core.periods import FOREVER, Period

LINE_FIELDS = (
    "pk",
    "description",
    "unit",
    "timing",
    "starts_on",
    "last_day_on",
    "billed_through_on",
    "tax_code",
    "product__ledger_account",
    "contract_id",
    "contract__client_id",
    "contract__number",
    "contract__name",
    "contract__starts_on",
    "contract__last_day_on",
    *OF_LINE,
)
ClientIds = Collection[int]
Billed = dict[int, dict[date, BilledPeriod]]


def lines_of(client_ids: ClientIds) -> dict[int, list[LineTerm]]:
    """Return the contract lines of each client, ended ones too."""
    versions = _versions_of(client_ids)
    rows = contracts.ContractLine.objects.filter(contract__client__in=client_ids).order_by("pk")
    found: dict[int, list[LineTerm]] = defaultdict(list)
    for row in rows.values_list(*LINE_FIELDS, named=True):
        found[row.contract__client_id].append(
            LineTerm(
                id=row.pk,
                contract=Contract(row.contract_id, row.contract__number, row.contract__name),
                description=row.description,
                owed=_owed(row),
                versions=versions.get(row.pk, ()),
                rhythm=Rhythm(timing=Timing(row.timing)),
                unit=row.unit,
                tax_code=row.tax_code,
                ledger_account=row.product__ledger_account or "",
                destination=destination_of_line(row),
            )
        )
    return found


def _owed(row: Any) -> Period:  # noqa: ANN401  (a named row)
    """Return the days that line and contract share and that no other system has billed."""
    term = Period.through(row.starts_on, row.last_day_on)
    term = term.clip_to(Period.through(row.contract__starts_on, row.contract__last_day_on))
    if row.billed_through_on is None:
        return term
    return term.clip_to(Period(row.billed_through_on + timedelta(days=1), FOREVER))


def _versions_of(client_ids: ClientIds) -> dict[int, list[LineVersion]]:
    rows = contracts.LineVersion.objects.filter(line__contract__client__in=client_ids).order_by(
        "line_id", "starts_on"
    )
    found: dict[int, list[LineVersion]] = defaultdict(list)
    for line_id, starts_on, quantity, unit_price in rows.values_list(
        "line_id", "starts_on", "quantity", "unit_price"
    ):
        found[line_id].append(LineVersion(starts_on, quantity, unit_price))
    return found


def billed_months_of(client_ids: ClientIds) -> Billed:
    """Return what live charges carry, by contract line and month."""
    rows = (
        Claim.objects.filter(contract_line__contract__client__in=client_ids, released_at=None)
        .values_list("contract_line_id", "period_on")
        .annotate(Sum("charge__amount"), Max("revision"))
    )
    found: Billed = defaultdict(dict)
    for line_id, period_on, amount, revision in rows:
        found[line_id][period_on] = BilledPeriod(amount, revision)
    return found


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
