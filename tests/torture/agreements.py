"""What the clients of torture have agreed, and how it changes later, as the dice choose."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random

from contracts.models import Contract, ContractLine
from contracts.models.hours import BlockUnit, Rollover
from contracts.models.line_terms import (
    BillingAnchor,
    BillingRhythm,
    BillingTiming,
    Proration,
    QuantityRule,
    StubRule,
)
from contracts.operations._hours import NewAllowance, NewBlock
from contracts.operations._line_rules import NewLine
from contracts.operations.add_allowance import add_allowance
from contracts.operations.add_line import add_line
from contracts.operations.change_line import change_line
from contracts.operations.correct_version import correct_version
from contracts.operations.create_contract import create_contract
from contracts.operations.end_contract import end_contract
from contracts.operations.end_line import end_line
from contracts.operations.pause_contract import pause_contract
from contracts.operations.sell_block import sell_block

FIRST_DAYS = (date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 12))
RHYTHMS = (
    BillingRhythm.MONTHLY, BillingRhythm.MONTHLY, BillingRhythm.MONTHLY, BillingRhythm.QUARTERLY,
    BillingRhythm.YEARLY,
)  # fmt: skip


class Agreements:
    """Signs contracts, sells hours, and corrects what was agreed, as the dice fall."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.contracts: list[Contract] = []

    def sign_contract(self, client_id: int, number: str, covered: list[int]) -> None:
        """Sign a contract with one to four lines; one in three includes hours a month."""
        lines = [self._line(f"Service {k}") for k in range(self.dice.randint(1, 4))]
        contract = create_contract(
            client_id=client_id,
            number=number,
            name="Managed services",
            starts_on=self.dice.choice(FIRST_DAYS),
            lines=lines,
            covered_work_type_ids=covered,
        )
        self.contracts.append(contract)
        if self.dice.random() < 1 / 3:
            add_allowance(contract_id=contract.pk, allowance=self._hours_a_month())

    def sell_hours(self, client_id: int) -> None:
        """Sell hours or money in advance; the next run bills the sale, and work draws on it."""
        unit, quantity = self.dice.choice(
            [(BlockUnit.MINUTES, Decimal(600)), (BlockUnit.MONEY, Decimal(500))]
        )
        block = NewBlock(
            name="Ten hours",
            unit=unit,
            quantity=quantity,
            price=Decimal(self.dice.randint(400, 800)),
            sold_on=date(2025, self.dice.choice([1, 2, 3]), 10),
        )
        sell_block(client_id=client_id, block=block)

    def correct(self) -> None:
        """Change half of what was agreed, for months that are billed and for those that are not."""
        changes: list[Callable[[Contract], object]] = [
            self._change_price,
            self._correct_price,
            self._end_a_line,
            self._end,
            self._pause,
            self._add_forgotten_line,
        ]
        for contract in self.contracts:
            if self.dice.random() < 1 / 2:
                self.dice.choice(changes)(contract)

    def _line(self, description: str, first_day: date | None = None) -> NewLine:
        return NewLine(
            description=description,
            quantity=Decimal(self.dice.randint(1, 40)),
            unit_price=self._price(),
            unit=self.dice.choice(["device", "user", "flat"]),
            rhythm_months=self.dice.choice(RHYTHMS),
            anchor=self.dice.choice(BillingAnchor.values),
            timing=self.dice.choice(BillingTiming.values),
            stub_rule=self.dice.choice(StubRule.values),
            proration=self.dice.choice(Proration.values),
            quantity_rule=self.dice.choice(QuantityRule.values),
            starts_on=first_day,
        )

    def _price(self) -> Decimal:
        return Decimal(self.dice.randint(100, 9_999)).scaleb(-2)

    def _hours_a_month(self) -> NewAllowance:
        overage = self.dice.choice([None, Decimal("70.0000")])
        rollover = self.dice.choice(Rollover.values)
        minutes = self.dice.choice([60, 120, 300])
        return NewAllowance(
            name="Hours a month", minutes=minutes, overage_rate=overage, rollover=rollover
        )

    def _change_price(self, contract: Contract) -> None:
        change_line(
            line_id=self._pick(contract).pk,
            starts_on=self.dice.choice([date(2025, 2, 15), date(2025, 3, 1), date(2025, 3, 9)]),
            quantity=Decimal(self.dice.randint(1, 40)),
            unit_price=self._price(),
        )

    def _correct_price(self, contract: Contract) -> None:
        version = self._pick(contract).versions.earliest("starts_on")
        correct_version(
            version_id=version.pk,
            starts_on=version.starts_on,
            quantity=version.quantity,
            unit_price=self._price(),
        )

    def _end_a_line(self, contract: Contract) -> None:
        day = self.dice.choice([date(2025, 2, 20), date(2025, 3, 15)])
        end_line(line_id=self._pick(contract).pk, last_day_on=day)

    def _end(self, contract: Contract) -> None:
        end_contract(contract_id=contract.pk, last_day_on=date(2025, 3, 20), reason="They left")

    def _pause(self, contract: Contract) -> None:
        first, last = self.dice.choice([(20, 10), (25, 5)])
        pause_contract(
            contract_id=contract.pk,
            starts_on=date(2025, 2, first),
            last_day_on=date(2025, 3, last),
            reason="Works in the building",
        )

    def _add_forgotten_line(self, contract: Contract) -> None:
        line = self._line("Forgotten service", date(2025, 2, 12))
        add_line(contract_id=contract.pk, line=line)

    def _pick(self, contract: Contract) -> ContractLine:
        return self.dice.choice(list(contract.lines.order_by("pk")))
