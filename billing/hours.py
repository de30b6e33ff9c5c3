"""How hours, money and incidents paid for in advance are written, and where they stand."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from billing.domain.terms import BlockUnit
from core.display import minutes_text, money_text, number_text


def hours_text(unit: str, quantity: Decimal, currency: str = "EUR") -> str:
    """Write a quantity as its unit is said: 2 h 30, €450.00, 3 incidents."""
    if unit == BlockUnit.MONEY:
        return money_text(quantity, currency)
    if unit == BlockUnit.INCIDENTS:
        count = int(quantity)
        return ngettext("%(n)s incident", "%(n)s incidents", count) % {"n": number_text(quantity)}
    return _minutes(quantity)


def _minutes(quantity: Decimal) -> str:
    """Write minutes as a duration, with a fraction only where a weight has left one."""
    whole = int(quantity)
    if whole == quantity:
        return minutes_text(whole)
    return f"{number_text(quantity)} min"


@dataclass(frozen=True)
class Standing:
    """Where hours stand on a day, with the colour that says so.

    The code alone makes it what it is: a label is another text in each language, so that a set
    made in one would not hold its members in another.
    """

    code: str
    label: str | Promise = field(compare=False)
    tone: str

    def __str__(self) -> str:
        return str(self.label)


TO_COME = Standing("to_come", _("to come"), "info")
ENOUGH = Standing("enough", _("enough left"), "good")
LOW = Standing("low", _("running low"), "warn")
USED_UP = Standing("used_up", _("used up"), "bad")
OVER = Standing("over", _("over"), "neutral")
WANTING = frozenset({LOW, USED_UP})
STANDINGS = [(one.code, one.label) for one in (TO_COME, ENOUGH, LOW, USED_UP, OVER)]
