"""On which day a client is billed next."""

from datetime import date

from billing.queries.schedule import the_schedule
from clients.models import Client
from core.periods import add_months


def next_billing_day(client: Client, today: date) -> date:
    """Return the next day after today that the client, or else the firm, is billed on.

    31 stands for a month's last day.
    """
    wanted = client.billing_day or the_schedule().day
    # Counted from a month of 31 days, so that the day is clamped month by month.
    anchor = date(today.year - 1, 12, wanted)
    day = add_months(anchor, today.month)
    return day if day > today else add_months(anchor, today.month + 1)
