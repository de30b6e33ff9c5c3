"""Whose money a line of a bank statement is, and what it pays: proposals, each with its reason.

A person decides. A proposal is *certain* where the text names invoices that come to exactly the
amount, or where a known account pays exactly what one invoice, or all of the client's, ask for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from billing.domain.spread import in_turn

MOST_PROPOSALS = 4
_APART = re.compile(r"[^A-Z0-9]")


class Confidence(StrEnum):
    """How sure a proposal is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Reason(StrEnum):
    """What a proposal rests on."""

    NUMBER = "number"
    NUMBER_PART = "number_part"
    NUMBER_MORE = "number_more"
    PAYER_AMOUNT = "payer_amount"
    PAYER_ALL = "payer_all"
    PAYER = "payer"
    NAME_AMOUNT = "name_amount"
    AMOUNT = "amount"


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice with what it still asks for."""

    id: int
    client_id: int
    number: str
    balance: Decimal
    currency: str


@dataclass(frozen=True)
class Received:
    """What a line of a statement says about money that came."""

    amount: Decimal
    currency: str
    name: str
    iban: str
    text: str


@dataclass(frozen=True)
class Proposal:
    """Whose it is and what it pays; a rest is the client's credit."""

    client_id: int
    shares: tuple[tuple[int, Decimal], ...]
    reason: Reason
    confidence: Confidence


@dataclass(frozen=True)
class Known:
    """All that proposals can rest on: open invoices, the oldest first, and learnt payers."""

    invoices: tuple[OpenInvoice, ...]
    by_iban: Mapping[str, frozenset[int]]
    by_name: Mapping[str, frozenset[int]]
    by_number: dict[str, OpenInvoice] = field(default_factory=dict)
    by_client: dict[int, list[OpenInvoice]] = field(default_factory=dict)
    by_amount: dict[tuple[str, Decimal], list[OpenInvoice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.invoices:
            self.by_number[plain(one.number)] = one
            self.by_client.setdefault(one.client_id, []).append(one)
            self.by_amount.setdefault((one.currency, one.balance), []).append(one)


def plain(text: str) -> str:
    """Return the letters and digits of a text alone, in capitals."""
    return _APART.sub("", text.upper())


def proposals(line: Received, known: Known) -> list[Proposal]:
    """Return what the line may pay, the surest first, each set of invoices once."""
    found: dict[tuple[int, tuple[tuple[int, Decimal], ...]], Proposal] = {}
    for one in (*_by_number(line, known), *_by_payer(line, known), *_by_amount(line, known)):
        found.setdefault((one.client_id, one.shares), one)
    order = list(Confidence)
    ranked = sorted(found.values(), key=lambda one: order.index(one.confidence))
    return ranked[:MOST_PROPOSALS]


def named_in(text: str, known: Known) -> list[OpenInvoice]:
    """Return the open invoices whose numbers stand in a text, with or without separators.

    A number with further digits before or behind it is another one.
    """
    upper = f" {text.upper()} "
    places = [at for at, sign in enumerate(upper) if sign.isascii() and sign.isalnum()]
    signs = "".join(upper[at] for at in places)
    found = {}
    for length in sorted({len(number) for number in known.by_number}):
        for start in range(len(signs) - length + 1):
            invoice = known.by_number.get(signs[start : start + length])
            if invoice and _stands_alone(upper, places[start], places[start + length - 1]):
                found[invoice.id] = invoice
    return sorted(found.values(), key=known.invoices.index)


def _stands_alone(text: str, first: int, last: int) -> bool:
    begins_before = text[first].isdigit() and text[first - 1].isdigit()
    return not begins_before and not text[last + 1].isdigit()


def _by_number(line: Received, known: Known) -> Iterator[Proposal]:
    named = [one for one in named_in(line.text, known) if one.currency == line.currency]
    for client_id in dict.fromkeys(one.client_id for one in named):
        own = [one for one in named if one.client_id == client_id]
        asked = sum((one.balance for one in own), Decimal(0))
        if asked == line.amount:
            is_alone = len(own) == len(named)
            sure = Confidence.CERTAIN if is_alone else Confidence.LIKELY
            yield _proposal(line, own, Reason.NUMBER, sure)
        else:
            reason = Reason.NUMBER_PART if line.amount < asked else Reason.NUMBER_MORE
            yield _proposal(line, own, reason, Confidence.LIKELY)


def _by_payer(line: Received, known: Known) -> Iterator[Proposal]:
    by_iban = known.by_iban.get(plain(line.iban), frozenset()) if line.iban else frozenset()
    by_name = known.by_name.get(plain(line.name), frozenset()) if line.name else frozenset()
    sure = Confidence.CERTAIN if len(by_iban) == 1 else Confidence.LIKELY
    for client_id in sorted(by_iban):
        yield from _of_payer(line, _open(line, client_id, known), client_id, sure)
    for client_id in sorted(by_name - by_iban):
        own = _open(line, client_id, known)
        same = [one for one in own if one.balance == line.amount]
        for one in same[:1]:
            yield _proposal(line, [one], Reason.NAME_AMOUNT, Confidence.LIKELY)
        if not same:
            yield Proposal(client_id, _spread(line, own), Reason.PAYER, Confidence.POSSIBLE)


def _of_payer(
    line: Received, own: list[OpenInvoice], client_id: int, sure: Confidence
) -> Iterator[Proposal]:
    same = [one for one in own if one.balance == line.amount]
    for one in same:
        is_sure = sure if len(same) == 1 else Confidence.LIKELY
        yield _proposal(line, [one], Reason.PAYER_AMOUNT, is_sure)
    if len(own) > 1 and sum(one.balance for one in own) == line.amount:
        yield _proposal(line, own, Reason.PAYER_ALL, sure)
    if not same:
        yield Proposal(client_id, _spread(line, own), Reason.PAYER, Confidence.LIKELY)


def _by_amount(line: Received, known: Known) -> Iterator[Proposal]:
    same = known.by_amount.get((line.currency, line.amount), [])
    for one in same[:MOST_PROPOSALS]:
        yield _proposal(line, [one], Reason.AMOUNT, Confidence.POSSIBLE)


def _open(line: Received, client_id: int, known: Known) -> list[OpenInvoice]:
    own = known.by_client.get(client_id, [])
    return [one for one in own if one.currency == line.currency]


def _proposal(line: Received, own: list[OpenInvoice], reason: Reason, sure: Confidence) -> Proposal:
    return Proposal(own[0].client_id, _spread(line, own), reason, sure)


def _spread(line: Received, own: Iterable[OpenInvoice]) -> tuple[tuple[int, Decimal], ...]:
    return tuple(in_turn(line.amount, [(one.id, one.balance) for one in own]).items())
