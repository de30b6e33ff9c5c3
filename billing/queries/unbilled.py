"""Work that is on no live charge yet, with what it would come to if it were billed now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.domain.charge import RatedCharge, Source
from billing.domain.evidence import ClientEvidence
from billing.domain.flat import charge_flat_rates
from billing.domain.parts import charge_parts
from billing.domain.time import charge_time
from billing.explain import explain, explain_hold
from billing.models import ChargeKind
from billing.queries.evidence import load_work
from billing.queries.work import unclaimed
from clients.models import Client, LegalEntity
from core.display import joined_text, minutes_text, number_text
from core.money import ZERO, round_money
from tickets.models import BillingMode, FlatRateItem, PartUsed, Ticket, TimeEntry

Key = tuple[str, int]


class Value(NamedTuple):
    """What one thing would come to, and why; no amount where it cannot be billed as things are."""

    amount: Decimal | None
    note: str


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


def _values(clients: Collection[Client], entity: LegalEntity, as_of: date) -> dict[Key, Value]:
    """Rate everything as the run would, and return each value, or the reason against it."""
    found: dict[Key, Value] = {}
    for evidence in load_work(clients, entity, as_of).values():
        found.update(_rated(evidence, as_of))
    return found


def _rated(evidence: ClientEvidence, as_of: date) -> dict[Key, Value]:
    time = charge_time(evidence, as_of)
    charges = [
        *charge_flat_rates(evidence, as_of),
        *time.charges,
        *charge_parts(evidence, as_of),
    ]
    by_key: dict[Key, list[RatedCharge]] = defaultdict(list)
    for charge in charges:
        by_key[_key_of(charge.source)].append(charge)
    found = {key: _value_of(pieces) for key, pieces in by_key.items()}
    for held in time.held:
        found[_key_of(held.source)] = Value(None, explain_hold(held))
    return found


def _value_of(pieces: Sequence[RatedCharge]) -> Value:
    amount = sum((piece.amount for piece in pieces), ZERO)
    return Value(amount, joined_text(dict.fromkeys(explain(piece) for piece in pieces)))


def _key_of(source: Source) -> Key:
    if source.time_entry_id is not None:
        return ("time", source.time_entry_id)
    if source.part_used_id is not None:
        return ("parts", source.part_used_id)
    return ("flat_rates", source.flat_rate_item_id or 0)


def _item(row: Evidence, values: dict[Key, Value], zone: ZoneInfo) -> UnbilledItem:
    facts, field = _facts_of(row, zone)
    ticket = row.ticket
    value = values.get((field, row.pk)) or _not_due(row)
    return UnbilledItem(
        client=ticket.client,
        ticket=ticket,
        value=value.amount,
        note=_("not approved yet") if _is_unapproved(row) else value.note,
        currency=ticket.client.currency,
        **facts,
    )


def _is_unapproved(row: Evidence) -> bool:
    return isinstance(row, TimeEntry) and not row.is_approved


def _not_due(row: Evidence) -> Value:
    """Return what is said of what is not due yet; a flat rate is known before it is due."""
    if isinstance(row, FlatRateItem):
        price = round_money(row.quantity * row.price, row.ticket.client.currency)
        return Value(price, _("due once the ticket is closed"))
    if isinstance(row, TimeEntry) and row.ticket.billing_mode == BillingMode.FLAT_RATE:
        return Value(None, _("included in the flat rate, once the ticket is closed"))
    return Value(None, _("not due yet"))


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
