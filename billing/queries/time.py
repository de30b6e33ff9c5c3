"""Time that was worked, as rating wants it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from billing.domain.agreements import DatedPrice
from billing.domain.evidence import TimeWorked, TravelZone, WorkRole, WorkType
from billing.domain.terms import ContractChoice, Waiver
from billing.queries.tickets import Tickets
from billing.queries.unusual_hours import NO_STRETCHES, Clocked, stretches_of_entries
from catalog import models as catalog
from core.business_hours import Interval
from core.periods import Period
from tickets.domain.stretches import without_breaks

TIME_FIELDS = (
    "work_type_id",
    "worked_on",
    "started_at",
    "ended_at",
    "breaks",
    "minutes",
    "billable_minutes",
    "is_billable",
    "waiver",
    "is_out_of_scope",
    "work_role_id",
    "technician__work_role_assignment__work_role_id",
    "travel_zone_id",
    "hourly_rate",
    "contract_choice",
    "contract_id",
)


def work_types() -> dict[int, WorkType]:
    """Return every kind of work, those no longer in use too."""
    rows = catalog.WorkType.objects.values_list(
        "pk", "name", "tax_code", "ledger_account", "multiplier", "takes_surcharges",
        "after_hours_type_id",
    )  # fmt: skip
    alone = {row[0]: WorkType(*row[:-1]) for row in rows}
    return {row[0]: replace(alone[row[0]], after_hours=alone.get(row[-1])) for row in rows}


def some_are_rated_otherwise(types: Mapping[int, WorkType]) -> bool:
    """Whether work of some type is rated as another outside business hours."""
    return any(one.after_hours for one in types.values())


def work_roles() -> dict[int, WorkRole]:
    """Return every role in which people work, those no longer in use too."""
    return {row[0]: WorkRole(*row) for row in catalog.WorkRole.objects.values_list("pk", "name")}


def usual_role(technician_id: int | None) -> int | None:
    """Return the role in which a person usually works, None where nobody has said so."""
    assigned = catalog.RoleAssignment.objects.filter(user=technician_id)
    return assigned.values_list("work_role_id", flat=True).first()


def travel_zones() -> dict[int, TravelZone]:
    """Return every zone with its prices, those no longer in use too."""
    return {
        zone.pk: TravelZone(zone.pk, zone.name, tuple(map(_price_of, zone.prices.all())))
        for zone in catalog.TravelZone.objects.prefetch_related("prices")
    }


def _price_of(row: catalog.TravelZonePrice) -> DatedPrice:
    return DatedPrice(Period.through(row.starts_on, row.last_day_on), row.price)


class TimeRows:
    """Makes values of rows of time entries that have ``TICKET_FIELDS`` and ``TIME_FIELDS``.

    A constant number of queries, however many rows there are.
    """

    def __init__(self, tickets: Tickets, zone: ZoneInfo) -> None:
        self._tickets = tickets
        self._zone = zone

    def values(self, rows: Sequence[Any]) -> dict[int, list[TimeWorked]]:
        """Return the time entries by client, in the order of the rows."""
        if not rows:
            return {}
        types, roles, zones = work_types(), work_roles(), travel_zones()
        stretches = stretches_of_entries(
            _clocked(rows), self._zone, tells_outside=some_are_rated_otherwise(types)
        )
        found: dict[int, list[TimeWorked]] = defaultdict(list)
        for row in rows:
            usual, by_contract = stretches.get(row.pk, NO_STRETCHES)
            role = row.work_role_id or row.technician__work_role_assignment__work_role_id
            found[row.ticket__client_id].append(
                TimeWorked(
                    id=row.pk,
                    ticket=self._tickets.of(row),
                    work_type=types[row.work_type_id],
                    worked_on=row.worked_on,
                    minutes=row.minutes,
                    billable_minutes=row.billable_minutes,
                    is_billable=row.is_billable,
                    waiver=Waiver(row.waiver) if row.waiver else None,
                    is_out_of_scope=row.is_out_of_scope,
                    role=roles.get(role),
                    hourly_rate=row.hourly_rate,
                    choice=ContractChoice(row.contract_choice),
                    contract_id=row.contract_id,
                    zone=zones.get(row.travel_zone_id),
                    stretches=usual,
                    stretches_by_contract=by_contract,
                    version=row.version,
                )
            )
        return found


def _clocked(rows: Sequence[Any]) -> list[Clocked]:
    return [
        Clocked(
            row.pk,
            row.ticket__client_id,
            row.worked_on,
            without_breaks(
                Interval(row.started_at, row.ended_at), [Interval(*one) for one in row.breaks]
            ),
        )
        for row in rows
        if row.started_at and row.ended_at
    ]
