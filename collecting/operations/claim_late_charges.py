"""Claiming interest and recovery costs of a client that pays late: a draft of their own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice
from billing.operations._by_hand import HandLineRefused
from billing.operations._drafting import lock_clients
from collecting.operations._late import By, draft_of, release_dead
from collecting.operations._terms import CollectingRefused
from collecting.queries.late import LateAccount, LateInvoice, late_accounts
from core.display import money_text
from core.money import ZERO

__all__ = ["CollectingRefused", "LateWish", "claim_late_charges"]


@dataclass(frozen=True, slots=True)
class LateWish:
    """Through which day, of which invoices (None: all), and the sum that was looked at."""

    through: date
    invoice_ids: Collection[int] | None = None
    expected: Decimal | None = None


@transaction.atomic(durable=True)
def claim_late_charges(
    *, client_id: int, wish: LateWish, today: date, actor: User | None, now: datetime
) -> list[Invoice]:
    """Make a draft of what is owed for paying late and claimed by nobody, one for each company.

    Whoever comes second, at once or later, finds the days and the fees claimed.

    :raises CollectingRefused: nothing is left to claim, or it is not what was looked at
    """
    if wish.through > today:
        raise CollectingRefused(_("Interest is claimed through today at most."))
    [client] = lock_clients([client_id])
    release_dead(client, now)
    chosen = [
        (account, _chosen(account, wish))
        for account in late_accounts(wish.through, today, [client_id])
    ]
    _guard(chosen, wish)
    by = By(actor, now, today, wish.through)
    try:
        drafts = [draft_of(account, some, by) for account, some in chosen if some]
    except HandLineRefused as refusal:
        raise CollectingRefused(str(refusal)) from refusal
    return list(Invoice.objects.filter(pk__in=drafts).order_by("pk"))


def _chosen(account: LateAccount, wish: LateWish) -> list[LateInvoice]:
    ids = wish.invoice_ids
    return [one for one in account.claimable if ids is None or one.invoice.pk in ids]


def _guard(chosen: list[tuple[LateAccount, list[LateInvoice]]], wish: LateWish) -> None:
    found = [one for _account, some in chosen for one in some]
    if not found:
        raise CollectingRefused(
            _("Nothing is left to claim of these invoices; perhaps somebody has just claimed it.")
        )
    total = sum((one.total for one in found), ZERO)
    if wish.expected is not None and wish.expected != total:
        raise CollectingRefused(
            _("It comes to %(total)s by now: something came in or changed since you looked.")
            % {"total": money_text(total, chosen[0][0].currency)}
        )
