"""The tickets that work, parts and flat rates belong to, each made into one value."""

from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from billing.domain.agreements import Destination
from billing.domain.evidence import Ticket
from billing.domain.terms import BillingMode, ContractChoice
from tickets import models as tickets

COLUMNS = (
    "id",
    "number",
    "subject",
    "billing_mode",
    "closed_at",
    "hourly_rate",
    "contract_choice",
    "contract_id",
    "category_id",
    "site_id",
    "site__cost_centre",
    "asset_id",
    "asset__group",
    "purchase_order_id",
    "rating_version",
)
HAS_FLAT_RATE = Exists(tickets.FlatRateItem.objects.filter(ticket=OuterRef("ticket_id")))
TICKET_FIELDS = (*(f"ticket__{column}" for column in COLUMNS), "has_flat_rate")
_values_of = attrgetter(*TICKET_FIELDS)


class _Row(NamedTuple):
    """A ticket as it is read, in the order of ``TICKET_FIELDS``."""

    id: int
    number: str
    subject: str
    mode: str
    closed_at: datetime | None
    hourly_rate: Decimal | None
    choice: str
    contract_id: int | None
    category_id: int | None
    site_id: int | None
    cost_centre: str | None
    asset_id: int | None
    asset_group: str | None
    purchase_order_id: int | None
    version: int
    has_flat_rate: bool


class Tickets:
    """Makes one value of each ticket, however much was done on it."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[int, Ticket] = {}

    def of(self, row: Any) -> Ticket:  # noqa: ANN401  (a row of any kind of work)
        """Return the ticket of a row that has ``TICKET_FIELDS``."""
        known = self._known.get(row.ticket__id)
        if known is None:
            known = self._known[row.ticket__id] = _ticket(_Row(*_values_of(row)), self._zone)
        return known


def find_ticket(ticket_id: int, zone: ZoneInfo) -> Ticket:
    """Return a ticket on which something is about to be done.

    :raises Ticket.DoesNotExist: there is no such ticket
    """
    jobs = tickets.FlatRateItem.objects.filter(ticket=OuterRef("pk"))
    rows = tickets.Ticket.objects.annotate(has_flat_rate=Exists(jobs))
    row = rows.values_list(*COLUMNS, "has_flat_rate").get(pk=ticket_id)
    return _ticket(_Row(*row), zone)


def _ticket(row: _Row, zone: ZoneInfo) -> Ticket:
    return Ticket(
        id=row.id,
        number=row.number,
        subject=row.subject,
        mode=BillingMode(row.mode),
        closed_on=row.closed_at.astimezone(zone).date() if row.closed_at else None,
        has_flat_rate=row.has_flat_rate,
        hourly_rate=row.hourly_rate,
        choice=ContractChoice(row.choice),
        contract_id=row.contract_id,
        category_id=row.category_id,
        site_id=row.site_id,
        asset_id=row.asset_id,
        asset_group=row.asset_group or "",
        destination=Destination(
            site_id=row.site_id,
            cost_centre=row.cost_centre or "",
            purchase_order_id=row.purchase_order_id,
        ),
        version=row.version,
    )
