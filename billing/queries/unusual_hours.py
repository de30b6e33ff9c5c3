"""Which hours of work cost more: the firm's surcharges and the calendars they go by."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from billing.domain.agreements import ALWAYS
from billing.domain.evidence import Stretch
from billing.domain.surcharges import NORMAL, Counts, Surcharge, stretches_of_all
from contracts import models as contracts
from contracts.calendars import Calendars, business_calendars
from core.business_hours import BusinessHours, Interval, Window
from core.periods import FOREVER, Period

WEEKDAYS = range(7)
Stretches = Sequence[Stretch]
OfEntry = tuple[Stretches, Mapping[int, Stretches]]
NO_STRETCHES: OfEntry = ((), {})


@dataclass(frozen=True, slots=True)
class Clocked:
    """An entry of which is known when it was worked; breaks lie between the parts."""

    id: int
    client_id: int
    worked_on: date
    worked: tuple[Interval, ...]


def stretches_of_entries(
    entries: Sequence[Clocked], zone: ZoneInfo, *, tells_outside: bool
) -> dict[int, OfEntry]:
    """Return, by entry, its stretches by the firm's calendar and by those of contracts.

    A constant number of queries; one where the firm has no surcharges. ``tells_outside`` asks for
    those outside business hours too where they cost no more.
    """
    days = {entry.worked_on for entry in entries}
    unusual = unusual_hours(days, zone, tells_outside=tells_outside)
    if unusual is None:
        return {}
    own = calendars_of_contracts({entry.client_id for entry in entries})
    found: dict[int, OfEntry] = {}
    for entry in entries:
        by_contract = {
            contract_id: unusual.stretches(entry.worked, calendar_id)
            for contract_id, calendar_id in own.get(entry.client_id, ())
        }
        found[entry.id] = (unusual.stretches(entry.worked), by_contract)
    return found


class UnusualHours:
    """Cuts work into stretches by the firm's calendar, and by those that contracts have."""

    def __init__(
        self,
        rows: Sequence[contracts.Surcharge],
        calendars: Calendars,
        zone: ZoneInfo,
        *,
        tells_outside: bool,
    ) -> None:
        self._rows = rows
        self._tells_outside = tells_outside
        self._calendars = calendars
        self._always_open = BusinessHours.around_the_clock(zone)
        self._surcharges: dict[int | None, list[Surcharge]] = {}

    def stretches(self, worked: Sequence[Interval], calendar_id: int | None = None) -> Stretches:
        """Return the stretches of work by a calendar, by the firm's own where none is named.

        A firm without a calendar of its own has neither closing time nor holidays.
        """
        key = calendar_id or self._calendars.default_id
        if key is not None and key in self._calendars.unknown:
            name = self._calendars.unknown[key]
            return (Stretch(sum(part.seconds for part in worked), NORMAL, unknown_calendar=name),)
        hours = self._calendars.hours[key] if key else self._always_open
        counting = self._counting(key, hours)
        return stretches_of_all(worked, hours, counting, tells_outside=self._tells_outside)

    def _counting(self, calendar_id: int | None, hours: BusinessHours) -> list[Surcharge]:
        if calendar_id not in self._surcharges:
            self._surcharges[calendar_id] = [
                _value_of(row, hours)
                for row in self._rows
                if row.calendar_id in {None, calendar_id}
            ]
        return self._surcharges[calendar_id]


def unusual_hours(
    days: Collection[date], zone: ZoneInfo, *, tells_outside: bool
) -> UnusualHours | None:
    """Return what makes hours of these days cost more, None where nothing does."""
    rows = list(contracts.Surcharge.objects.order_by("pk")) if days else []
    if not days or not (rows or tells_outside):
        return None
    years = range(min(days).year - 1, max(days).year + 2)
    return UnusualHours(rows, business_calendars(years), zone, tells_outside=tells_outside)


def calendars_of_contracts(client_ids: Collection[int]) -> Mapping[int, list[tuple[int, int]]]:
    """Return, by client, the contracts that go by a calendar of their own, each with its key."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = contracts.Contract.objects.filter(client__one_of=client_ids, calendar__isnull=False)
    for client_id, pk, calendar_id in rows.values_list("client_id", "pk", "calendar_id"):
        if calendar_id is not None:
            found[client_id].append((pk, calendar_id))
    return found


def _value_of(row: contracts.Surcharge, hours: BusinessHours) -> Surcharge:
    start = row.starts_on or ALWAYS.start
    period = Period.through(start, row.last_day_on) if row.last_day_on else Period(start, FOREVER)
    window = _window_of(row, hours.zone) if row.applies == Counts.WINDOW else None
    return Surcharge(row.name, row.multiplier, Counts(row.applies), window, period)


def _window_of(row: contracts.Surcharge, zone: ZoneInfo) -> BusinessHours | None:
    if row.from_at is None or row.until_at is None:
        return None
    window = (Window(row.from_at, row.until_at),)
    weekdays = set(row.weekdays) or set(WEEKDAYS)
    return BusinessHours(zone, tuple(window if day in weekdays else () for day in WEEKDAYS))
