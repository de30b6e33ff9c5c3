"""What currencies are worth in the books."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from billing.models import ExchangeRate

EURO = "EUR"


class RateMissing(LookupError):
    """Nobody has said what the currency is worth on this day."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(currency)
        self.currency = currency
        self.day = day


class Worth:
    """The dated rates of all currencies, read once where one is asked for."""

    def __init__(self, books_in: str) -> None:
        self._books_in = books_in

    @cached_property
    def _rates(self) -> list[tuple[str, date, Decimal]]:
        rows = ExchangeRate.objects.order_by("-valid_from_on")
        return list(rows.values_list("currency", "valid_from_on", "rate"))

    def per_unit(self, currency: str, day: date) -> Decimal:
        """Return what one unit of the currency is worth in the books.

        :raises RateMissing: there is no rate from that day or before
        """
        if currency == self._books_in:
            return Decimal(1)
        return self._units(self._books_in, day) / self._units(currency, day)

    def _units(self, currency: str, day: date) -> Decimal:
        if currency == EURO:
            return Decimal(1)
        for code, starts_on, units in self._rates:
            if code == currency and starts_on <= day:
                return units
        raise RateMissing(currency, day)
