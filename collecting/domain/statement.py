"""A statement of account: what a client owed, what moved, what they owe now.

A move above nothing raises what is owed, one below lowers it. The opening balance is the sum of all
that moved before the first day, so that one statement opens with what the one before closed with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billing.domain.ageing import LIMITS, part_of
from core.money import ZERO


class MoveKind(StrEnum):
    """What raises or lowers what a client owes; the order is that of one day."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    PAYMENT_REVERSED = "payment_reversed"
    REFUND = "refund"
    REFUND_REVERSED = "refund_reversed"
    WRITE_OFF = "write_off"


ORDER = {kind: place for place, kind in enumerate(MoveKind)}


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that changed what a client owes, on the day it counts from."""

    day: date
    kind: MoveKind
    text: str
    amount: Decimal
    id: int = 0
    detail: str = ""
    due_on: date | None = None

    @property
    def is_document(self) -> bool:
        """Whether it is a document of the firm's, that can be read."""
        return self.kind in {MoveKind.INVOICE, MoveKind.CREDIT_NOTE}


@dataclass(frozen=True, slots=True)
class Line:
    """A move with what was owed after it."""

    move: Move
    balance: Decimal


@dataclass(frozen=True, slots=True)
class OpenAt:
    """An invoice with what was open on the last day."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """What moved from the first through the last day; ``parts`` is what is open by age."""

    first_on: date
    last_on: date
    opening: Decimal
    lines: tuple[Line, ...]
    closing: Decimal
    parts: tuple[Decimal, ...]

    @property
    def open(self) -> Decimal:
        """What all invoices together still ask for."""
        return sum(self.parts, ZERO)

    @property
    def credit(self) -> Decimal:
        """What the client paid and is used for nothing yet."""
        return self.open - self.closing

    @property
    def overdue(self) -> Decimal:
        """What is past its due day."""
        return sum(self.parts[1:], ZERO)


def state_account(
    moves: Iterable[Move], open_ones: Iterable[OpenAt], first_on: date, last_on: date
) -> AccountStatement:
    """Return the statement of one client in one currency."""
    ordered = sorted(moves, key=lambda one: (one.day, ORDER[one.kind], one.id))
    opening = sum((one.amount for one in ordered if one.day < first_on), ZERO)
    lines, balance = [], opening
    for move in ordered:
        if first_on <= move.day <= last_on:
            balance += move.amount
            lines.append(Line(move, balance))
    return AccountStatement(
        first_on, last_on, opening, tuple(lines), balance, _parts(open_ones, last_on)
    )


def _parts(open_ones: Iterable[OpenAt], last_on: date) -> tuple[Decimal, ...]:
    parts = [ZERO] * (len(LIMITS) + 1)
    for one in open_ones:
        parts[part_of(one.due_on, last_on)] += one.amount
    return tuple(parts)
