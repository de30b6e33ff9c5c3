"""What a bank statement says, whichever form it came in."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256

MOST_LINES = 20_000


class UnreadableStatement(Exception):
    """The file cannot be read: what is wrong, and in which line or entry of it."""

    def __init__(self, fault: str, place: int | None = None, found: str = "") -> None:
        super().__init__(fault, place, found)
        self.fault, self.place, self.found = fault, place, found


@dataclass(frozen=True)
class StatementLine:
    """Money that came to the account, or left it with an amount below nothing."""

    booked_on: date
    amount: Decimal
    currency: str
    name: str = ""
    iban: str = ""
    text: str = ""
    bank_reference: str = ""
    return_code: str = ""
    is_return: bool = False
    fingerprint: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement with the account that it names, if it names one."""

    kind: str
    iban: str
    lines: list[StatementLine] = field(default_factory=list)


def amount_from(written: str, place: int) -> Decimal:
    """Return an amount with a point or a comma before the cents.

    :raises UnreadableStatement: it is no amount of at most two decimals
    """
    plain = written.strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    try:
        amount = Decimal(plain.replace(",", "."))
        rounded = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise UnreadableStatement("amount", place, written) from None
    if not amount.is_finite() or rounded != amount:
        raise UnreadableStatement("amount", place, written)
    return rounded


def identified(lines: list[StatementLine]) -> list[StatementLine]:
    """Give every line the fingerprint by which it is known when it comes again.

    Lines with a reference of the bank are known by it, with their day and amount. Of those without
    one, which may be alike, the n-th of its day is known as the n-th.
    """
    counted: dict[tuple[object, ...], int] = {}
    found = []
    for line in lines:
        said = (line.booked_on.isoformat(), str(line.amount), line.currency)
        own: tuple[object, ...] = (*said, "ref", line.bank_reference)
        if not line.bank_reference:
            own = (*said, "text", line.name, line.iban, line.text)
        counted[own] = counted.get(own, 0) + 1
        digest = sha256("\x1f".join(map(str, (*own, counted[own]))).encode()).hexdigest()
        found.append(replace(line, fingerprint=digest))
    return found
