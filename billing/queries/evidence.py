"""A batch of clients' evidence as rating wants it, in a constant number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from billing.domain.evidence import (
    Buyer,
    ClientEvidence,
    Firm,
    RoundedBefore,
    TimeWorked,
)
from billing.domain.terms import Grouping
from billing.queries.agreed_discounts import agreed_discounts_of
from billing.queries.agreements import contracts_of, rates_of, taxes_in
from billing.queries.contract_lines import lines_of
from billing.queries.hand_lines import open_hand_lines_of
from billing.queries.hours import Needed, load_hours
from billing.queries.rounded import rounded_on, rounds_together
from billing.queries.settled import billed_unless_settled
from billing.queries.work import UnbilledWork
from clients.models import Client, LegalEntity

Evidence = dict[int, ClientEvidence]


def load_evidence(clients: Collection[Client], entity: LegalEntity, as_of: date) -> Evidence:
    """Return, by client, everything that could be due as of the day."""
    ids = [client.pk for client in clients]
    lines = lines_of(ids)
    billed, settled = billed_unless_settled(lines, ids, entity.currency)
    by_hand, discounts = open_hand_lines_of(ids), agreed_discounts_of(ids)
    return {
        pk: replace(
            work,
            lines=lines.get(pk, ()),
            billed=billed,
            settled=settled,
            hand_lines=by_hand.get(pk, ()),
            discounts=discounts.get(pk, ()),
        )
        for pk, work in load_work(clients, entity, as_of, watched_blocks=()).items()
    }


def load_work(
    clients: Collection[Client],
    entity: LegalEntity,
    as_of: date,
    *,
    with_unapproved: bool = False,
    with_billed: bool = False,
    watched_blocks: Collection[int] | None = None,
) -> Evidence:
    """Return, by client, unbilled work before the day and all that decides on its price.

    With ``with_billed`` it is all work, whether it is on an invoice or not. Where blocks to watch
    are named, or none, draws of hours are left out that decide on none of the work, but for those
    from these blocks.
    """
    ids = [client.pk for client in clients]
    work = UnbilledWork(ids, as_of, entity.zone, with_billed=with_billed)
    time = work.time(with_unapproved=with_unapproved)
    taken_back, parts, flat_rates = work.taken_back(), work.parts(), work.flat_rates()
    needed = None
    if watched_blocks is not None:
        needed = _needed(ids, time, as_of, watched_blocks)
    agreed = load_prices(clients, entity, needed)
    rounded = _rounded_before(agreed, time)
    return {
        pk: replace(
            prices,
            time=time.get(pk, ()),
            taken_back=taken_back.get(pk, ()),
            parts=parts.get(pk, ()),
            flat_rates=flat_rates.get(pk, ()),
            rounded=rounded.get(pk, ()),
        )
        for pk, prices in agreed.items()
    }


def _needed(
    client_ids: Collection[int],
    time: Mapping[int, Sequence[TimeWorked]],
    as_of: date,
    watched_blocks: Collection[int],
) -> Needed:
    """Return which draws decide on this work: of each client from the first day of its own on."""
    since = {
        pk: min((one.worked_on for one in time.get(pk, ())), default=as_of) for pk in client_ids
    }
    tickets = {entry.ticket.id for entries in time.values() for entry in entries}
    return Needed(since, tickets, watched_blocks)


def load_prices(
    clients: Collection[Client], entity: LegalEntity, needed: Needed | None = None
) -> Evidence:
    """Return, by client, what work would cost and what contracts include, without any work.

    With ``needed`` draws of hours that decide on no open work are left out.
    """
    ids = [client.pk for client in clients]
    contracts, rates, taxes = contracts_of(ids), rates_of(ids), taxes_in(entity.country)
    hours = load_hours(ids, needed)
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


def _rounded_before(
    agreed: Evidence, time: Mapping[int, Sequence[TimeWorked]]
) -> Mapping[int, Sequence[RoundedBefore]]:
    """Return what is billed of roundings that open work may share, by client."""
    tickets = {
        entry.ticket.id
        for pk, prices in agreed.items()
        if rounds_together(prices.contracts, prices.rates)
        for entry in time.get(pk, ())
    }
    return rounded_on(tickets) if tickets else {}
