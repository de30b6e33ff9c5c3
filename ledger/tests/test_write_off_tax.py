"""The tax that a write-off takes back is that of what credit notes have left.

The invoice is 100.00 at 20 % (20.00) and 200.00 at 5.5 % (11.00), 331.00 in all; the 200.00 at
5.5 % were credited with their tax, so that 120.00 are left, 20.00 of it tax at 20 %.
"""

from datetime import date
from decimal import Decimal

from ledger.domain.accounts import Facts, Purpose, Rule, Rules
from ledger.domain.posting import Document, Settled, Taxed, less_credited, lines_of_loss

MAY_4 = date(2026, 5, 4)
FULL, LOW = Decimal("20.00"), Decimal("5.50")
RULES = Rules(
    [
        Rule(Purpose.RECEIVABLE, "411", MAY_4),
        Rule(Purpose.LOSS, "654", MAY_4),
        Rule(Purpose.TAX, "4457-20", MAY_4, Facts(tax_rate=FULL)),
        Rule(Purpose.TAX, "4457-5", MAY_4, Facts(tax_rate=LOW)),
    ]
)


def test_a_rate_that_was_credited_is_not_taken_back_again() -> None:
    taxes = [Taxed("S", FULL, Decimal("20.00")), Taxed("S", LOW, Decimal("11.00"))]
    invoice = Document(MAY_4, 1, 7, 1, Decimal("331.00"), [], taxes)
    note = (Decimal("211.00"), [Taxed("S", LOW, Decimal("11.00"))])

    left = less_credited(invoice, [note])
    settled = Settled(7, Decimal("120.00"), Decimal("120.00"))
    lines = lines_of_loss(left, settled, RULES, takes_back_tax=True)

    assert {line.account: line.amount for line in lines} == {
        "411": Decimal("-120.00"),
        "4457-20": Decimal("20.00"),
        "654": Decimal("100.00"),
    }
