"""The rates at which VAT is stated in euro."""

from datetime import date, timedelta

from billing.models import ExchangeRate

# An older rate says nothing of the day any more.
LONGEST = timedelta(days=31)


def rate_on(currency: str, day: date) -> ExchangeRate | None:
    """Return the latest rate of the last month that holds on the day."""
    rates = ExchangeRate.objects.filter(
        currency=currency, valid_from_on__lte=day, valid_from_on__gte=day - LONGEST
    )
    return rates.order_by("-valid_from_on").first()
