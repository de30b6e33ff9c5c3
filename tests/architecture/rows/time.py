"""People's time: timers, days, approval."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, page
from tests.architecture.access_world import World

LOGS, APPROVES = "tickets.add_timeentry", "tickets.approve_timesheetday"


def _timer(world: World) -> Mapping[str, Any]:
    return {"pk": world.timer.pk}


def _day(world: World) -> Mapping[str, Any]:
    return {"pk": world.timesheet_day.pk}


ROWS: dict[str, Row] = {
    "time:sheet": page(LOGS),
    "time:sheet-add": form(LOGS),
    "time:sheet-submit": action(LOGS),
    "time:sheet-withdraw": action(LOGS),
    "time:mine": page(LOGS),
    "time:approvals": page(APPROVES),
    "time:days-approve": action(APPROVES),
    "time:days-return": action(APPROVES),
    "time:working-hours": form("contracts.change_businesscalendar"),
    "time:timers": page(LOGS),
    "time:timer-control": page(LOGS),
    "time:timer-start": action(LOGS),
    "time:timer-resume": action(LOGS, _timer),
    "time:timer-park": action(LOGS, _timer),
    "time:timer-stop": action(LOGS, _timer),
    "time:timer-log": form(LOGS, _timer),
    "time:timer-forecast": page(LOGS, _timer),
    "time:timer-discard": action(LOGS, _timer),
    "api:timesheet-day-list": Row("api", {"GET": LOGS, "POST": LOGS}),
    "api:timesheet-day-detail": Row("api", {"GET": LOGS}, _day),
    "api:timesheet-day-approve": deed(APPROVES, _day),
    "api:timesheet-day-return": deed(APPROVES, _day),
    "api:timer-list": Row("api", {"GET": LOGS, "POST": LOGS}),
    "api:timer-detail": Row("api", {"GET": LOGS, "DELETE": LOGS}, _timer),
    "api:timer-resume": deed(LOGS, _timer),
    "api:timer-park": deed(LOGS, _timer),
    "api:timer-log": deed(LOGS, _timer),
}
