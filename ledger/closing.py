"""Closing a period of the books: first all of it is booked, then nothing is dated into it."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Closing
from billing.operations.close_period import Ending, close_period
from clients.models import LegalEntity
from ledger.posting import bring_up_to_date
from ledger.queries.sources import has_unposted
from ledger.queries.waiting import reasons_to_wait


def close_books(*, entity: LegalEntity, ending: Ending, today: date, actor: User | None) -> Closing:
    """Book what is missing, then close the period; refused while something of it waits."""

    def obstacle(last_day: date) -> str:
        if not has_unposted(entity.pk, last_day):
            return ""
        words = [_("Something of this period is not in the books yet.")]
        return " ".join([*words, *reasons_to_wait(entity)])

    bring_up_to_date(entity, today)
    return close_period(
        entity_id=entity.pk, ending=ending, today=today, actor=actor, obstacle=obstacle
    )
