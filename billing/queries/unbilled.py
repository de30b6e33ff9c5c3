"""Work that is on no live charge yet, with what it would come to if it were billed now."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence
from billing.domain.flat import charge_flat_rates
from billing.domain.parts import charge_parts
from billing.domain.terms import NotBillable
from billing.domain.time import charge_time
from billing.explain import explain, explain_hold
from billing.models import ChargeKind
from billing.queries.evidence import load_prices
from billing.queries.work import UnbilledWork, unclaimed
from clients.models import Client, LegalEntity
from core.display import minutes_text, number_text
from core.money import round_money
from tickets.models import BillingMode, FlatRateItem, PartUsed, Ticket, TimeEntry

Key = tuple[str, int]
Evidence = TimeEntry | PartUsed | FlatRateItem


@dataclass(frozen=True)
class UnbilledItem:
    """One thing that was done and not billed."""

    kind: str
    client: Client
    ticket: Ticket
    day: date
    what: str
    who: str
    quantity: str
    minutes: int | None
    value: Decimal | None
    note: str
    currency: str

    def get_absolute_url(self) -> str:
        """Return the address of the ticket it was done on."""
        return self.ticket.get_absolute_url()


def unbilled_items(
    clients: "QuerySet[Client]", entity: LegalEntity, today: date
) -> list[UnbilledItem]:
    """Return what these clients could be billed for, the oldest first."""
    rows: list[Evidence] = [*_time(clients), *_parts(clients), *_flat_rates(clients)]
    found = {row.ticket.client_id: row.ticket.client for row in rows}
    values = _values(list(found.values()), entity, today + timedelta(days=1))
    items = (_item(row, values, entity.zone) for row in rows)
    return sorted(items, key=lambda item: (item.day, item.ticket.pk))


def _time(clients: "QuerySet[Client]") -> "QuerySet[TimeEntry]":
    rows = TimeEntry.objects.filter(ticket__client__in=clients)
    return unclaimed(rows.select_related("ticket__client", "technician", "work_type"), "time_entry")


def _parts(clients: "QuerySet[Client]") -> "QuerySet[PartUsed]":
    rows = PartUsed.objects.filter(ticket__client__in=clients)
    return unclaimed(rows.select_related("ticket__client"), "part_used")


def _flat_rates(clients: "QuerySet[Client]") -> "QuerySet[FlatRateItem]":
    rows = FlatRateItem.objects.filter(ticket__client__in=clients)
    return unclaimed(rows.select_related("ticket__client"), "flat_rate_item")


def _values(
    clients: Collection[Client], entity: LegalEntity, as_of: date
) -> dict[Key, RatedCharge | str]:
    """Rate everything as the run would, and return each charge, or the reason against it."""
    ids = [client.pk for client in clients]
    work = UnbilledWork(ids, as_of, entity.zone)
    time, parts, flat_rates = work.time(), work.parts(), work.flat_rates()
    found: dict[Key, RatedCharge | str] = {}
    for pk, prices in load_prices(clients, entity).items():
        evidence = replace(
            prices,
            time=time.get(pk, ()),
            parts=parts.get(pk, ()),
            flat_rates=flat_rates.get(pk, ()),
        )
        found.update(_rated(evidence, as_of))
    return found


def _rated(evidence: ClientEvidence, as_of: date) -> Iterator[tuple[Key, RatedCharge | str]]:
    rules = (
        (charge_flat_rates, "flat_rates"),
        (charge_time, "time"),
        (charge_parts, "parts"),
    )
    for rule, field in rules:
        try:
            for charge in rule(evidence, as_of):
                yield _key_of(charge.source), charge
        except NotBillable as refusal:
            reason = explain_hold(refusal)
            for thing in getattr(evidence, field):
                yield (field, thing.id), reason


def _key_of(source: Source) -> Key:
    if source.time_entry_id is not None:
        return ("time", source.time_entry_id)
    if source.part_used_id is not None:
        return ("parts", source.part_used_id)
    return ("flat_rates", source.flat_rate_item_id or 0)


def _item(row: Evidence, values: dict[Key, RatedCharge | str], zone: ZoneInfo) -> UnbilledItem:
    facts, field = _facts_of(row, zone)
    rated = values.get((field, row.pk))
    ticket = row.ticket
    return UnbilledItem(
        client=ticket.client,
        ticket=ticket,
        value=_value(row, rated),
        note=_note(row, rated),
        currency=ticket.client.currency,
        **facts,
    )


def _value(row: Evidence, rated: RatedCharge | str | None) -> Decimal | None:
    """Return what it comes to; a flat rate is known before it is due."""
    if isinstance(rated, RatedCharge):
        return rated.amount
    if isinstance(row, FlatRateItem):
        return round_money(row.quantity * row.price, row.ticket.client.currency)
    return None


def _note(row: Evidence, rated: RatedCharge | str | None) -> str:
    if isinstance(rated, str):
        return rated
    if isinstance(row, TimeEntry) and not row.is_approved:
        return _("not approved yet")
    if rated:
        return explain(rated)
    if isinstance(row, TimeEntry) and row.ticket.billing_mode == BillingMode.FLAT_RATE:
        return _("included in the flat rate, once the ticket is closed")
    if isinstance(row, FlatRateItem):
        return _("due once the ticket is closed")
    return _("not due yet")


def _facts_of(row: Evidence, zone: ZoneInfo) -> tuple[dict[str, Any], str]:
    if isinstance(row, TimeEntry):
        return {
            "kind": ChargeKind.TIME.label,
            "day": row.worked_on,
            "what": row.work_type.name,
            "who": str(row.technician),
            "quantity": minutes_text(row.minutes),
            "minutes": row.minutes,
        }, "time"
    facts = {"what": row.description, "who": "", "quantity": number_text(row.quantity)}
    if isinstance(row, PartUsed):
        return {
            **facts,
            "kind": ChargeKind.PART.label,
            "day": row.used_on,
            "minutes": None,
        }, "parts"
    day = (row.ticket.closed_at or row.ticket.opened_at).astimezone(zone).date()
    return {**facts, "kind": ChargeKind.FLAT.label, "day": day, "minutes": None}, "flat_rates"
