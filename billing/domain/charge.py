"""One priced fact, with its reason: what evidence becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.evidence import Contract, Ticket
from billing.domain.terms import Kind, Treatment, Unit
from core.money import ZERO
from core.periods import Period


@dataclass(frozen=True, slots=True)
class Source:
    """The evidence that a charge lays claim to; exactly one of the four is named.

    The versions are those of the rows that were read: where one has changed since, the database
    refuses the claim and the client is rated again.
    """

    time_entry_id: int | None = None
    part_used_id: int | None = None
    flat_rate_item_id: int | None = None
    contract_line_id: int | None = None
    month_on: date | None = None
    revision: int = 0
    minutes: int | None = None
    evidence_version: int = 0
    ticket_version: int = 0


@dataclass(frozen=True, slots=True)
class RatedCharge:
    """One line of an invoice, or work that is settled for nothing.

    ``amount`` is ``quantity`` x ``unit_price`` / ``price_base``, rounded once; ``list_amount`` is
    what it would cost without contract, flat rate or favour. ``subject`` is what the line is about
    in the words of the evidence, ``basis`` the arithmetic from which a sentence is made.
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
    basis: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_printed(self) -> bool:
        """Whether the client sees it as a line: covered work yes, waived or included work no."""
        return self.treatment in {Treatment.BILLED, Treatment.COVERED}
