"""What was done for clients and is on no live charge yet; a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Exists, Model, OuterRef, QuerySet

from billing.domain.evidence import FlatRatePerformed, PartUsed, TimeTakenBack, TimeWorked
from billing.domain.terms import Waiver
from billing.models import Claim, EvidenceKind, OpenEvidence
from billing.queries.taken_back import taken_back_of
from billing.queries.tickets import HAS_FLAT_RATE, TICKET_FIELDS, Tickets
from billing.queries.time import TIME_FIELDS, TimeRows
from tickets import models as tickets

Row = TypeVar("Row", bound=Model)
COMMON_FIELDS = ("pk", "version", "ticket__client_id")
SOLD_FIELDS = ("description", "quantity", "tax_code", "product__ledger_account")
PART_FIELDS = (*SOLD_FIELDS, "unit_price", "used_on", "is_billable", "waiver")


def unclaimed(rows: "QuerySet[Row]", claim_field: str) -> "QuerySet[Row]":
    """Return the evidence that no live charge holds and that no other system has billed."""
    claims = Claim.objects.filter(**{claim_field: OuterRef("pk")}, released_at=None)
    return rows.filter(~Exists(claims), billed_elsewhere=False)


def open_evidence_of(client_ids: Collection[int]) -> dict[str, list[int]]:
    """Return, by kind, the keys of the clients' evidence that no live charge holds."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = OpenEvidence.objects.filter(owner_id__one_of=client_ids)
    for kind, key in rows.values_list("kind", "evidence_id"):
        found[kind].append(key)
    return found


class UnbilledWork:
    """The unbilled work of some clients before a day; each ticket is made into one value.

    With ``with_billed`` it is all their work, for asking what it would have cost otherwise.
    """

    def __init__(
        self,
        client_ids: Collection[int],
        as_of: date,
        zone: ZoneInfo,
        *,
        with_billed: bool = False,
    ) -> None:
        self._client_ids = client_ids
        self._open = None if with_billed else open_evidence_of(client_ids)
        self._as_of = as_of
        self._tickets = Tickets(zone)
        self._time = TimeRows(self._tickets, zone)

    def _find(self, rows: "QuerySet[Row]", kind: str) -> "QuerySet[Row]":
        """Return the rows that are the clients', found by what is open and not by what was done."""
        if self._open is None:
            return rows.filter(ticket__client__one_of=self._client_ids)
        keys = self._open.get(kind)
        return rows.filter(pk__one_of=keys) if keys else rows.none()

    def time(self, *, with_unapproved: bool = False) -> dict[int, list[TimeWorked]]:
        """Return time entries by client, those that are approved unless all are asked for."""
        entries = tickets.TimeEntry.objects.filter(worked_on__lt=self._as_of)
        if not with_unapproved:
            entries = entries.filter(is_approved=True)
        found = self._find(entries, EvidenceKind.TIME)
        return self._time.values(list(_rows(found, *TIME_FIELDS)))

    def taken_back(self) -> dict[int, list[TimeTakenBack]]:
        """Return, by client, minutes of billed entries that are to be credited."""
        return taken_back_of(self._client_ids, self._as_of, self._entries)

    def parts(self) -> dict[int, list[PartUsed]]:
        """Return parts by client."""
        used = tickets.PartUsed.objects.filter(used_on__lt=self._as_of)
        parts = self._find(used, EvidenceKind.PART)
        found: dict[int, list[PartUsed]] = defaultdict(list)
        for row in _rows(parts, *PART_FIELDS):
            found[row.ticket__client_id].append(
                PartUsed(
                    id=row.pk,
                    ticket=self._tickets.of(row),
                    description=row.description,
                    quantity=row.quantity,
                    unit_price=row.unit_price,
                    used_on=row.used_on,
                    is_billable=row.is_billable,
                    waiver=Waiver(row.waiver) if row.waiver else None,
                    tax_code=row.tax_code,
                    ledger_account=row.product__ledger_account or "",
                    version=row.version,
                )
            )
        return found

    def flat_rates(self) -> dict[int, list[FlatRatePerformed]]:
        """Return flat-rate jobs on closed tickets by client."""
        done = tickets.FlatRateItem.objects.filter(ticket__closed_at__isnull=False)
        jobs = self._find(done, EvidenceKind.FLAT_RATE)
        found: dict[int, list[FlatRatePerformed]] = defaultdict(list)
        for row in _rows(jobs, *SOLD_FIELDS, "price"):
            found[row.ticket__client_id].append(
                FlatRatePerformed(
                    id=row.pk,
                    ticket=self._tickets.of(row),
                    description=row.description,
                    quantity=row.quantity,
                    price=row.price,
                    tax_code=row.tax_code,
                    ledger_account=row.product__ledger_account or "",
                    version=row.version,
                )
            )
        return found

    def _entries(self, keys: Collection[int]) -> dict[int, list[TimeWorked]]:
        entries = tickets.TimeEntry.objects.filter(pk__one_of=keys)
        return self._time.values(list(_rows(entries, *TIME_FIELDS)))


def _rows(rows: "QuerySet[Any]", *fields: str) -> Any:  # noqa: ANN401  (named tuples)
    named = rows.annotate(has_flat_rate=HAS_FLAT_RATE).order_by("pk")
    return named.values_list(*COMMON_FIELDS, *TICKET_FIELDS, *fields, named=True).iterator()
