"""The rates of value-added tax that set-up proposes; the firm checks and corrects them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.models import TaxCode


@dataclass(frozen=True)
class KnownTaxes:
    """A country's rates, and since when they have held together."""

    since: date
    rates: dict[TaxCode, Decimal]


def _known(since: date, *percents: str) -> KnownTaxes:
    codes = (TaxCode.STANDARD, TaxCode.INTERMEDIATE, TaxCode.REDUCED, TaxCode.SPECIAL)
    rates = {code: Decimal(text) for code, text in zip(codes, percents, strict=True) if text}
    return KnownTaxes(since, rates)


KNOWN = {
    "FR": _known(date(2014, 1, 1), "20", "10", "5.5", "2.1"),
    "BE": _known(date(1996, 1, 1), "21", "12", "6", ""),
    "CH": _known(date(2024, 1, 1), "8.1", "", "2.6", "3.8"),
    "DE": _known(date(2021, 1, 1), "19", "", "7", ""),
    "LU": _known(date(2024, 1, 1), "17", "14", "8", "3"),
}
