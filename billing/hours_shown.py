"""Balances of hours as people read them: in their own unit, with the basis they rest on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.domain.balances import MonthBalance
from billing.hours import hours_text
from billing.queries.balances import HoursBalance
from billing.queries.drawdown import Draw
from contracts.reading import hours_row
from core.display import day_text, days_text, joined_text, money_text, month_text
from core.periods import Period, month_of

PER_CENT = 100
RECENT = 6


@dataclass(frozen=True)
class ShownMonth:
    """What happened in one month, in words."""

    label: str
    granted: str
    carried_in: str
    drawn: str
    expired: str
    left: str
    has_expired: bool
    is_now: bool


@dataclass(frozen=True)
class ShownHours:
    """An allowance or a block with what is left of it."""

    balance: HoursBalance
    at_hand: str
    drawn: str
    expired: str
    left: str
    open_drawn: str
    all_granted: str
    all_drawn: str
    used_percent: int
    usable: str
    basis: str
    months: list[ShownMonth]

    @property
    def terms(self) -> str:
        """What was agreed about it, in one sentence; a query or two."""
        row, currency = self.balance.row, self.balance.client.currency
        if self.balance.is_block:
            return joined_text(_block_terms(self.balance))
        return hours_row(row, currency).terms

    @property
    def low(self) -> str:
        """That little enough is left for somebody to be told, empty otherwise."""
        level = self.balance.threshold
        if level is None or not self.balance.is_wanting:
            return ""
        return _("%(hours)s: %(left)s left, the warning level is %(level)s") % {
            "hours": self.balance.row.name,
            "left": self.left,
            "level": hours_text(self.balance.unit, level, self.balance.client.currency),
        }

    @property
    def portal_url(self) -> str:
        """The address of its page in the portal."""
        kind = "block" if self.balance.is_block else "allowance"
        return reverse(f"portal:{kind}", args=[self.balance.row.pk])

    @property
    def recent(self) -> list[ShownMonth]:
        """The latest months, for a place where there is not room for all."""
        return self.months[:RECENT]

    @property
    def has_more(self) -> bool:
        """Whether there are earlier months."""
        return len(self.months) > RECENT


@dataclass(frozen=True)
class ShownDraw:
    """Work that hours paid for, with the quantity in words."""

    draw: Draw
    quantity: str
    month: str
    is_given_back: bool


def shown_draw(balance: HoursBalance, draw: Draw) -> ShownDraw:
    """Return a draw as it is read; the month only where it is not the month worked in."""
    month = draw.bucket_on
    is_carried = month is not None and (month.year, month.month) != (draw.day.year, draw.day.month)
    return ShownDraw(
        draw=draw,
        quantity=hours_text(balance.unit, draw.quantity, balance.client.currency),
        month=month_text(month) if month is not None and is_carried else "",
        is_given_back=draw.quantity < 0,
    )


def shown(balance: HoursBalance) -> ShownHours:
    """Return a balance as it is read, the latest month first."""

    def write(quantity: Decimal) -> str:
        return hours_text(balance.unit, quantity, balance.client.currency)

    months = [_month(balance, month, balance.now) for month in balance.statement.months]
    return ShownHours(
        balance=balance,
        at_hand=write(balance.at_hand),
        drawn=write(balance.drawn),
        expired=write(balance.statement.expired) if balance.statement.expired else "",
        left=write(balance.left),
        open_drawn=write(balance.open_drawn) if balance.open_drawn else "",
        all_granted=write(balance.statement.granted),
        all_drawn=write(balance.statement.drawn),
        used_percent=_percent(balance),
        usable=_usable(balance),
        basis=_("of issued and open work up to %(day)s") % {"day": day_text(balance.day)},
        months=months[::-1],
    )


def _month(balance: HoursBalance, month: MonthBalance, now: MonthBalance | None) -> ShownMonth:
    def write(quantity: Decimal) -> str:
        return hours_text(balance.unit, quantity, balance.client.currency) if quantity else "–"

    return ShownMonth(
        label=_label(month.period),
        granted=write(month.granted),
        carried_in=write(month.carried_in),
        drawn=write(month.drawn),
        expired=write(month.expired),
        left=hours_text(balance.unit, month.left, balance.client.currency),
        has_expired=bool(month.expired),
        is_now=month is now and balance.day in month.period,
    )


def _block_terms(balance: HoursBalance) -> Iterator[str]:
    row, currency = balance.row, balance.client.currency
    yield _("sold on %(day)s for %(price)s") % {
        "day": day_text(row.sold_on),
        "price": money_text(row.price, currency),
    }
    yield days_text(row.starts_on, row.last_day_on)
    types = [str(one) for one in row.work_types.all()]
    if types:
        yield _("for %(types)s") % {"types": ", ".join(types)}
    if row.moved_quantity:
        moved = hours_text(row.unit, row.moved_quantity, currency)
        yield _("%(moved)s went along to another client") % {"moved": moved}
    if row.low_balance is not None:
        low = hours_text(row.unit, row.low_balance, currency)
        words = _("another one is sold at %(low)s") if row.tops_up else _("warns at %(low)s")
        yield words % {"low": low}


def _label(period: Period) -> str:
    if period == month_of(period.start):
        return month_text(period.start)
    return days_text(period.start, period.last_day)


def _percent(balance: HoursBalance) -> int:
    if not balance.at_hand:
        return 0
    return min(PER_CENT, max(0, int(balance.drawn * PER_CENT / balance.at_hand)))


def _usable(balance: HoursBalance) -> str:
    """Return until when what is left can be used."""
    if balance.usable_through is None:
        return _("does not expire") if balance.is_block else ""
    if balance.is_block:
        return _("usable through %(day)s") % {"day": day_text(balance.usable_through)}
    return _("this month through %(day)s") % {"day": day_text(balance.usable_through)}
