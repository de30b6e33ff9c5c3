"""What a message of Stripe says, read strictly: what is missing or of another kind is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

# How Stripe writes amounts: in hundredths, but for these.
WHOLE = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
        "XOF", "XPF",
    }
)  # fmt: skip
THOUSANDTHS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
SESSION, REFUND, DISPUTE = "checkout.session", "refund", "dispute"


class NotTold(ValueError):
    """This is no message of Stripe."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message: what happened when to which object, and the money of it.

    ``key`` is ours, as we gave it to the payment page; ``status`` is the payment's for a page, the
    object's own otherwise.
    """

    event_id: str
    kind: str
    happened_at: datetime
    is_live: bool
    thing: str
    thing_id: str
    intent_id: str
    key: UUID | None
    status: str
    amount: Decimal
    currency: str
    answer_by: datetime | None = None


def to_minor(amount: Decimal, currency: str) -> int:
    """Return an amount as Stripe writes it.

    :raises ValueError: it is finer than the currency
    """
    minor = amount.scaleb(_places(currency))
    if minor != int(minor):
        raise ValueError(f"{amount} {currency} is no whole number of the smallest unit")
    return int(minor)


def from_minor(minor: int, currency: str) -> Decimal:
    """Return the amount that Stripe wrote."""
    return Decimal(minor).scaleb(-_places(currency))


def read(body: Mapping[str, Any]) -> Told:
    """Return what a message says.

    :raises NotTold: it is none
    """
    try:
        return _read(body)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NotTold(str(error)) from error


def _read(body: Mapping[str, Any]) -> Told:
    if body["object"] != "event":
        raise ValueError("no event")
    thing = body["data"]["object"]
    currency = str(thing.get("currency") or "").upper()
    is_session = thing["object"] == SESSION
    minor = thing.get("amount_total" if is_session else "amount")
    due = (thing.get("evidence_details") or {}).get("due_by")
    return Told(
        event_id=_text(body["id"]),
        kind=_text(body["type"]),
        happened_at=_moment(body["created"]),
        is_live=body["livemode"] is True,
        thing=_text(thing["object"]),
        thing_id=_text(thing.get("id") or "-"),
        intent_id=_id_of(thing.get("payment_intent")),
        key=_key(thing.get("client_reference_id")) if is_session else None,
        status=str(thing.get("payment_status" if is_session else "status") or ""),
        amount=from_minor(_whole(minor), currency) if minor is not None else Decimal(0),
        currency=currency,
        answer_by=_moment(due) if due else None,
    )


def _places(currency: str) -> int:
    if currency in WHOLE:
        return 0
    return 3 if currency in THOUSANDTHS else 2


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text is missing")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("an amount is no whole number")
    return value


def _moment(value: object) -> datetime:
    return datetime.fromtimestamp(_whole(value), UTC)


def _id_of(value: object) -> str:
    """Return the id of what may be written out whole instead."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return str(value or "")


def _key(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
