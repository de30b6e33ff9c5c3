"""Which account something is booked on: the most exact rule in force on the day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Purpose(StrEnum):
    """What an account is for."""

    RECEIVABLE = "receivable"
    CLIENT_CREDIT = "client_credit"
    DEPOSIT = "deposit"
    SERVICES = "services"
    GOODS = "goods"
    LATE_INTEREST = "late_interest"
    RECOVERY_FEE = "recovery_fee"
    DEFERRED = "deferred"
    TAX = "tax"
    BANK = "bank"
    LOSS = "loss"
    EXCHANGE_LOSS = "exchange_loss"
    EXCHANGE_GAIN = "exchange_gain"


# What is claimed for paying late is no sale, and has accounts of its own.
CLAIMED = {"interest": Purpose.LATE_INTEREST, "recovery_fee": Purpose.RECOVERY_FEE}
_SALES = frozenset({Purpose.SERVICES, Purpose.GOODS, Purpose.DEPOSIT})
FACTS_OF = {
    "tax_code": _SALES,
    "tax_category": _SALES | {Purpose.TAX},
    "tax_rate": frozenset({Purpose.TAX}),
    "method": frozenset({Purpose.BANK}),
    "bank_account": frozenset({Purpose.BANK}),
}


def unused_facts(purpose: str, facts: Mapping[str, object]) -> list[str]:
    """Return the names of facts that were given and that amounts of this purpose do not have."""
    return [
        name
        for name, purposes in FACTS_OF.items()
        if facts.get(name) not in ("", None) and purpose not in purposes
    ]


class AccountUnknown(LookupError):
    """No rule says where this is booked."""

    def __init__(self, purpose: str, day: date) -> None:
        super().__init__(purpose)
        self.purpose = purpose
        self.day = day


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an amount that wants an account; empty where it does not matter."""

    tax_code: str = ""
    tax_category: str = ""
    tax_rate: Decimal | None = None
    method: str = ""
    bank_account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """From a day on, what fits is booked on an account; an empty fact fits all."""

    purpose: str
    account: str
    starts_on: date
    facts: Facts = field(default_factory=Facts)

    def fits(self, asked: Facts) -> bool:
        """Whether each fact that the rule names is as asked."""
        own, other = _values(self.facts), _values(asked)
        return all(mine in ("", None, theirs) for mine, theirs in zip(own, other, strict=True))

    @property
    def exactness(self) -> int:
        """How many facts the rule names."""
        return sum(1 for value in _values(self.facts) if value not in ("", None))


def _values(facts: Facts) -> Sequence[object]:
    return (
        facts.tax_code,
        facts.tax_category,
        facts.tax_rate,
        facts.method,
        facts.bank_account_id,
    )


NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a legal entity."""

    rules: Sequence[Rule]

    def account(self, purpose: str, day: date, facts: Facts = NOTHING) -> str:
        """Return the account: of the rules that fit, the most exact one, then the latest.

        :raises AccountUnknown: no rule of this purpose holds on the day
        """
        found = _in_force(self.rules, purpose, day, facts)
        best = max(found, key=lambda rule: (rule.exactness, rule.starts_on), default=None)
        if best is None:
            raise AccountUnknown(purpose, day)
        return best.account


def _in_force(rules: Iterable[Rule], purpose: str, day: date, facts: Facts) -> list[Rule]:
    return [
        rule
        for rule in rules
        if rule.purpose == purpose and rule.starts_on <= day and rule.fits(facts)
    ]
