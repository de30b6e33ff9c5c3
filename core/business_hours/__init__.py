"""Business hours: when a firm is at work, exact through summer time.

A schedule is a value, and everything is asked of it::

    weekday = (Window(time(9), time(12)), Window(time(13), time(17)))
    hours = BusinessHours(ZoneInfo("Europe/Paris"), (weekday,) * 5 + ((), ()))
    hours.opens(day)              # the intervals of that local day during which it is open
    hours.elapsed(start, end)     # seconds of business time between two instants
    hours.due(start, seconds)     # the first instant by which so much business time has passed
    hours.split(start, end)       # the time between, cut where hours or holidays begin or end

Edges are times on the wall of a place, time that passes is real: a shift of eight hours lasts seven
in the night that summer time begins. Two nights a year need a rule, and every edge follows it:

- A time that the clock shows twice counts when it is shown first.
- A time that the clock never shows counts at the moment at which the clock jumps over it.

A window belongs to the day on which it opens; one that closes no later than it opens lasts into the
next day. A day with hours of its own (``DatedHours``) follows those, a holiday is closed, any other
day follows the week. A closed day has no business time from midnight to midnight: the shift of the
evening before ends at midnight, and none begins.

Business time is counted in whole seconds: an instant counts as the second that it falls in.
"""

from core.business_hours.instants import Interval, Piece
from core.business_hours.schedule import BusinessHours, DatedHours, NeverDue, Week, Window

__all__ = ["BusinessHours", "DatedHours", "Interval", "NeverDue", "Piece", "Week", "Window"]
