"""The words of billing, spelled as the database spells them."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of evidence a charge rests on."""

    RECURRING = "recurring"
    ADJUSTMENT = "adjustment"
    FLAT = "flat"
    TIME = "time"
    PART = "part"
    PREPAID = "prepaid"
    HAND = "hand"
    HAND_GOODS = "hand_goods"


class Treatment(StrEnum):
    """What became of the evidence."""

    BILLED = "billed"
    COVERED = "covered"
    DRAWN = "drawn"
    FLAT = "flat"
    WAIVED = "waived"


class Unit(StrEnum):
    """What the quantity of a charge counts."""

    MINUTE = "minute"
    PIECE = "piece"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    PRO_RATA = "pro_rata"


class BillingMode(StrEnum):
    """How the work on a ticket becomes money."""

    HOURLY = "hourly"
    FLAT_RATE = "flat_rate"
    FREE = "free"


class Timing(StrEnum):
    """Whether a period is billed before it is served or after."""

    ADVANCE = "advance"
    ARREARS = "arrears"


class StubRule(StrEnum):
    """What the piece before the first whole period costs."""

    PRORATED = "prorated"
    JOINED = "joined"
    FULL = "full"
    FREE = "free"


class Proration(StrEnum):
    """By what the days of a piece of a period are divided."""

    ACTUAL_DAYS = "actual_days"
    THIRTY_DAYS = "thirty_days"


class QuantityRule(StrEnum):
    """What a change of the quantity inside a period does to that period."""

    DAILY = "daily"
    SNAPSHOT = "snapshot"
    HIGH_WATER = "high_water"
    NEXT_PERIOD = "next_period"


class ChangeEffect(StrEnum):
    """From when a new version of a line counts: at once with true-up, or from the next period."""

    IMMEDIATE = "immediate"
    NEXT_PERIOD = "next_period"


class Pricing(StrEnum):
    """How the price of a period comes from the quantity."""

    PER_UNIT = "per_unit"
    PACKAGE = "package"
    VOLUME = "volume"
    GRADUATED = "graduated"


class RoundingScope(StrEnum):
    """Over what the minutes of work are added up before they are rounded."""

    ENTRY = "entry"
    TICKET = "ticket"
    DAY = "day"


class RateLevel(StrEnum):
    """Where an hourly rate was agreed, the closest first."""

    ENTRY = "entry"
    TICKET = "ticket"
    CONTRACT = "contract"
    CLIENT = "client"
    FIRM = "firm"


class CoverageEffect(StrEnum):
    """What a contract says about a kind of work."""

    INCLUDED = "included"
    AT_RATE = "at_rate"
    EXCLUDED = "excluded"


class OtherWork(StrEnum):
    """What becomes of work that a contract does not name."""

    BILL = "bill"
    ASK = "ask"


class ContractChoice(StrEnum):
    """Whether a person has said which contract pays for work."""

    AUTOMATIC = "automatic"
    CONTRACT = "contract"
    NONE = "none"


class Waiver(StrEnum):
    """Why work is not billed."""

    GOODWILL = "goodwill"
    INTERNAL = "internal"
    WARRANTY = "warranty"
    REWORK = "rework"
    TRAINING = "training"
    OTHER = "other"


class Rollover(StrEnum):
    """What becomes of hours that a month leaves over."""

    NONE = "none"
    OLDEST_FIRST = "oldest_first"


class BlockUnit(StrEnum):
    """What a prepaid block holds."""

    MINUTES = "minutes"
    MONEY = "money"
    INCIDENTS = "incidents"


class Grouping(StrEnum):
    """What a client gets an invoice of its own for."""

    CLIENT = "client"
    CONTRACT = "contract"
    SITE = "site"
    COST_CENTRE = "cost_centre"
    PURCHASE_ORDER = "purchase_order"


class Situation(StrEnum):
    """Which country's tax a sale falls under, and who pays it over."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    OUTSIDE_EU = "outside_eu"
    SMALL_BUSINESS = "small_business"
    OUTSIDE_SCOPE = "outside_scope"


class Hold(StrEnum):
    """Why a client, or one piece of its evidence, cannot be billed for now."""

    CALENDAR_UNKNOWN = "calendar_unknown"
    CLIENT_PARKED = "client_parked"
    CONTRACT_AMBIGUOUS = "contract_ambiguous"
    CONTRACT_UNCLEAR = "contract_unclear"
    COUNTRY_MISSING = "country_missing"
    CURRENCY_DIFFERS = "currency_differs"
    DATABASE_REFUSES = "database_refuses"
    FLAT_RATE_MISSING = "flat_rate_missing"
    NEGATIVE_TOTAL = "negative_total"
    NOT_WORKED_OUT = "not_worked_out"
    ORDER_MISSING = "order_missing"
    PRICE_MISSING = "price_missing"
    RATE_MISSING = "rate_missing"
    TAX_RATE_MISSING = "tax_rate_missing"
    ZONE_PRICE_MISSING = "zone_price_missing"


class NotBillable(Exception):
    """A client's evidence cannot be turned into an invoice until a person puts something right."""

    def __init__(self, hold: Hold, **facts: str) -> None:
        super().__init__(hold, facts)
        self.hold = hold
        self.facts = facts
