"""A batch of clients' evidence as rating wants it, in a constant number of queries."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from billing.domain.evidence import Buyer, ClientEvidence, Firm
from billing.domain.terms import Grouping
from billing.queries.agreements import contracts_of, rates_of, taxes_in
from billing.queries.contract_lines import billed_periods_of, lines_of
from billing.queries.hours import load_hours
from billing.queries.work import UnbilledWork
from clients.models import Client, LegalEntity


def load_evidence(
    clients: Collection[Client], entity: LegalEntity, as_of: date
) -> dict[int, ClientEvidence]:
    """Return, by client, everything that could be due as of the day."""
    ids = [client.pk for client in clients]
    lines = lines_of(ids)
    billed = billed_periods_of(ids)
    work = UnbilledWork(ids, as_of, entity.zone)
    time, parts, flat_rates = work.time(), work.parts(), work.flat_rates()
    return {
        pk: replace(
            agreed,
            lines=lines.get(pk, ()),
            billed=billed,
            time=time.get(pk, ()),
            parts=parts.get(pk, ()),
            flat_rates=flat_rates.get(pk, ()),
        )
        for pk, agreed in load_prices(clients, entity).items()
    }


def load_prices(clients: Collection[Client], entity: LegalEntity) -> dict[int, ClientEvidence]:
    """Return, by client, what work would cost and what contracts include, without any work."""
    ids = [client.pk for client in clients]
    contracts, rates, taxes = contracts_of(ids), rates_of(ids), taxes_in(entity.country)
    hours = load_hours(ids)
    firm = Firm(entity.country, entity.currency, entity.is_small_business)
    return {
        client.pk: ClientEvidence(
            firm=firm,
            buyer=_buyer(client),
            contracts=[hours.in_contract(one) for one in contracts.get(client.pk, ())],
            blocks=hours.blocks.get(client.pk, ()),
            blocks_sold=hours.blocks_sold.get(client.pk, ()),
            drawn=hours.drawn.get(client.pk, ()),
            rates=rates[client.pk],
            taxes=taxes,
        )
        for client in clients
    }


def _buyer(client: Client) -> Buyer:
    """Return the client as a buyer; an order number of its own stands for any other order."""
    return Buyer(
        id=client.pk,
        country=client.country,
        currency=client.currency,
        vat_number=client.vat_number,
        grouping=Grouping(client.invoice_grouping),
        requires_order=client.requires_purchase_order and not client.purchase_order,
    )
