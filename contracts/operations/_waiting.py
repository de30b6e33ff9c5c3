"""What waits for the next period, written on the day from which it counts; no transaction."""

from collections.abc import Sequence
from datetime import date

from contracts.domain.versions import in_force
from contracts.models import ChangeEffect, ContractLine, LineVersion
from contracts.operations._line_terms import picked
from contracts.schedule import AGREED, counting_from


def versions_of(line: ContractLine) -> list[LineVersion]:
    """Return the line's versions as they are stored now, by day."""
    return list(LineVersion.objects.filter(line=line).order_by("starts_on"))


def let_nothing_wait(line: ContractLine, day: date) -> None:
    """Date what waits on the day by the day from which it counts: what is owed stays the same.

    A version has one effect for all that it says, so that a price that counts from the day cannot
    be written into one that waits, nor after it without taking its place.
    """
    ordered = versions_of(line)
    days = counting_from(line.contract, line, ordered)
    until = [end for one, end in zip(ordered, days, strict=True) if one.starts_on <= day < end]
    if until:
        _date_by(until[-1], ordered, days)


def _date_by(end: date, ordered: Sequence[LineVersion], days: Sequence[date]) -> None:
    """Let all that waits for the day be one version of that day."""
    waiting = [
        one for one, day in zip(ordered, days, strict=True) if day == end and one.starts_on < end
    ]
    last = [one for one in ordered if one.starts_on < end][-1]
    agreed = picked(last, AGREED)
    for one in ordered:
        if waiting[0].starts_on < one.starts_on < end and one not in waiting:
            _say_what_counts(one, ordered, days)
    for one in waiting[:-1]:
        one.delete()
    if any(one.starts_on == end for one in ordered):
        waiting[-1].delete()
        return
    _write(waiting[-1], {**agreed, "starts_on": end, "effect": ChangeEffect.IMMEDIATE})


def _say_what_counts(
    version: LineVersion, ordered: Sequence[LineVersion], days: Sequence[date]
) -> None:
    """Take out of a version what it took over from one that waits."""
    values = {
        name: in_force([getattr(one, name) for one in ordered], days, version.starts_on)
        for name in AGREED
    }
    LineVersion.objects.filter(pk=version.pk).update(**values)


def _write(version: LineVersion, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(version, name, value)
    version.save(update_fields=list(values))
