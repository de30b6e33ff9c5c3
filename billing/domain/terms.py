"""The words of billing, spelled as the database spells them."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of evidence a charge rests on."""

    RECURRING = "recurring"
    ADJUSTMENT = "adjustment"
    FLAT = "flat"
    TIME = "time"
    PART = "part"


class Treatment(StrEnum):
    """What became of the evidence."""

    BILLED = "billed"
    COVERED = "covered"
    FLAT = "flat"
    WAIVED = "waived"


class Unit(StrEnum):
    """What the quantity of a charge counts."""

    MINUTE = "minute"
    PIECE = "piece"
    MONTH = "month"
    PRO_RATA = "pro_rata"


class BillingMode(StrEnum):
    """How the work on a ticket becomes money."""

    HOURLY = "hourly"
    FLAT_RATE = "flat_rate"
    FREE = "free"


class Timing(StrEnum):
    """Whether a month is billed before it is served or after."""

    ADVANCE = "advance"
    ARREARS = "arrears"


class Situation(StrEnum):
    """Which country's tax a sale falls under, and who pays it over."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    OUTSIDE_EU = "outside_eu"
    SMALL_BUSINESS = "small_business"


class Hold(StrEnum):
    """Why a client cannot be billed for now."""

    COUNTRY_MISSING = "country_missing"
    CURRENCY_DIFFERS = "currency_differs"
    FLAT_RATE_MISSING = "flat_rate_missing"
    NEGATIVE_TOTAL = "negative_total"
    PRICE_MISSING = "price_missing"
    RATE_MISSING = "rate_missing"
    TAX_RATE_MISSING = "tax_rate_missing"


class NotBillable(Exception):
    """A client's evidence cannot be turned into an invoice until a person puts something right."""

    def __init__(self, hold: Hold, **facts: str) -> None:
        super().__init__(hold, facts)
        self.hold = hold
        self.facts = facts
