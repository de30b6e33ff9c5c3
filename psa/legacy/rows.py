"""What a row of each file says, once every cell has been understood."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Content: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class FirmRow:
    """The firm itself."""

    name: str
    legal_form: str
    share_capital: Decimal | None
    registration_number: str
    register_town: str
    vat_number: str
    street: str
    postcode: str
    city: str
    country: str
    currency: str
    time_zone: str
    iban: str
    invoice_prefix: str
    tax_rate: Decimal

    @property
    def key(self) -> str:
        """There is one firm."""
        return "firm"


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client; the fields are those of the model."""

    code: str
    name: str
    vat_number: str
    registration_number: str
    street: str
    postcode: str
    city: str
    country: str
    currency: str
    payment_days: int
    language: str

    @property
    def key(self) -> str:
        """A client is known by its code."""
        return self.code


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a client."""

    client: str
    first_name: str
    last_name: str
    email: str
    phone: str
    uses_portal: bool

    @property
    def key(self) -> str:
        """A contact is known by address, without one by name, within the client."""
        person = self.email or f"{self.first_name} {self.last_name}"
        return f"{self.client} {person.lower()}"


@dataclass(frozen=True, slots=True)
class RateRow:
    """A work type with the firm's hourly rate."""

    code: str
    name: str
    hourly_rate: Decimal
    minimum_minutes: int
    step_minutes: int

    @property
    def key(self) -> str:
        """A work type is known by its code."""
        return self.code


@dataclass(frozen=True, slots=True)
class ClientRateRow:
    """What a client pays for an hour of a work type."""

    client: str
    work_type: str
    hourly_rate: Decimal

    @property
    def key(self) -> str:
        """A client has one rate per work type."""
        return f"{self.client} {self.work_type}"


@dataclass(frozen=True, slots=True)
class FlatRateRow:
    """A known job at a fixed price."""

    code: str
    name: str
    price: Decimal

    @property
    def key(self) -> str:
        """A flat rate is known by its code."""
        return self.code


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A managed contract with its one line."""

    number: str
    client: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    timing: str
    starts_on: date
    last_day_on: date | None
    billed_through_on: date | None
    covers: tuple[str, ...]

    @property
    def key(self) -> str:
        """A contract is known by its number."""
        return self.number


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket, and the flat rate that was agreed for it."""

    number: str
    client: str
    subject: str
    description: str
    opened_at: datetime
    closed_at: datetime | None
    billing_mode: str
    flat_rate: str
    billed_elsewhere: bool

    @property
    def key(self) -> str:
        """A ticket is known by its number."""
        return self.number


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A time entry."""

    ref: str
    ticket: str
    technician: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    worked_on: date
    work_type: str
    is_billable: bool
    billed_elsewhere: bool
    note: str

    @property
    def key(self) -> str:
        """A time entry is known by its number."""
        return self.ref


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part used."""

    ref: str
    ticket: str
    reference: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    used_on: date
    billed_elsewhere: bool

    @property
    def key(self) -> str:
        """A part used is known by its number."""
        return self.ref


Row: TypeAlias = (
    FirmRow
    | ClientRow
    | ContactRow
    | RateRow
    | ClientRateRow
    | FlatRateRow
    | ContractRow
    | TicketRow
    | TimeRow
    | PartRow
)


def content_of(row: Row) -> Content:
    """Return what the row says as plain text, the same for the same meaning."""
    return {field.name: _text(getattr(row, field.name)) for field in dataclasses.fields(row)}


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else ""
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case tuple():
            return "+".join(str(part) for part in value)
        case _:
            return str(value)
