"""What work at unusual hours costs more: of all the surcharges that count, the highest.

An entry with a start and an end is cut into stretches wherever a surcharge begins or ends. Its
billed minutes belong to the stretches by their share of the clock: of 16:00 to 19:00 with closing
at 17:00, a third of what is billed is at the normal rate and two thirds are at the higher one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, pairwise

from billing.domain.agreements import ALWAYS, Contract
from billing.domain.evidence import Stretch, TimeWorked
from billing.domain.rounding import share
from core.business_hours import BusinessHours, Interval
from core.periods import Period

NORMAL = Decimal(1)


class Counts(StrEnum):
    """When a surcharge counts."""

    OUTSIDE = "outside"
    HOLIDAYS = "holidays"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A multiplier of the rate: outside business hours, on holidays, or at certain times.

    ``window`` is open at those certain times of certain weekdays. ``period`` holds the days on
    which work must begin for the surcharge to count.
    """

    name: str
    multiplier: Decimal
    counts: Counts
    window: BusinessHours | None = None
    period: Period = ALWAYS


_OUTSIDE = Surcharge("", NORMAL, Counts.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Segment:
    """Billed minutes of an entry at one multiplier."""

    minutes: int
    multiplier: Decimal = NORMAL
    reason: str = ""


def stretches_of(
    between: Interval,
    hours: BusinessHours,
    surcharges: Iterable[Surcharge],
    *,
    tells_outside: bool = False,
) -> tuple[Stretch, ...]:
    """Return the stretches of work in the order of the clock, neighbours at one surcharge as one.

    ``hours`` say what business hours and holidays are. Nothing where no surcharge counts and no
    part that is to be told lies outside business hours.
    """
    between = Interval(_whole_second(between.start), _whole_second(between.end))
    day = between.start.astimezone(hours.zone).date()
    counting = [
        (surcharge, list(_counting(surcharge, hours, between)))
        for surcharge in surcharges
        if day in surcharge.period
    ]
    outside = list(_counting(_OUTSIDE, hours, between)) if tells_outside else []
    if not outside and not any(times for _, times in counting):
        return ()
    edges = {between.start, between.end}
    for times in (outside, *(times for _, times in counting)):
        edges.update(edge for time in times for edge in (time.start, time.end))
    cut = (_stretch(Interval(*edge), counting, outside) for edge in pairwise(sorted(edges)))
    return tuple(_joined(cut))


def stretches_of_all(
    worked: Sequence[Interval],
    hours: BusinessHours,
    surcharges: Iterable[Surcharge],
    *,
    tells_outside: bool = False,
) -> tuple[Stretch, ...]:
    """Return the stretches of work with breaks; it began on the day of its first part."""
    if len(worked) == 1:
        return stretches_of(worked[0], hours, surcharges, tells_outside=tells_outside)
    day = worked[0].start.astimezone(hours.zone).date()
    counting = [replace(one, period=ALWAYS) for one in surcharges if day in one.period]
    cut = [stretches_of(part, hours, counting, tells_outside=tells_outside) for part in worked]
    if not any(cut):
        return ()
    pairs = zip(worked, cut, strict=True)
    return tuple(
        stretch for part, found in pairs for stretch in found or (Stretch(part.seconds, NORMAL),)
    )


def unknown_calendar_of(entry: TimeWorked, contract: Contract | None = None) -> str:
    """Return the calendar that the price waits for, empty where none is in question."""
    if not entry.work_type.takes_surcharges and entry.work_type.after_hours is None:
        return ""
    stretches = stretches_for(entry, contract)
    return next((one.unknown_calendar for one in stretches if one.unknown_calendar), "")


def parts_of(entry: TimeWorked, contract: Contract | None = None) -> tuple[TimeWorked, ...]:
    """Return the parts of work that are rated as one kind each, in the order of the clock.

    A journey that is billed by its zone stays one.
    """
    after, stretches = entry.work_type.after_hours, stretches_for(entry, contract)
    if after is None or entry.zone or not any(one.is_outside for one in stretches):
        return (entry,)
    parts: dict[bool, list[Stretch]] = {}
    for stretch in stretches:
        parts.setdefault(stretch.is_outside, []).append(stretch)
    return tuple(
        replace(
            entry,
            work_type=after if is_outside else entry.work_type,
            logged_as=entry.work_type if is_outside else None,
            stretches=tuple(found),
            stretches_by_contract={},
        )
        for is_outside, found in parts.items()
    )


def segments_of(entry: TimeWorked, minutes: int, contract: Contract | None = None) -> list[Segment]:
    """Return the billed minutes by multiplier, in the order in which the clock meets each.

    The business hours are those of the contract that pays, where it has hours of its own.
    """
    stretches = stretches_for(entry, contract)
    if not stretches:
        return [Segment(minutes, entry.work_type.multiplier)]
    seconds: dict[Decimal, int] = {}
    reasons: dict[Decimal, str] = {}
    for stretch in stretches:
        multiplier, reason = _highest(entry, stretch)
        seconds[multiplier] = seconds.get(multiplier, 0) + stretch.seconds
        reasons.setdefault(multiplier, reason)
    parts = share(minutes, list(seconds.values()))
    found = [
        Segment(part, multiplier, reasons[multiplier])
        for multiplier, part in zip(seconds, parts, strict=True)
    ]
    return [segment for segment in found if segment.minutes] or found[:1]


def stretches_for(entry: TimeWorked, contract: Contract | None) -> Sequence[Stretch]:
    """Return the stretches by the hours of the contract that pays, else by those of the firm."""
    if contract is None:
        return entry.stretches
    return entry.stretches_by_contract.get(contract.id, entry.stretches)


def _whole_second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _highest(entry: TimeWorked, stretch: Stretch) -> tuple[Decimal, str]:
    """Return the highest multiplier that counts, never several multiplied; a name if it has one."""
    counting = [(entry.work_type.multiplier, "")]
    if entry.work_type.takes_surcharges:
        counting.append((stretch.multiplier, stretch.reason))
    unusual = [one for one in counting if one[0] != NORMAL]
    return max(unusual, key=lambda one: one[0], default=(NORMAL, ""))


def _counting(surcharge: Surcharge, hours: BusinessHours, between: Interval) -> Iterator[Interval]:
    """Yield the times of the work at which the surcharge counts."""
    schedule = surcharge.window if surcharge.counts == Counts.WINDOW else hours
    if schedule is None:
        return
    for piece in schedule.split(between.start, between.end):
        counts = {
            Counts.OUTSIDE: not piece.is_open,
            Counts.HOLIDAYS: piece.is_holiday,
            Counts.WINDOW: piece.is_open,
        }
        if counts[surcharge.counts]:
            yield piece


def _stretch(
    between: Interval,
    counting: Sequence[tuple[Surcharge, list[Interval]]],
    outside: Sequence[Interval],
) -> Stretch:
    found = [surcharge for surcharge, times in counting if _meets(times, between)]
    is_outside = _meets(outside, between)
    highest = max(found, key=lambda one: one.multiplier, default=None)
    if highest is None:
        return Stretch(between.seconds, NORMAL, is_outside=is_outside)
    return Stretch(between.seconds, highest.multiplier, highest.name, is_outside=is_outside)


def _meets(times: Sequence[Interval], between: Interval) -> bool:
    return any(time.start <= between.start < time.end for time in times)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    for (multiplier, reason, is_outside), alike in groupby(
        stretches, key=lambda stretch: (stretch.multiplier, stretch.reason, stretch.is_outside)
    ):
        seconds = sum(stretch.seconds for stretch in alike)
        yield Stretch(seconds, multiplier, reason, is_outside=is_outside)
