"""Hours that run low: whom to look at, and what is low by now."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from billing.hours import WANTING
from billing.models import LowHours
from billing.queries.balances import HoursBalance, balances_of
from clients.models import Client, LegalEntity, LowHoursReaders
from contracts.models import Allowance, PrepaidBlock


def clients_to_warn(today: date) -> list[int]:
    """Return the clients with hours in use that have a warning level, where somebody is told."""
    not_over = Q(last_day_on=None) | Q(last_day_on__gte=today)
    blocks = PrepaidBlock.objects.filter(
        not_over, client=OuterRef("pk"), low_balance__isnull=False, cancelled_on=None
    )
    allowances = Allowance.objects.filter(
        not_over, contract__client=OuterRef("pk"), low_balance_minutes__isnull=False
    )
    clients = Client.objects.current().exclude(low_hours_readers=LowHoursReaders.NOBODY)
    found = clients.filter(Exists(blocks) | Exists(allowances)).order_by("pk")
    return list(found.values_list("pk", flat=True))


def low_by_now(clients: Collection[Client], entity: LegalEntity, today: date) -> Iterator[LowHours]:
    """Yield, unsaved, each block and month that stands at its warning level or below it."""
    for balance in balances_of(clients, entity, today):
        if balance.threshold is not None and balance.standing in WANTING:
            yield _low(balance, balance.threshold)


def _low(balance: HoursBalance, level: Decimal) -> LowHours:
    month = balance.now.period.start if balance.now else balance.days.start
    return LowHours(
        client=balance.client,
        prepaid_block=balance.row if balance.is_block else None,
        allowance=None if balance.is_block else balance.row,
        month_on=None if balance.is_block else month,
        level=level,
        left=balance.left,
        noticed_on=balance.day,
    )
