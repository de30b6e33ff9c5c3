"""What was done for clients and is on no live charge yet; a query for each kind."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Exists, Model, OuterRef, QuerySet

from billing.domain.evidence import FlatRatePerformed, PartUsed, Ticket, TimeWorked, WorkType
from billing.domain.terms import BillingMode
from billing.models import Claim
from catalog import models as catalog
from tickets import models as tickets

Row = TypeVar("Row", bound=Model)
COMMON_FIELDS = (
    "pk",
    "version",
    "ticket_id",
    "ticket__client_id",
    "ticket__number",
    "ticket__subject",
    "ticket__billing_mode",
    "ticket__closed_at",
    "ticket__rating_version",
    "has_flat_rate",
)
TIME_FIELDS = ("work_type_id", "worked_on", "minutes", "is_billable", "is_out_of_scope")
SOLD_FIELDS = ("description", "quantity", "tax_code", "product__ledger_account")
HAS_FLAT_RATE = Exists(tickets.FlatRateItem.objects.filter(ticket=OuterRef("ticket_id")))


def unclaimed(rows: "QuerySet[Row]", claim_field: str) -> "QuerySet[Row]":
    """Return the evidence that no live charge holds and that no other system has billed."""
    claims = Claim.objects.filter(**{claim_field: OuterRef("pk")}, released_at=None)
    return rows.filter(~Exists(claims), billed_elsewhere=False)


def work_types() -> dict[int, WorkType]:
    """Return every kind of work, those no longer in use too."""
    rows = catalog.WorkType.objects.values_list("pk", "name", "tax_code", "ledger_account")
    return {row[0]: WorkType(*row) for row in rows}


class UnbilledWork:
    """The unbilled work of some clients before a day; each ticket is made into one value."""

    def __init__(self, client_ids: Collection[int], as_of: date, zone: ZoneInfo) -> None:
        self._of_clients = {"ticket__client__in": client_ids}
        self._as_of = as_of
        self._zone = zone
        self._tickets: dict[int, Ticket] = {}

    def time(self) -> dict[int, list[TimeWorked]]:
        """Return approved time entries by client."""
        types = work_types()
        entries = tickets.TimeEntry.objects.filter(
            **self._of_clients, worked_on__lt=self._as_of, is_approved=True
        )
        found: dict[int, list[TimeWorked]] = defaultdict(list)
        for row in _rows(entries, "time_entry", *TIME_FIELDS):
            found[row.ticket__client_id].append(
                TimeWorked(
                    id=row.pk,
                    ticket=self._ticket(row),
                    work_type=types[row.work_type_id],
                    worked_on=row.worked_on,
                    minutes=row.minutes,
                    is_billable=row.is_billable,
                    is_out_of_scope=row.is_out_of_scope,
                    version=row.version,
                )
            )
        return found

    def parts(self) -> dict[int, list[PartUsed]]:
        """Return parts by client."""
        parts = tickets.PartUsed.objects.filter(**self._of_clients, used_on__lt=self._as_of)
        found: dict[int, list[PartUsed]] = defaultdict(list)
        for row in _rows(parts, "part_used", *SOLD_FIELDS, "unit_price", "used_on", "is_billable"):
            found[row.ticket__client_id].append(
                PartUsed(
                    id=row.pk,
                    ticket=self._ticket(row),
                    description=row.description,
                    quantity=row.quantity,
                    unit_price=row.unit_price,
                    used_on=row.used_on,
                    is_billable=row.is_billable,
                    tax_code=row.tax_code,
                    ledger_account=row.product__ledger_account or "",
                    version=row.version,
                )
            )
        return found

    def flat_rates(self) -> dict[int, list[FlatRatePerformed]]:
        """Return flat-rate jobs on closed tickets by client."""
        jobs = tickets.FlatRateItem.objects.filter(
            **self._of_clients, ticket__closed_at__isnull=False
        )
        found: dict[int, list[FlatRatePerformed]] = defaultdict(list)
        for row in _rows(jobs, "flat_rate_item", *SOLD_FIELDS, "price"):
            found[row.ticket__client_id].append(
                FlatRatePerformed(
                    id=row.pk,
                    ticket=self._ticket(row),
                    description=row.description,
                    quantity=row.quantity,
                    price=row.price,
                    tax_code=row.tax_code,
                    ledger_account=row.product__ledger_account or "",
                    version=row.version,
                )
            )
        return found

    def _ticket(self, row: Any) -> Ticket:  # noqa: ANN401  (a row of any kind of work)
        known = self._tickets.get(row.ticket_id)
        if known is None:
            closed_at = row.ticket__closed_at
            known = self._tickets[row.ticket_id] = Ticket(
                id=row.ticket_id,
                number=row.ticket__number,
                subject=row.ticket__subject,
                mode=BillingMode(row.ticket__billing_mode),
                closed_on=closed_at.astimezone(self._zone).date() if closed_at else None,
                has_flat_rate=row.has_flat_rate,
                version=row.ticket__rating_version,
            )
        return known


def _rows(rows: "QuerySet[Row]", claim_field: str, *fields: str) -> Any:  # noqa: ANN401  (named tuples)
    named = unclaimed(rows.annotate(has_flat_rate=HAS_FLAT_RATE), claim_field)
    return named.order_by("pk").values_list(*COMMON_FIELDS, *fields, named=True).iterator()
