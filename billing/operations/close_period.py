"""Closing a day, a month or a year of the books."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Closing, ClosingKind
from billing.operations._journal import lock_journal, seal_closing
from billing.queries.closings import totals_of
from core.display import day_text


class ClosingRefused(Exception):
    """The period cannot be closed."""


@dataclass(frozen=True)
class Ending:
    """The period that is to be closed, by its length and its last day."""

    kind: str
    last_day_on: date

    @property
    def starts_on(self) -> date:
        """The first day of the period."""
        if self.kind == ClosingKind.DAY:
            return self.last_day_on
        if self.kind == ClosingKind.MONTH:
            return self.last_day_on.replace(day=1)
        following = self.last_day_on + timedelta(days=1)
        return following.replace(year=following.year - 1)


@transaction.atomic(durable=True)
def close_period(
    *,
    entity_id: int,
    ending: Ending,
    today: date,
    actor: User | None,
    obstacle: Callable[[date], str] | None = None,
) -> Closing:
    """Close a period for good: nothing is dated into it any more, and its totals are sealed.

    The firm's row is locked, as all that is linked to its chain locks it: what was written before
    counts, what comes after is refused. ``obstacle`` is asked under that lock what else stands in
    the way.

    :raises ClosingRefused: it is not over, not whole, a later one of its kind is closed already,
        or something else stands in the way
    """
    entity = lock_journal(entity_id)
    _guard(entity_id, ending, today)
    reason = obstacle(ending.last_day_on) if obstacle else ""
    if reason:
        raise ClosingRefused(reason)
    closing = Closing.objects.create(
        legal_entity=entity,
        kind=ending.kind,
        starts_on=ending.starts_on,
        last_day_on=ending.last_day_on,
        totals=totals_of(entity_id, ending.starts_on, ending.last_day_on),
        recorded_by=actor,
    )
    seal_closing(entity, closing)
    return closing


def _guard(entity_id: int, ending: Ending, today: date) -> None:
    last_day = ending.last_day_on
    if last_day >= today:
        raise ClosingRefused(_("Only days that are over can be closed."))
    if ending.kind != ClosingKind.DAY and (last_day + timedelta(days=1)).day != 1:
        raise ClosingRefused(_("A month or a year is closed on the last day of a month."))
    own = Closing.objects.filter(legal_entity=entity_id, kind=ending.kind)
    latest = own.order_by("-last_day_on").first()
    if latest and last_day <= latest.last_day_on:
        raise ClosingRefused(
            _("This is closed through %(day)s already; what is closed is never opened again.")
            % {"day": day_text(latest.last_day_on)}
        )
    if latest and ending.starts_on <= latest.last_day_on:
        raise ClosingRefused(
            _("The period would overlap the one that was closed through %(day)s.")
            % {"day": day_text(latest.last_day_on)}
        )
