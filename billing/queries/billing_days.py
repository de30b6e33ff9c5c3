"""On which day a client is billed next."""

from datetime import date

from clients.models import Client
from core.periods import add_months

FIRST_OF_MONTH = 1


def next_billing_day(client: Client, today: date) -> date:
    """Return the client's next billing day after today; 31 stands for a month's last day."""
    wanted = client.billing_day or FIRST_OF_MONTH
    # Counted from a month of 31 days, so that the day is clamped month by month.
    anchor = date(today.year - 1, 12, wanted)
    day = add_months(anchor, today.month)
    return day if day > today else add_months(anchor, today.month + 1)
