"""Agreed discounts as rating wants them."""

from collections import defaultdict
from collections.abc import Collection

from billing.domain.agreements import AgreedDiscount
from billing.models import AgreedDiscount as Row
from core.periods import Period


def agreed_discounts_of(client_ids: Collection[int]) -> dict[int, list[AgreedDiscount]]:
    """Return, by client, what was agreed to be taken off recurring charges."""
    found: dict[int, list[AgreedDiscount]] = defaultdict(list)
    for row in Row.objects.filter(client__one_of=client_ids).order_by("pk"):
        found[row.client_id].append(
            AgreedDiscount(
                id=row.pk,
                days=Period.through(row.starts_on, row.last_day_on),
                reason=row.reason,
                contract_id=row.contract_id,
                line_id=row.line_id,
                percent=row.percent,
                amount_a_month=row.amount_a_month,
            )
        )
    return found
