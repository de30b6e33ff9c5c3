"""What people say they did, as plain values that the operations take."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.business_hours import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What a person says about the price of work; what is left empty follows from the rules.

    ``billable_minutes`` stand in the place of those worked, ``waiver`` says why nothing is billed.
    ``contract_choice`` is "automatic", "none" or "contract", then ``contract_id`` pays.
    """

    billable_minutes: int | None = None
    waiver: str = ""
    work_role_id: int | None = None
    travel_zone_id: int | None = None
    hourly_rate: Decimal | None = None
    contract_choice: str = "automatic"
    contract_id: int | None = None


BY_THE_RULES = Pricing()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWorked:
    """Work of one technician: from an instant to another, or minutes on a local day.

    ``breaks`` lie between the instants and are not worked. ``technician_id`` is who worked, the
    actor where it is empty.
    """

    work_type_id: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    breaks: tuple[Interval, ...] = ()
    minutes: int | None = None
    worked_on: date | None = None
    is_billable: bool = True
    not_billable_reason: str = ""
    is_out_of_scope: bool = False
    note: str = ""
    technician_id: int | None = None
    pricing: Pricing = BY_THE_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTaken:
    """A part from the catalog, or one in words of one's own with its price.

    An empty description or price is taken from the product.
    """

    used_on: date
    product_id: int | None = None
    description: str = ""
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    is_billable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRatePerformed:
    """A flat-rate service; ``includes_time`` when the ticket's time is part of it."""

    product_id: int
    quantity: Decimal = Decimal(1)
    includes_time: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One submit of the composer: whatever of it is filled in is saved together."""

    body: str = ""
    is_public: bool = True
    time: TimeWorked | None = None
    part: PartTaken | None = None
    flat_rate: FlatRatePerformed | None = None
    status_id: int | None = None
    more_parts: tuple[PartTaken, ...] = ()
    file_ids: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[PartTaken, ...]:
        """All the parts."""
        first = () if self.part is None else (self.part,)
        return (*first, *self.more_parts)
