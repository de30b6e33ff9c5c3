"""Where a batch of direct debits stands; it follows from what happened and is never typed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from payments.models import DebitBatch, DirectDebit


@dataclass(frozen=True)
class Standing:
    """A state with its colour."""

    code: str
    label: str | Promise
    tone: str

    def __str__(self) -> str:
        return str(self.label)


MADE = Standing("made", _("made"), "info")
SENT = Standing("sent", _("at the bank"), "info")
BOOKED = Standing("booked", _("booked"), "good")
RETURNED = Standing("returned", _("all came back"), "bad")
CANCELLED = Standing("cancelled", _("cancelled"), "neutral")
REFUSED = Standing("refused", _("refused by the bank"), "bad")
# Of one direct debit.
CAME_BACK = Standing("returned", pgettext_lazy("a direct debit", "came back"), "bad")
FREED = Standing("released", _("let go"), "neutral")


def standing_of(batch: DebitBatch) -> Standing:
    """Return where a batch read ``with_counts`` stands."""
    if batch.cancelled_at:
        return REFUSED if batch.sent_at else CANCELLED
    if not batch.sent_at:
        return MADE
    if batch.live_count:  # type: ignore[attr-defined]  # annotated
        return SENT
    return BOOKED if batch.booked_count else RETURNED  # type: ignore[attr-defined]  # annotated


def standing_of_debit(debit: DirectDebit) -> Standing:
    """Return where one direct debit stands."""
    if debit.returned_on:
        return CAME_BACK
    if debit.released_at:
        return FREED
    if debit.payment_id:
        return BOOKED
    return SENT if debit.batch.sent_at else MADE
