"""Taking something off a draft: a share or an amount, off one line or off everything."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Charge, Discount, Invoice
from billing.operations._by_hand import add_up
from billing.operations._discounting import reducible_lines
from billing.operations._drafting import NotADraft, lock_draft
from core.display import money_text
from core.money import ZERO, round_money

__all__ = ["Concession", "DiscountRefused", "NotADraft", "grant_discount"]

LONGEST_REASON = Discount._meta.get_field("reason").max_length or 0
_HUNDRED = Decimal(100)


class DiscountRefused(Exception):
    """The discount cannot be given like this; ``field`` is where, the message says why."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Concession:
    """What is taken off: a share in percent or an amount without tax, and why."""

    reason: str
    percent: Decimal | None = None
    amount: Decimal | None = None


@transaction.atomic(durable=True)
def grant_discount(
    *, invoice_id: int, concession: Concession, line_id: int | None = None, actor: User | None
) -> Discount:
    """Take something off a draft and add it up again; refreshing the draft keeps the discount.

    :raises NotADraft: it has been issued
    :raises DiscountRefused: it is no share and no amount, or more than there is
    """
    draft = lock_draft(invoice_id)
    reason = _guard_words(concession)
    base = _base_of(draft, line_id)
    _guard_size(concession, base, draft)
    granted = Discount.objects.create(
        invoice=draft,
        line_id=line_id,
        percent=concession.percent,
        amount=concession.amount,
        reason=reason,
        granted_by=actor,
    )
    add_up(draft)
    return granted


def _guard_words(concession: Concession) -> str:
    reason = " ".join(concession.reason.split())
    if not reason:
        raise DiscountRefused(_("Say why: the client reads it on the invoice."), "reason")
    if len(reason) > LONGEST_REASON:
        text = _("Say why in %(n)d characters at most.") % {"n": LONGEST_REASON}
        raise DiscountRefused(text, "reason")
    if (concession.percent is None) == (concession.amount is None):
        raise DiscountRefused(_("Give a percentage or an amount, one of both."), "percent")
    return reason


def _base_of(draft: Invoice, line_id: int | None) -> Decimal:
    """Return what there is to take something off, what was taken off before apart."""
    lines = {line.pk: line for line in reducible_lines(draft)}
    if line_id is not None and line_id not in lines:
        raise DiscountRefused(_("This is no line of the draft that costs something."), "line")
    taken = Charge.objects.filter(invoice=draft, reduces__isnull=False)
    if line_id is not None:
        before = [one.amount for one in taken.filter(reduces=line_id)]
        return lines[line_id].amount + sum(before, ZERO)
    return draft.net


def _guard_size(concession: Concession, base: Decimal, draft: Invoice) -> None:
    percent, amount = concession.percent, concession.amount
    if base <= 0:
        raise DiscountRefused(_("There is nothing left to take a discount off."))
    if percent is not None and not 0 < percent <= _HUNDRED:
        raise DiscountRefused(_("A percentage lies above 0 and is 100 at most."), "percent")
    if percent is not None and percent != round(percent, 2):
        raise DiscountRefused(_("A percentage has two decimals at most."), "percent")
    if amount is None:
        return
    if amount <= 0:
        raise DiscountRefused(_("An amount above nothing is taken off."), "amount")
    if amount != round_money(amount, draft.currency):
        raise DiscountRefused(_("This currency knows no such small parts."), "amount")
    if amount > base:
        text = _("At most %(left)s without tax can be taken off.")
        left = money_text(base, draft.currency)
        raise DiscountRefused(text % {"left": left}, "amount")
