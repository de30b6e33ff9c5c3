"""When people are told that promises run out; opens no transaction."""

from datetime import datetime

from contracts.domain.calendar_facts import hours_of
from contracts.models import SLAPolicy
from contracts.operations._calendar_versions import version_at
from core.business_hours import BusinessHours
from tickets.queries.promises import firm_calendar_id


def working_hours(policy: SLAPolicy | None, now: datetime) -> BusinessHours | None:
    """Return the firm's own hours, or nothing where people are told at any hour."""
    is_any_hour = policy is not None and policy.warns_at_any_hour
    calendar_id = None if is_any_hour else firm_calendar_id()
    return None if calendar_id is None else hours_of(version_at(calendar_id, now).facts)
