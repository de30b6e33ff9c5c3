"""One priced fact, with its reason: what evidence becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import ANYWHERE, Contract, Destination, Drawn
from billing.domain.evidence import Ticket
from billing.domain.terms import Hold, Kind, Treatment, Unit, Waiver
from core.money import ZERO
from core.periods import Period

SHOWN_WAIVERS = frozenset({Waiver.WARRANTY.value, Waiver.REWORK.value})


@dataclass(frozen=True, slots=True)
class Source:
    """The evidence that a charge lays claim to; exactly one piece of evidence is named.

    A time entry can be on several charges, one for each ``portion`` (0, 1, ...): ``minutes`` are
    the minutes worked that rest on this one, ``billed_minutes`` what it bills or draws. What is
    drawn names the allowance and its month, or the block, and the quantity taken from it.

    The versions are those of the rows that were read: where one has changed since, the database
    refuses the claim and the client is rated again.
    """

    time_entry_id: int | None = None
    part_used_id: int | None = None
    flat_rate_item_id: int | None = None
    time_taken_back_id: int | None = None
    block_sold_id: int | None = None
    contract_line_id: int | None = None
    hand_line_id: int | None = None
    period_on: date | None = None
    portion: int = 0
    revision: int = 0
    minutes: int | None = None
    billed_minutes: int | None = None
    allowance_id: int | None = None
    bucket_on: date | None = None
    drawn_block_id: int | None = None
    drawn_quantity: Decimal = Decimal(0)
    evidence_version: int = 0
    ticket_version: int = 0


@dataclass(frozen=True, slots=True)
class RatedCharge:
    """One line of an invoice, or work that is settled for nothing.

    ``amount`` is ``quantity`` x ``unit_price`` / ``price_base``, rounded once; ``list_amount`` is
    what it would cost without contract, flat rate or favour. ``subject`` is what the line is about
    in the words of the evidence, ``basis`` the arithmetic from which a sentence is made.

    A discount names its ``reach``: it reduces the charge of the same source and lays no claim.
    """

    kind: Kind
    treatment: Treatment
    source: Source
    subject: str
    period: Period
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    amount: Decimal
    list_amount: Decimal
    price_base: int = 1
    tax_code: str = "standard"
    tax_category: str = "S"
    tax_rate: Decimal = ZERO
    ledger_account: str = ""
    ticket: Ticket | None = None
    contract: Contract | None = None
    destination: Destination = ANYWHERE
    reach: str = ""
    basis: Mapping[str, Any] = field(default_factory=dict)

    @property
    def drawn(self) -> Drawn | None:
        """What it takes from hours paid for, or gives back; None where it touches none."""
        source = self.source
        if source.allowance_id is None and source.drawn_block_id is None:
            return None
        return Drawn(
            worked_on=self.period.start,
            quantity=source.drawn_quantity,
            allowance_id=source.allowance_id,
            bucket_on=source.bucket_on,
            block_id=source.drawn_block_id,
            ticket_id=self.ticket.id if self.ticket else None,
        )

    @property
    def is_printed(self) -> bool:
        """Whether the client sees it as a line.

        Billed, covered and drawn work is printed; of waived work only warranty and rework, at
        0.00, so that the client sees what was put right; work that a flat rate includes is not.
        """
        if self.treatment == Treatment.WAIVED:
            return self.basis.get("waiver") in SHOWN_WAIVERS
        return self.treatment in {Treatment.BILLED, Treatment.COVERED, Treatment.DRAWN}


def discount_on(charge: RatedCharge, amount: Decimal, basis: Mapping[str, Any]) -> RatedCharge:
    """Return what reduces a charge by an amount below nothing, or gives a discount back."""
    return replace(
        charge,
        quantity=Decimal(1).copy_sign(amount),
        unit=Unit.PRO_RATA,
        unit_price=abs(amount),
        price_base=1,
        amount=amount,
        list_amount=amount,
        reach="line",
        basis=basis,
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract that could pay for work, with the conditions of its rules that are not met."""

    contract: Contract
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldEvidence:
    """A piece of evidence that a person must decide on first; everything else goes on."""

    hold: Hold
    source: Source
    ticket: Ticket | None = None
    contract: Contract | None = None
    period: Period | None = None
    candidates: tuple[Candidate, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rated:
    """What evidence becomes: charges, and what is held back until a person has decided."""

    charges: tuple[RatedCharge, ...] = ()
    held: tuple[HeldEvidence, ...] = ()
